using Microsoft.Extensions.DependencyInjection;

namespace TfFlow.Lifecycle.Rights;

/// <summary>What answers people who ask about their data.</summary>
internal static class RightsServices
{
    public static IServiceCollection AddRights(this IServiceCollection services) => services
        .AddSingleton<HeldSources>()
        .AddSingleton<PersonFinder>()
        .AddSingleton<BundleWriter>()
        .AddSingleton<BundleRecords>()
        .AddSingleton<BundleHistory>()
        .AddSingleton<SubjectBundles>()
        .AddSingleton<ExtractRewriter>()
        .AddSingleton<PersonEraser>()
        .AddSingleton<SubjectDecisions>()
        .AddSingleton<HeldInformationSearch>()
        .AddSingleton<InformationRequests>();
}
