using Xunit.Abstractions;

[assembly: TestCollectionOrderer("TfFlow.Scenarios.LongestFirst", "TfFlow.Scenarios")]

namespace TfFlow.Scenarios;

/// <summary>Starts the longest scenarios first: one that starts last keeps one processor busy and leaves the others idle.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [nameof(DemoTest), nameof(CorrectionTest), nameof(MatchingTest), nameof(MatchingKillTest), nameof(SweepTest), nameof(KillTest)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Rank);

    private static int Rank(ITestCollection collection) => Array.FindIndex(Longest, name => collection.DisplayName.EndsWith($".{name}", StringComparison.Ordinal)) is >= 0 and var at ? at : Longest.Length;
}
