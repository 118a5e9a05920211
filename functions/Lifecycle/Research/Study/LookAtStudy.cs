using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Research.Study;

namespace TfFlow.Lifecycle.Research.Study;

public enum StudyStep
{
    /// <summary>People decide next, or it ended.</summary>
    None,
    Link,
    Combine,
    Destroy,
}

public sealed record StudyNext(StudyStep Step);

/// <summary>Reads a round's row and says what follows from it.</summary>
public sealed class LookAtStudy(Registers registers, TimeProvider time) : Activity<LookAtStudy, StudyReference, StudyNext>
{
    public override async Task<StudyNext> RunAsync(ActivityContext context, StudyReference input) =>
        new(await registers.Studies.FindAsync(input.RoundId, context.CancellationToken) is not { Row: var row } ? StudyStep.None
            : row.State is StudyRoundState.Destroyed ? StudyStep.None
            : row.State is StudyRoundState.Destroying || row.EndsAt <= time.GetUtcNow() ? StudyStep.Destroy
            : row is { State: StudyRoundState.Open, Order: StudyOrder.Link } ? StudyStep.Link
            : row is { State: StudyRoundState.Linking, Order: StudyOrder.Report } ? StudyStep.Combine
            : StudyStep.None);
}
