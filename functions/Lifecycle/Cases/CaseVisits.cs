using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Records the risk to somebody who visits a family alone, and the visits that it allows.</summary>
/// <remarks>docs/cases.md. seeds/001 3 Final suitability.</remarks>
public sealed class CaseVisits(Registers registers, CaseBook book, CaseDesk desk, AgreementCatalogue agreements)
{
    private IReadOnlyList<string> Organisations => [.. agreements.Parties.Select(party => party.Text)];

    /// <summary>There is a risk: from now on a visit by one is refused.</summary>
    public Task<Answer<Case>> FlagAsync(
        CaseCaller by, string id, string source, DateOnly on, CancellationToken cancellationToken) => desk.ChangeAsync(
        by,
        id,
        "case.flag-risk",
        row => LoneWorkerRules.ToFlag(row.Family, source, Organisations, on, book.Today),
        row => row with { Risk = new(on, source, by.Account, book.Today) },
        cancellationToken,
        source);

    /// <summary>A source says that the risk is over: one may visit again.</summary>
    public Task<Answer<Case>> LiftAsync(
        CaseCaller by, string id, string source, DateOnly on, CancellationToken cancellationToken) => desk.ChangeAsync(
        by,
        id,
        "case.lift-risk",
        row => LoneWorkerRules.ToLift(row.Family, source, Organisations, on, book.Today),
        row => row with { Risk = null, Suitability = row.Suitability is { } check ? check with { ByTwo = false } : null },
        cancellationToken,
        source);

    /// <summary>A visit is planned or was made.</summary>
    /// <param name="visitors">Their accounts.</param>
    public Task<Answer<Case>> VisitAsync(
        CaseCaller by, string id, IReadOnlyList<string> visitors, DateOnly on, CancellationToken cancellationToken) => desk.ChangeAsync(
        by,
        id,
        "case.visit",
        row => LoneWorkerRules.ToVisit(row.Family, visitors, on),
        row => row with { LastVisit = new(on, visitors, by.Account) },
        cancellationToken,
        [.. visitors]);

    /// <summary>What a source sent tells of a risk: it is flagged by itself, once for each extract.</summary>
    internal async Task FlagFromSourceAsync(
        string id, Id<Party> source, Id<Extract> extractId, DateOnly asAt, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is { Row.Risk: null } current
            && LoneWorkerRules.ToFlag(current.Row.Family, source, Organisations, asAt, book.Today).Count == 0)
        {
            var act = current.Row.Act("case.flag-risk", nameof(DeliverToCases), extractId) with { References = [id, source] };
            await book.PerformAsync(current, act, row => row with { Risk = new(asAt, source, nameof(DeliverToCases), book.Today) }, cancellationToken);
        }
    }
}
