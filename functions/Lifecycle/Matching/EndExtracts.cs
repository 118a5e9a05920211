using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Deletion at matching: what partners sent is erased now that what qualifies is sealed anew. The authority's own records stay.</summary>
/// <remarks>seeds/002 §4.3.1, §10.</remarks>
public sealed class EndExtracts(Registers registers, MatchingGate gate, EraseExtract erasing, Acts acts)
{
    public async Task RunAsync(MatchingRun run, IReadOnlyList<string> extractIds, CancellationToken cancellationToken)
    {
        var kept = await registers.Families.ListAsync(cancellationToken)
            .SelectMany(family => family.Row.Records.ToAsyncEnumerable())
            .GroupBy(blob => blob.ExtractId)
            .ToDictionaryAsync(blobs => blobs.Key, blobs => blobs.Sum(blob => blob.Rows), cancellationToken: cancellationToken);
        foreach (var id in extractIds)
        {
            await EndAsync(run, id, kept.GetValueOrDefault(id), cancellationToken);
        }

        await Parallel.ForEachAsync(extractIds, cancellationToken, async (id, token) => await erasing.RunAsync(new(id), token));
    }

    private async Task EndAsync(MatchingRun run, Id<Extract> extractId, long kept, CancellationToken cancellationToken)
    {
        var extract = await registers.Extracts.GetAsync(extractId, cancellationToken);
        var notMeeting = gate.NotMeeting(extract.Row, run.Authority);
        await acts.PerformAsync(
            run.Act("extract.match", extract.Row.Id) with
            {
                Agreement = extract.Row.Agreement,
                AgreementVersion = extract.Row.AgreementVersion,
                Exchange = extract.Row.Exchange,
                References = [run.Id, extract.Row.Id],
            },
            async token =>
            {
                if (extract.Row.State is ExtractStage.Kept)
                {
                    var matched = extract.Row with { MatchedBy = run.Id, RowsKept = kept };
                    await registers.Extracts.ChangeAsync(
                        extract,
                        notMeeting is { } term ? matched with { RetentionRule = term.Quote, KeptUntil = term.Due } : matched,
                        token);
                }

                return new ActResult { Count = kept };
            },
            cancellationToken);
    }
}
