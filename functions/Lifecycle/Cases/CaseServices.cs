using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Lifecycle.People;
using TfFlow.Lifecycle.Rights;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What the cases of families are composed of.</summary>
internal static class CaseServices
{
    public static IServiceCollection AddCases(this IServiceCollection services, StoreNames names) => services
        .AddSingleton(provider => new SealedDocuments(provider.GetRequiredService<Stores>().Blobs, provider.GetRequiredService<DataKeys>(), names.Vault))
        .AddSingleton<Notices>()
        .AddSingleton<Breaches>()
        .AddSingleton<Recipients>()
        .AddSingleton<CaseBook>()
        .AddSingleton<Waker>()
        .AddSingleton<RowActs>()
        .AddSingleton<CaseOpenings>()
        .AddSingleton<CaseReading>()
        .AddSingleton<FamilyPeople>()
        .AddSingleton<FamilyServices>()
        .AddSingleton<FirstResponse>()
        .AddSingleton<RefusedLooks>()
        .AddSingleton<FormCheck>()
        .AddSingleton<CaseDesk>()
        .AddSingleton<PersonPairs>()
        .AddSingleton<CaseProblems>()
        .AddSingleton<CaseJudgements>()
        .AddSingleton<CaseVisits>()
        .AddSingleton<CaseMeetings>()
        .AddSingleton<CaseAssessments>()
        .AddSingleton<OutcomeEvidence>()
        .AddSingleton<CaseOutcomes>()
        .AddSingleton<OutcomeClaims>()
        .AddSingleton<ClaimBatches>()
        .AddSingleton<ClaimedFamilies>()
        .AddSingleton<ReadableItems>()
        .AddSingleton<PrivacyNotices>()
        .AddSingleton<Objections>()
        .AddSingleton<SubjectRequests>()
        .AddRights()
        .AddSingleton<SourceQuestions>()
        .AddSingleton<CaseInventory>()
        .AddSingleton<Markers>()
        .AddSingleton<PreparePack>()
        .AddSingleton<LapseConsent>()
        .AddSingleton<RemindCoordinator>()
        .AddSingleton<EraseCase>()
        .AddSingleton<SendInstruction>()
        .AddSingleton<ChaseMarker>()
        .AddSingleton<TellProvider>()
        .AddSingleton<EscalateBreach>()
        .AddSingleton<CirculateOutcome>();
}
