using Dlcs.Read.Api;
using Dlcs.Read.Batches;
using Dlcs.Read.Customers;
using Dlcs.Read.Images;
using Dlcs.Read.NamedQueries;
using Dlcs.Read.Projecting;
using Dlcs.Read.Spaces;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Read;

/// <summary>The views, and the queries of the API. What they need (the log, the stores) the host registers.</summary>
public static class ReadModule
{
    /// <summary>What every process needs that asks the views, whoever keeps them.</summary>
    public static IServiceCollection AddQueries(this IServiceCollection services) => services
        .AddSingleton<Views>()
        .AddSingleton<ReadApi>()
        .AddSingleton<Progress>()
        .AddHostedService(all => all.GetRequiredService<Progress>());

    /// <summary>Keeps the views.</summary>
    public static IServiceCollection AddProjector(this IServiceCollection services) =>
        services.AddHostedService<Projector>();

    public static void MapRead(this IEndpointRouteBuilder api)
    {
        var customer = ReadApi.MapCustomer(api);

        CustomerQueries.Map(api);
        SpaceQueries.Map(customer);
        SpaceStorageQueries.Map(customer);
        ImageQueries.Map(customer);
        BatchQueries.Map(customer);
        QueueQueries.Map(api, customer);
        NamedQueryQueries.Map(customer);
    }
}
