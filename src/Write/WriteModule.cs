using Dlcs.Write.Bodies;
using Dlcs.Write.Customers;
using Dlcs.Write.Finishing;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace Dlcs.Write;

/// <summary>
/// The commands that come over HTTP. The log, the storage, the time and every delegate of this namespace are
/// registered by whoever puts the program together.
/// </summary>
public static class WriteModule
{
    public static IServiceCollection AddWrite(this IServiceCollection services, WriteSettings settings)
    {
        foreach (var validator in typeof(WriteModule).Assembly.GetExportedTypes())
            if (validator.IsAssignableTo(typeof(IValidator)) && !validator.IsAbstract)
                services.AddSingleton(validator);

        return services
            .AddSingleton(settings)
            .AddSingleton<KnownCustomers>()
            .AddSingleton<FollowerWiring>()
            .AddHostedService<Follower>()
            .AddHostedService<UploadSweep>();
    }
}
