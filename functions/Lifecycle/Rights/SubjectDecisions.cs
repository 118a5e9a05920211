using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.People;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Rights;

/// <summary>Which rows of a file are a person's.</summary>
/// <param name="Extract">Its reference.</param>
/// <param name="Rows">Row numbers of the file, its header being row 1; none: what was sealed of it for the person's family.</param>
public sealed record ConcernedExtract(string Extract, IReadOnlyList<long> Rows);

/// <summary>What an originator is told once a person's request about their data is decided.</summary>
public sealed record SubjectDecision(
    string Request, SubjectRequestKind Kind, SubjectRequestOutcome Outcome, IReadOnlyList<ConcernedExtract> Extracts, string Words)
        : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"A request of a person about their data ({Programme.Documents.Kebab.Of(Kind)}, request {Request}) was decided: {Programme.Documents.Kebab.Of(Outcome)}.",
        .. Extracts.Select(extract => extract.Rows.Count == 0
            ? $"It concerns your extract {extract.Extract}, as far as it was kept for the person's family."
            : $"It concerns your extract {extract.Extract}, row{(extract.Rows.Count == 1 ? "" : "s")} {string.Join(", ", extract.Rows)} of the file."),
        Words,
    ];
}

/// <summary>Does what was decided about a person's request, and tells every originator. What is decided is done even after the person was
/// answered.</summary>
/// <remarks>docs/people.md. ours: UK GDPR Art 16 to 19, 21.</remarks>
public sealed class SubjectDecisions(Registers registers, PersonEraser eraser, Objections objections, Outbox outbox, Acts acts,
    TimeProvider time)
{
    internal async Task CarryOutAsync(Registered<SubjectRequestRow> current, CancellationToken cancellationToken)
    {
        var row = current.Row;
        var granted = row.Outcome is SubjectRequestOutcome.Granted or SubjectRequestOutcome.Partly;
        var done = row.Kind is not SubjectRequestKind.Erasure || !granted || await eraser.EraseAsync(row, cancellationToken);
        await SettleObjectionsAsync(row, granted, done, cancellationToken);
        await acts.PerformAsync(
            row.Act("request.tell", nameof(SubjectRequestOrchestration), more: time.GetUtcNow()
                .ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)),
            async token =>
            {
                await TellAsync(row, token);
                var now = time.GetUtcNow();
                var settled = await registers.SubjectRequests.GetAsync(row.Id, token);
                await registers.SubjectRequests.ChangeAsync(settled, settled.Row with { TriedAt = now, CarriedOutAt = done ? now : null },
                    token);
            },
            cancellationToken);
    }

    /// <summary>An objection that was granted has ended the use; one that was refused lets it go on. What was found wrong, or is
    /// restricted, waits
    /// until its source has corrected it or the person takes it back. What is erased needs to wait no longer.</summary>
    private async Task SettleObjectionsAsync(SubjectRequestRow row, bool granted, bool done, CancellationToken cancellationToken)
    {
        var by = new CaseCaller(row.DecidedBy ?? nameof(SubjectRequestOrchestration), "");
        foreach (var id in row.ObjectionIds)
        {
            if (await registers.Objections.FindAsync(id, cancellationToken) is not { Row.State: ObjectionState.Raised })
            {
                continue;
            }

            await (row.Kind switch
            {
                _ when !granted => objections.DecideAsync(by, id, upheld: false, row.DecisionHash!, cancellationToken),
                SubjectRequestKind.Objection => objections.DecideAsync(by, id, upheld: true, row.DecisionHash!, cancellationToken),
                SubjectRequestKind.Erasure when done && row.Outcome is SubjectRequestOutcome.Granted =>
                    objections.WithdrawAsync(by, id, cancellationToken),
                _ => Task.CompletedTask,
            });
        }
    }

    private async Task TellAsync(SubjectRequestRow row, CancellationToken cancellationToken)
    {
        foreach (var source in row.Sources.GroupBy(source => source.Agency))
        {
            var extracts = source.Select(of => new ConcernedExtract(
                of.ExtractId, [.. row.Theirs.Where(found => found.In is FoundIn.Extract && found.Reference == of.ExtractId)
                    .SelectMany(found => found.Rows).Order()]));
            await outbox.PutAsync(source.Key, $"requests/{row.Id}-decided.json",
                new SubjectDecision(row.Id, row.Kind, row.Outcome!.Value, [.. extracts], WordsOf(row)), cancellationToken);
        }
    }

    private static string WordsOf(SubjectRequestRow row) => (row.Kind, row.Outcome) switch
    {
        (_, SubjectRequestOutcome.Refused) => "It was refused, and the person was told why. Nothing changes.",
        (SubjectRequestKind.Rectification, _) =>
            "What you sent about this person is wrong, or contested with reason. It is not used here. Look at your own records, and send the correction: 'tfflow drop --correction'.",
        (SubjectRequestKind.Erasure, _) =>
            "It was erased here; the certificates lie beside this. Whether you erase it too is yours to decide. If you send it again, it is taken in again.",
        (SubjectRequestKind.Restriction, _) =>
            "It is kept here and not used, until the person takes the restriction back. Consider whether you restrict it too.",
        _ => "The uses that the person objected to have ended here for that person. Consider whether it holds for you too.",
    };
}
