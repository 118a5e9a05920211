using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Research.Study;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>Does what was ordered in a study's row, and destroys everything at its end.</summary>
public sealed class AdvanceStudy(Registers registers, LinkStudy linking, CombineReturns combining, DestroyStudy destroying, TimeProvider time)
    : Activity<AdvanceStudy, StudyReference, Waiting?>
{
    /// <returns>Null: people decide next, a legal hold stands in the way, or it ended.</returns>
    public override async Task<Waiting?> RunAsync(StudyReference input, CancellationToken cancellationToken)
    {
        while (await registers.Studies.FindAsync(input.RoundId, cancellationToken) is { Row: { State: not StudyRoundState.Destroyed } row })
        {
            Func<StudyReference, CancellationToken, Task<bool>>? step =
                row.State is StudyRoundState.Destroying || row.EndsAt <= time.GetUtcNow() ? destroying.RunAsync
                : row is { State: StudyRoundState.Open, Order: StudyOrder.Link } ? linking.RunAsync
                : row is { State: StudyRoundState.Linking, Order: StudyOrder.Report } ? combining.RunAsync
                : null;
            if (step is null || !await step(input, cancellationToken))
            {
                return null;
            }
        }

        return null;
    }
}
