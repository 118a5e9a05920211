using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Research;

/// <summary>What research extracts are composed of.</summary>
internal static class ResearchServices
{
    public static OrchestrationRegistry AddResearch(this OrchestrationRegistry registry) => registry
        .AddOrchestrator<ResearchExtractOrchestration>()
        .AddActivity<LookAtResearch>()
        .AddActivity<BuildResearchExtract>()
        .AddActivity<DestroyResearchExtract>();

    public static IServiceCollection AddResearch(this IServiceCollection services) => services
        .AddSingleton<ResearchDesk>();
}
