using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Research.Study;

namespace TfFlow.Lifecycle;

/// <summary>Wakes the orchestration behind a register row, or starts one. The register says what it then does.</summary>
public sealed class Waker(DurableTaskClient orchestrations)
{
    public Task WakeCaseAsync(string id, CancellationToken cancellationToken) =>
        FamilyCaseOrchestration.WakeAsync(orchestrations, new(id), "case-" + id, cancellationToken);

    public Task WakeMarkerAsync(string id, CancellationToken cancellationToken) =>
        MarkerChangeOrchestration.WakeAsync(orchestrations, new(id), "marker-" + id, cancellationToken);

    public Task WakeBreachAsync(string id, CancellationToken cancellationToken) =>
        BreachCaseOrchestration.WakeAsync(orchestrations, new(id), "breach-" + id, cancellationToken);

    public Task WakeResearchAsync(string id, CancellationToken cancellationToken) =>
        ResearchExtractOrchestration.WakeAsync(orchestrations, new(id), "research-" + id, cancellationToken);

    public Task WakeStudyAsync(string id, CancellationToken cancellationToken) =>
        StudyRoundOrchestration.WakeAsync(orchestrations, new(id), "study-" + id, cancellationToken);

    public Task WakeRequestAsync(string id, CancellationToken cancellationToken) =>
        SubjectRequestOrchestration.WakeAsync(orchestrations, new(id), "request-" + id, cancellationToken);
}
