using System.Globalization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Retention;

/// <param name="AsOf">The sweep's: one new start a sweep.</param>
public sealed record IntakeReference(string ExtractId, DateTimeOffset AsOf);

/// <summary>Starts anew an intake that should long have ended: its attempts ran out, or its instance was terminated.</summary>
public sealed class ResumeIntake(IOrchestrationClient orchestrations) : Activity<ResumeIntake, IntakeReference, bool>
{
    public override async Task<bool> RunAsync(ActivityContext context, IntakeReference input)
    {
        var instanceId = $"intake-{input.ExtractId}-{input.AsOf.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}";
        try
        {
            await ExtractIntakeOrchestration.ScheduleAsync(
                orchestrations, new ExtractReference(input.ExtractId), new StartOptions { InstanceId = instanceId }, context.CancellationToken);
        }
        catch (InstanceExistsException)
        {
            // An earlier run of this activity started it.
        }

        return true;
    }
}
