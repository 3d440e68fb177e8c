using System.Text.Json.Serialization.Metadata;
using Dlcs.Read.Batches;
using Dlcs.Read.Customers;
using Dlcs.Read.Images;
using Dlcs.Read.Images.Elastic;
using Dlcs.Read.Images.Postgres;
using Dlcs.Read.NamedQueries;
using Dlcs.Read.Spaces;

namespace Dlcs.Read.Projecting;

/// <summary>Every view. Small ones have the same three columns: whose it is, its name, its number.</summary>
internal static class ViewDefinitions
{
    public static ViewDefinition<CustomerView> Customers { get; } =
        Small("customers", ReadJson.Default.CustomerView, _ => 0, v => v.Name, v => v.Id);

    public static ViewDefinition<KeyView> Keys { get; } =
        Small("keys", ReadJson.Default.KeyView, v => v.Customer, _ => "", _ => 0);

    public static ViewDefinition<SpaceView> Spaces { get; } =
        Small("spaces", ReadJson.Default.SpaceView, v => v.Id.Customer, v => v.Name, v => v.Id.Space);

    public static ViewDefinition<SpaceNameView> SpaceNames { get; } = Small(
        "space_names", ReadJson.Default.SpaceNameView, v => v.Id.Customer, v => v.Name, v => v.Id.Space,
        versions: true);

    public static ViewDefinition<SpaceStorageView> SpaceStorage { get; } = Small(
        "space_storage", ReadJson.Default.SpaceStorageView, v => v.Id.Customer, _ => "", v => v.Id.Space);

    public static ViewDefinition<BatchView> Batches { get; } = Small(
        "batches", ReadJson.Default.BatchView, v => v.Customer,
        v => v.Superseded() ? "superseded" : v.Finished is null ? "active" : "finished", v => v.Id);

    public static ViewDefinition<QueueView> Queues { get; } =
        Small("queues", ReadJson.Default.QueueView, _ => 0, _ => "", _ => 0);

    public static ViewDefinition<NamedQueryView> NamedQueries { get; } =
        Small("named_queries", ReadJson.Default.NamedQueryView, v => v.Customer, v => v.Name, v => v.Global ? 1 : 0,
            versions: true);

    /// <param name="elastic">The engine that keeps images; <c>null</c>: PostgreSQL does.</param>
    public static IReadOnlyList<Projection> All(string schema, ElasticClient? elastic) =>
    [
        elastic is null
            ? new PostgresProjection<ImageView>(ImageColumns.Definition, schema)
            : new ElasticProjection(new(elastic), new(ImageColumns.Definition, schema)),
        new PostgresProjection<CustomerView>(Customers, schema),
        new PostgresProjection<KeyView>(Keys, schema),
        new PostgresProjection<SpaceView>(Spaces, schema),
        new PostgresProjection<SpaceNameView>(SpaceNames, schema),
        new PostgresProjection<SpaceStorageView>(SpaceStorage, schema),
        new PostgresProjection<BatchView>(Batches, schema),
        new PostgresProjection<QueueView>(Queues, schema),
        new PostgresProjection<NamedQueryView>(NamedQueries, schema),
    ];

    private static ViewDefinition<TView> Small<TView>(
        string name, JsonTypeInfo<TView> json, Func<TView, int> customer, Func<TView, string> label,
        Func<TView, long> number, bool versions = false)
        where TView : class, IView<TView> => new(
            name, Version: 1, json,
            [
                Column.Id("customer", customer),
                Column.Text("label", label),
                Column.Number<TView>("number", v => number(v)),
            ],
            ["(customer, number)", "(customer, label, number)"],
            versions);
}
