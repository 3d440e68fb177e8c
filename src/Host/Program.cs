using Dlcs.Host;
using Dlcs.Host.Embedded;
using Dlcs.Kernel.Events;
using Dlcs.Write.Customers;

var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build().ToHostSettings();
var postgres = await PrivatePostgres.Start(settings.Data);
var app = Hosting.Build(settings with { Postgres = postgres.ConnectionString });
await EnsureAdmin.Run(
    app.Services.GetRequiredService<IEventStore>(), new(settings.AdminKey?.Key, settings.AdminKey?.Secret),
    TimeProvider.System.GetUtcNow(), default);
await app.RunAsync();
