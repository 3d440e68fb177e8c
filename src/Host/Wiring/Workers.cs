using Dlcs.Processing;
using Dlcs.Processing.Fetching;
using Dlcs.Processing.Pixels;

namespace Dlcs.Host.Wiring;

/// <summary>The workers, as the settings say.</summary>
internal static class Workers
{
    public static IServiceCollection AddWorkers(this IServiceCollection services, HostSettings settings) =>
        services.AddProcessing(
            new ProcessingSettings
            {
                Schema = $"{settings.Prefix}_processing",
                Parallelism = settings.Workers,
                Shared = !settings.IsAlone,
                WorkFolder = settings.Work,
            },
            new FetchSettings { AllowPrivateAddresses = settings.AllowPrivateAddresses },
            PixelLimits.Default);
}
