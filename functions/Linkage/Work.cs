namespace TfFlow.Linkage;

/// <summary>How many threads work, how they are told to stop, and whom to tell how far they are.</summary>
internal sealed record Work(ParallelOptions Parallel, Action<LinkageProgress>? Report)
{
    public static Work With(int threads, Action<LinkageProgress>? report, CancellationToken cancelled) =>
        new(new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancelled }, report);

    public void Tell(LinkagePhase phase, long done, long total)
    {
        Parallel.CancellationToken.ThrowIfCancellationRequested();
        Report?.Invoke(new(phase, done, total));
    }
}
