using Dlcs.Host.Http;
using Dlcs.Host.Wiring;
using Dlcs.Iiif;
using Dlcs.Iiif.Presentation;
using Dlcs.Read;
using Dlcs.Write;

namespace Dlcs.Host;

/// <summary>Puts the roles together into one program with two listeners.</summary>
public static class Hosting
{
    public static WebApplication Build(HostSettings settings)
    {
        // Its own look at settings files is of no use, and would watch all that is below the current folder.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.AddListeners(settings).AddLogging(settings);
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<Readiness>()
            .AddStores(settings)
            .AddApi()
            .AddQueries();
        builder.Services.AddHostedService(s => FirstAnswers.Of(s, settings)).AddHostedService<DatabaseWatch>();
        if (settings.Roles.HasFlag(Roles.Read)) builder.Services.AddProjector();
        if (settings.Roles.HasFlag(Roles.Write)) builder.Services.AddWriteSide(settings);
        if (settings.Roles.HasFlag(Roles.Iiif)) builder.Services.AddIiifHost(settings);
        if (settings.Roles.HasFlag(Roles.Processing)) builder.Services.AddWorkers(settings);

        var app = builder.Build();
        app.UseApi(settings);
        var all = app.MapWithHeads();
        all.MapHealth();

        var api = all.MapGroup("").WithMetadata(new Listener(settings.ApiPort));
        if (settings.Roles.HasFlag(Roles.Write) || settings.Roles.HasFlag(Roles.Read)) api.MapRead();
        else api.MapNothingBut("the API", "write or read", settings.Roles);
        if (settings.Roles.HasFlag(Roles.Write)) api.MapWrite();

        var pub = all.MapGroup("").WithMetadata(new Listener(settings.Port));
        if (settings.Roles.HasFlag(Roles.Iiif))
        {
            pub.MapFrontPage();
            pub.MapIiif();
            pub.MapPresentation();
            app.Services.EvictWhatChanges();
        }
        else
        {
            pub.MapNothingBut("IIIF", "iiif", settings.Roles);
        }
        return app;
    }
}
