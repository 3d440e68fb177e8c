using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Dlcs.Integration.Servers;

/// <summary>A web server that a test makes itself.</summary>
internal static class OwnServer
{
    /// <summary>
    /// Says nothing, and looks for no settings: to do so is to be woken by every write below the current folder, be it
    /// a database's.
    /// </summary>
    public static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        return builder;
    }
}
