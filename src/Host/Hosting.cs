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
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddListeners(settings).AddLogging();
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddStores(settings)
            .AddApi()
            .AddQueries();
        if (settings.Roles.HasFlag(Roles.Read)) builder.Services.AddProjector();
        if (settings.Roles.HasFlag(Roles.Write)) builder.Services.AddWriteSide(settings);
        if (settings.Roles.HasFlag(Roles.Iiif)) builder.Services.AddIiifHost(settings);

        var app = builder.Build();
        app.UseApi(settings);
        app.MapHealth();

        var api = app.MapGroup("").WithMetadata(new Listener(settings.ApiPort));
        if (settings.Roles.HasFlag(Roles.Write) || settings.Roles.HasFlag(Roles.Read)) api.MapRead();
        if (settings.Roles.HasFlag(Roles.Write)) api.MapWrite();

        var pub = app.MapGroup("").WithMetadata(new Listener(settings.Port));
        pub.MapFrontPage();
        if (settings.Roles.HasFlag(Roles.Iiif))
        {
            pub.MapIiif();
            pub.MapPresentation();
            app.Services.EvictWhatChanges();
        }
        return app;
    }
}
