using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <summary>What this deployment expects from whom by when, and what of it has come; and the files it owes others.</summary>
public sealed class Expectations(AgreementCatalogue agreements, AgreementGate gate, Notices notices, Deployment deployment, MatchingPlan plan, OwedFiles owed, Registers registers, Ledger ledger)
{
    private DateOnly? begins;

    /// <returns>The files that are owed, and for each exchange that comes by a drop and each of its senders this period and the one before; the earliest due first.
    /// Nothing that was due before the deployment's own first act.</returns>
    public async Task<IReadOnlyList<Expectation>> ListAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (begins is null && await ledger.ReadAsync(0, cancellationToken).FirstOrDefaultAsync(cancellationToken) is { } first)
        {
            begins = Day(first.Entry.At);
        }

        // Before its first act a deployment begins today.
        var since = begins ?? Day(asOf);
        var accepted = await registers.Extracts.ListAsync(cancellationToken)
            .Where(extract => extract.Row.RefusalCode.Length == 0)
            .GroupBy(extract => (extract.Row.Exchange, extract.Row.Agency, extract.Row.Organisation), (key, extracts) => (key, Last: Day(extracts.Max(extract => extract.Row.ClaimedAt))))
            .ToDictionaryAsync(pair => pair.key, pair => pair.Last, cancellationToken: cancellationToken);
        var standing = await notices.StandingAsync(cancellationToken);
        bool Taken(Id<Exchange> exchange, Id<Party> agency) => gate.Takes(new()
        {
            Act = GateAct.Intake,
            Exchange = exchange,
            Agency = agency,
            Recipient = deployment.OwnerOr(plan.Authority),
            Study = deployment.Kind is DeploymentKind.Study,
            At = asOf,
            Notices = standing,
        });

        var expected = AgreementCalendar.At(Day(asOf), agreements.InForce(Day(asOf)).Select(AgreementCalendar.OfDrops), (exchange, agency, organisation) => accepted.TryGetValue((exchange, agency, organisation), out var last) ? last : null, Taken);
        return [.. expected.Concat(await owed.ListAsync(asOf, cancellationToken)).Where(expectation => expectation.Due >= since).OrderBy(expectation => expectation.Due)];
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
