using System.Globalization;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What an originator is asked when a person asks about what it sent.</summary>
/// <param name="Extracts">Which of its extracts are touched.</param>
/// <param name="By">The last day for its view.</param>
public sealed record SubjectQuestion(string Request, SubjectRequestKind Kind, IReadOnlyList<string> Extracts, DateOnly By, string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        Words,
        $"They ask for {Kebab.Of(Kind)} (request {Request}). You sent: extract{(Extracts.Count == 1 ? "" : "s")} {string.Join(", ", Extracts)}.",
        $"Your view is expected by {By.InWords()}.",
    ];
}

/// <summary>What the authority finds in its outbox on the last day of a request that is not answered.</summary>
public sealed record RequestEscalation(string Request, SubjectRequestState State, DateOnly Due, IReadOnlyList<string> Unheard, string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"This is request {Request}. How it stands: {SubjectRequestStates.Where(State)}",
        Words,
        .. Unheard.Count > 0 ? [$"Not heard yet: {string.Join(", ", Unheard)}."] : Array.Empty<string>(),
    ];
}

/// <summary>Does what is due for a person's request: asks the originators, asks those again who are silent, escalates what is not answered in time.</summary>
/// <remarks>seeds/002 §17.</remarks>
public sealed class AdvanceRequest(Registers registers, SubjectDecisions decisions, Outbox outbox, Acts acts, TimeProvider time) : Activity<AdvanceRequest, SubjectRequestReference, Waiting?>
{
    private const string Words =
        "A person asked about their data, and you sent some of it. The coordinator tells you whom it is about by the means your agreement names: say what may be given and which exemptions apply.";

    /// <returns>Null: people decide next, or the sweep looks on the row's day.</returns>
    public override async Task<Waiting?> RunAsync(SubjectRequestReference input, CancellationToken cancellationToken)
    {
        while (await registers.SubjectRequests.FindAsync(input.RequestId, cancellationToken) is { } current && current.Row.DueAt <= time.GetUtcNow())
        {
            await StepAsync(current, time.GetUtcNow(), cancellationToken);
        }

        return null;
    }

    private Task StepAsync(Registered<SubjectRequestRow> current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = current.Row;
        SubjectRequestRow Asked() => row with { State = SubjectRequestState.Consulting, AskedAt = now, Asked = [.. row.Asked.Union(row.Unheard.Select(agency => (Id<Party>)agency))] };
        return row.State is SubjectRequestState.Received
                ? PerformAsync(current, "request.consult", "", Asked(), token => AskAsync(row, row.Unheard, now, token), cancellationToken)
            : row.State is SubjectRequestState.Consulting && row.Unasked.Any()
                ? PerformAsync(
                    current, "request.consult", row.Asked.Count.ToString(CultureInfo.InvariantCulture), Asked(), token => AskAsync(row, row.Unasked, now, token), cancellationToken)
            : row.CarryOutAt <= now
                ? decisions.CarryOutAsync(current, cancellationToken)
            : row.ChaseAt <= now
                ? PerformAsync(current, "request.chase", "", row with { ChasedAt = now }, token => AskAsync(row, row.Unheard, row.AskedAt!.Value, token), cancellationToken)
            : PerformAsync(
                current,
                "request.escalate",
                row.EscalateAt.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
                row with { EscalatedAt = now },
                token => outbox.PutAsync(row.Authority, $"escalations/request-{row.Id}.json", Escalate(row), token),
                cancellationToken);
    }

    private Task PerformAsync(
        Registered<SubjectRequestRow> current, string act, string more, SubjectRequestRow next, Func<CancellationToken, Task> tell, CancellationToken cancellationToken) => acts.PerformAsync(
        current.Row.Act(act, nameof(SubjectRequestOrchestration), more: more),
        async token =>
        {
            await tell(token);
            await registers.SubjectRequests.ChangeAsync(current, next, token);
        },
        cancellationToken);

    private async Task AskAsync(SubjectRequestRow row, IEnumerable<string> originators, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        foreach (var originator in originators)
        {
            IReadOnlyList<string> extracts = [.. row.Sources.Where(source => source.Agency == originator).Select(source => source.ExtractId)];
            var by = DateOnly.FromDateTime(asked.UtcDateTime).AddDays(SubjectRequest.ViewDays);
            await outbox.PutAsync(originator, $"requests/{row.Id}.json", new SubjectQuestion(row.Id, row.Kind, extracts, by, Words), cancellationToken);
        }
    }

    private static RequestEscalation Escalate(SubjectRequestRow row) => new(
        row.Id,
        row.State,
        row.DueOn,
        [.. row.Unheard],
        $"The last day to answer this request is {row.DueOn:yyyy-MM-dd}. Decide and answer it, or, within the first month and with reasons, tell the person that it takes longer.");
}
