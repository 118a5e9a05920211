using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Study;
using TfFlow.Programme.Retention;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>Ends a study: the map and the report's draft, the linkage files, and every submission and return, with certificates.</summary>
/// <remarks>seeds/003 (destroyed at the end of the research), seeds/004.</remarks>
public sealed class DestroyStudy(Registers registers, StoreNames names, Erasure erasure, EraseExtract extracts, RetentionLines lines, Outbox outbox, Acts acts, TimeProvider time)
{
    private const int Round = 100;

    /// <returns>True when some of it was destroyed: call again, until the round says that all is. False when it was destroyed before, or is held.</returns>
    public async Task<bool> RunAsync(StudyReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Studies.GetAsync(input.RoundId, cancellationToken);
        if (current.Row.State is StudyRoundState.Destroyed)
        {
            return false;
        }

        if (current.Row.State is not StudyRoundState.Destroying)
        {
            await acts.PerformAsync(
                current.Row.Act("study.expire", nameof(StudyRoundOrchestration)),
                token => registers.Studies.ChangeAsync(
                        current, current.Row with { State = StudyRoundState.Destroying, Order = StudyOrder.None, OrderedAt = time.GetUtcNow() }, token),
                cancellationToken);
            current = await registers.Studies.GetAsync(input.RoundId, cancellationToken);
        }

        var left = await registers.Extracts.ListAsync(cancellationToken).Where(extract => extract.Row.State is ExtractStage.Kept).Take(Round).ToListAsync(cancellationToken);
        if (left.Count > 0)
        {
            IReadOnlyList<string> ids = [.. left.Select(extract => extract.Row.Id)];
            await acts.PerformAsync(
                current.Row.Act("study.due", nameof(StudyRoundOrchestration), more: ids[0]) with { References = [current.Row.Id, .. ids], Count = ids.Count },
                async token =>
                {
                    foreach (var extract in left.Where(extract => !(extract.Row.DueAt <= time.GetUtcNow())))
                    {
                        await registers.Extracts.ChangeAsync(extract, extract.Row with { KeptUntil = time.GetUtcNow(), RetentionRule = RuleOf(extract.Row, current.Row) }, token);
                    }
                },
                cancellationToken);
            await Parallel.ForEachAsync(ids, cancellationToken, async (id, token) => await extracts.RunAsync(new(id), token));
            return true;
        }

        var act = current.Row.Act("study.destroy", nameof(StudyRoundOrchestration)) with { Count = current.Row.People };
        return await Erasure.UnlessHeldAsync(acts.PerformAsync(act, token => DestroyAsync(current, act.ActId, token), cancellationToken));
    }

    /// <summary>The agreement's own line about the end of the research; a study whose agreement has none ends all the same.</summary>
    private string RuleOf(Extract extract, StudyRound round)
    {
        var clocks = RetentionClocks.None.With(ClockEvent.Received, extract.ClaimedAt).With(ClockEvent.ResearchEnded, time.GetUtcNow());
        return lines.At(RetentionPoint.Arrived, $"{extract.Agreement}@{extract.AgreementVersion}", extract.Exchange, extract.Agency, round.Study, clocks) is { Rule.Clock: ClockEvent.ResearchEnded } term
            ? term.Quote
            : "Personal data of a study is destroyed at the end of the research";
    }

    private async Task DestroyAsync(Registered<StudyRound> current, string actId, CancellationToken cancellationToken)
    {
        foreach (var linkage in current.Row.Linkages)
        {
            await erasure.DeleteAsync(new(names.Outbox(linkage.Agency), StudyLinkage.FileName(current.Row.Id)), cancellationToken);
        }

        await erasure.EraseAsync(current.Row.Id, [.. current.Row.Blobs], cancellationToken);
        var now = time.GetUtcNow();
        var certificate = Certificates.Of(
            actId,
            current.Row.Id,
            current.Row.Blobs,
            current.Row.People,
            "Personal data of a study is destroyed at the end of the research",
            current.Row.EndsAt,
            now,
            "the end of the research");
        await outbox.PutOnceAsync(current.Row.Study, $"certificates/study-{current.Row.Id}.json", certificate, cancellationToken);
        await registers.Studies.ChangeAsync(current, current.Row with { State = StudyRoundState.Destroyed, DestroyedAt = now }, cancellationToken);
    }
}
