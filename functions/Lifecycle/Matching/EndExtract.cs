using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

public sealed record MatchedExtract(string RunId, string ExtractId);

/// <summary>Deletion at matching: what partners sent is due to be erased now that what qualifies is sealed anew. The authority's own records stay.</summary>
/// <remarks>seeds/002 §4.3.1, §10.</remarks>
public sealed class EndExtract(Registers registers, MatchingGate gate, Acts acts, TimeProvider time) : Activity<EndExtract, MatchedExtract, bool>
{
    /// <returns>True when it is due to be erased by this.</returns>
    public override async Task<bool> RunAsync(ActivityContext context, MatchedExtract input)
    {
        var run = (await registers.Matchings.GetAsync(input.RunId, context.CancellationToken)).Row;
        var extract = await registers.Extracts.GetAsync(input.ExtractId, context.CancellationToken);
        var notMeeting = gate.NotMeeting(extract.Row, run.Authority);
        await acts.PerformAsync(
            run.Act("extract.match", extract.Row.Id) with
            {
                Agreement = extract.Row.Agreement,
                AgreementVersion = extract.Row.AgreementVersion,
                Exchange = extract.Row.Exchange,
                References = [run.Id, extract.Row.Id],
            },
            async cancellationToken =>
            {
                var kept = await registers.Families.ListAsync(cancellationToken)
                    .SelectMany(family => family.Row.Records.ToAsyncEnumerable())
                    .Where(blob => blob.ExtractId == extract.Row.Id)
                    .Select(blob => blob.Rows)
                    .SumAsync(cancellationToken);
                if (extract.Row.State is ExtractStage.Kept)
                {
                    var matched = extract.Row with { MatchedBy = run.Id, RowsKept = kept };
                    await registers.Extracts.ChangeAsync(
                        extract,
                        notMeeting is { } rule ? matched with { RetentionRule = rule.ToString(), KeptUntil = rule.Due(time.GetUtcNow()) } : matched,
                        cancellationToken);
                }

                return new ActResult { Count = kept };
            },
            context.CancellationToken);
        return notMeeting is not null;
    }
}
