using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Chooses what a round reads: kept extracts that came to the authority for identification, those never matched and the authority's own.</summary>
public sealed class BeginMatching(Registers registers, MatchingGate gate, Notices notices, MatchingPlan plan, Acts acts) : Activity<BeginMatching, MatchingReference, int>
{
    /// <summary>No round is taken apart further.</summary>
    private const int MostPartitions = 64;

    /// <returns>In how many partitions so many rows are looked at.</returns>
    internal static int PartitionsOf(MatchingPlan plan, long rows) => (int)Math.Clamp((rows + plan.PartitionRows - 1) / plan.PartitionRows, 1, MostPartitions);

    /// <returns>In how many partitions the households are looked at.</returns>
    public override async Task<int> RunAsync(MatchingReference input, CancellationToken cancellationToken)
    {
        var run = await registers.Matchings.GetAsync(input.RunId, cancellationToken);
        await acts.PerformAsync(
            run.Row.Act("match.begin"),
            async token =>
            {
                if (run.Row.State is MatchingStage.Started)
                {
                    var standing = await notices.StandingAsync(token);
                    var extracts = await registers.Extracts.ListAsync(token)
                        .Where(extract => extract.Row.State is ExtractStage.Kept && gate.Find(extract.Row, run.Row.Authority, standing) is not null)
                        .OrderBy(extract => extract.Row.Id.Text, StringComparer.Ordinal)
                        .Select(extract => extract.Row)
                        .ToListAsync(token);
                    var partitions = PartitionsOf(plan, extracts.Sum(extract => extract.RowsAccepted));
                    run = await registers.Matchings.ChangeAsync(
                        run, run.Row with { State = MatchingStage.Matching, Extracts = [.. extracts.Select(extract => extract.Id)], Partitions = partitions }, token);
                }

                return new ActResult { References = [run.Row.Id, .. run.Row.Extracts], Count = run.Row.Extracts.Count };
            },
            cancellationToken);
        return (await registers.Matchings.GetAsync(input.RunId, cancellationToken)).Row.Partitions;
    }
}
