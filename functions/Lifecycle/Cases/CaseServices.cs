using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What the cases of families are composed of.</summary>
internal static class CaseServices
{
    public static OrchestrationRegistry AddCases(this OrchestrationRegistry registry) => registry
        .AddOrchestrator<FamilyCaseOrchestration>()
        .AddActivity<LookAtCase>()
        .AddActivity<PreparePack>()
        .AddActivity<LapseConsent>()
        .AddActivity<SettleMarker>()
        .AddActivity<TakeMarkerOff>()
        .AddActivity<RemindCoordinator>()
        .AddActivity<EraseCase>()
        .AddOrchestrator<MarkerChangeOrchestration>()
        .AddActivity<LookAtMarker>()
        .AddActivity<SendInstruction>()
        .AddActivity<ChaseMarker>()
        .AddOrchestrator<BreachCaseOrchestration>()
        .AddActivity<LookAtBreach>()
        .AddActivity<TellProvider>()
        .AddActivity<EscalateBreach>()
        .AddActivity<CirculateOutcome>()
        .AddActivity<SweepSuspensions>()
        .AddOrchestrator<SubjectRequestOrchestration>()
        .AddActivity<AdvanceRequest>()
        .AddActivity<DeliverToCases>()
        .AddActivity<SweepCases>();

    public static IServiceCollection AddCases(this IServiceCollection services, StoreNames names) => services
        .AddSingleton(provider => new SealedDocuments(provider.GetRequiredService<Stores>().Blobs, provider.GetRequiredService<DataKeys>(), names.Vault))
        .AddSingleton<Notices>()
        .AddSingleton<Breaches>()
        .AddSingleton<Recipients>()
        .AddSingleton<CaseBook>()
        .AddSingleton<Waker>()
        .AddSingleton<CaseOpenings>()
        .AddSingleton<CaseReading>()
        .AddSingleton<CaseDesk>()
        .AddSingleton<SubjectRequests>()
        .AddSingleton<CaseInventory>()
        .AddSingleton<Markers>();
}
