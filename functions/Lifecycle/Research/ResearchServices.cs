using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TfFlow.Lifecycle.Research.Statistics;
using TfFlow.Lifecycle.Research.Study;

namespace TfFlow.Lifecycle.Research;

/// <summary>What research extracts are composed of.</summary>
internal static class ResearchServices
{
    public static IServiceCollection AddResearch(this IServiceCollection services)
    {
        services.TryAddSingleton(Deployment.Authority);
        return services
            .AddSingleton<ResearchDesk>()
            .AddSingleton<StatisticsUnits>()
            .AddSingleton<StatisticsTables>()
            .AddSingleton<StudyData>()
            .AddSingleton<StudyDesk>()
            .AddSingleton<StudySubmissions>()
            .AddSingleton<BuildResearchExtract>()
            .AddSingleton<DestroyResearchExtract>()
            .AddSingleton<LinkStudy>()
            .AddSingleton<CombineReturns>()
            .AddSingleton<DestroyStudy>();
    }
}
