using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Research.Study;

namespace TfFlow.Lifecycle;

/// <summary>Wakes the orchestration behind a register row, or starts one. The register says what it then does.</summary>
public sealed class Waker(DurableTaskClient orchestrations)
{
    /// <summary>A row of a kind that no orchestration stands behind wakes nothing: the sweep looks at it.</summary>
    public Task WakeAsync<TRow>(string id, CancellationToken cancellationToken) => typeof(TRow).Name switch
    {
        nameof(Case) => FamilyCaseOrchestration.WakeAsync(orchestrations, new(id), "case-" + id, cancellationToken),
        nameof(MarkerInstruction) => MarkerChangeOrchestration.WakeAsync(orchestrations, new(id), "marker-" + id, cancellationToken),
        nameof(BreachRow) => BreachCaseOrchestration.WakeAsync(orchestrations, new(id), "breach-" + id, cancellationToken),
        nameof(ResearchRequest) => ResearchExtractOrchestration.WakeAsync(orchestrations, new(id), "research-" + id, cancellationToken),
        nameof(StudyRound) => StudyRoundOrchestration.WakeAsync(orchestrations, new(id), "study-" + id, cancellationToken),
        nameof(SubjectRequestRow) => SubjectRequestOrchestration.WakeAsync(orchestrations, new(id), "request-" + id, cancellationToken),
        _ => Task.CompletedTask,
    };
}
