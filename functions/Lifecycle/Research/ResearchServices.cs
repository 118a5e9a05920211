using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Research.Study;

namespace TfFlow.Lifecycle.Research;

/// <summary>What research extracts are composed of.</summary>
internal static class ResearchServices
{
    public static OrchestrationRegistry AddResearch(this OrchestrationRegistry registry) => registry
        .AddOrchestrator<ResearchExtractOrchestration>()
        .AddActivity<LookAtResearch>()
        .AddActivity<BuildResearchExtract>()
        .AddActivity<DestroyResearchExtract>()
        .AddOrchestrator<StudyRoundOrchestration>()
        .AddActivity<LookAtStudy>()
        .AddActivity<LinkStudy>()
        .AddActivity<CombineReturns>()
        .AddActivity<DestroyStudy>();

    public static IServiceCollection AddResearch(this IServiceCollection services)
    {
        services.TryAddSingleton(Deployment.Authority);
        return services
            .AddSingleton<ResearchDesk>()
            .AddSingleton<StudyData>()
            .AddSingleton<StudyDesk>()
            .AddSingleton<StudySubmissions>();
    }
}
