using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Research.Study;

namespace TfFlow.Lifecycle;

/// <summary>Wakes the orchestration behind a register row, or starts one. What it then does, the register says: a wake too many does nothing, one that is lost the sweep makes good.</summary>
public sealed class Waker(IOrchestrationClient orchestrations)
{
    public const string Changed = "changed";

    public Task WakeCaseAsync(string caseId, CancellationToken cancellationToken) => WakeAsync(
        "case-" + caseId,
        options => FamilyCaseOrchestration.ScheduleAsync(orchestrations, new CaseReference(caseId), options, cancellationToken),
        cancellationToken);

    public Task WakeMarkerAsync(string instructionId, CancellationToken cancellationToken) => WakeAsync(
        "marker-" + instructionId,
        options => MarkerChangeOrchestration.ScheduleAsync(orchestrations, new MarkerReference(instructionId), options, cancellationToken),
        cancellationToken);

    public Task WakeBreachAsync(string breachId, CancellationToken cancellationToken) => WakeAsync(
        "breach-" + breachId,
        options => BreachCaseOrchestration.ScheduleAsync(orchestrations, new BreachReference(breachId), options, cancellationToken),
        cancellationToken);

    public Task WakeResearchAsync(string requestId, CancellationToken cancellationToken) => WakeAsync(
        "research-" + requestId,
        options => ResearchExtractOrchestration.ScheduleAsync(orchestrations, new ResearchReference(requestId), options, cancellationToken),
        cancellationToken);

    public Task WakeStudyAsync(string roundId, CancellationToken cancellationToken) => WakeAsync(
        "study-" + roundId,
        options => StudyRoundOrchestration.ScheduleAsync(orchestrations, new StudyReference(roundId), options, cancellationToken),
        cancellationToken);

    public Task WakeRequestAsync(string requestId, CancellationToken cancellationToken) => WakeAsync(
        "request-" + requestId,
        options => SubjectRequestOrchestration.ScheduleAsync(orchestrations, new SubjectRequestReference(requestId), options, cancellationToken),
        cancellationToken);

    private async Task WakeAsync(string instanceId, Func<StartOptions, Task> start, CancellationToken cancellationToken)
    {
        try
        {
            await orchestrations.RaiseEventAsync(instanceId, Changed, payload: true, cancellationToken);
        }
        catch (InstanceNotFoundException)
        {
            try
            {
                await start(new() { InstanceId = instanceId });
            }
            catch (InstanceExistsException)
            {
                // Somebody else woke it at the same moment: it reads the register as we left it.
            }
        }
    }
}
