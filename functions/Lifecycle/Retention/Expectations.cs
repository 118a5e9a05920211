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
        var extracts = await registers.Extracts.ListAsync(cancellationToken).Select(extract => extract.Row).ToListAsync(cancellationToken);

        // A correction comes in place of a file that came before: it answers no period of its own.
        var corrections = extracts.Select(extract => extract.SupersededBy).ToHashSet(StringComparer.Ordinal);
        var accepted = extracts.Where(extract => extract.RefusalCode.Length == 0 && !corrections.Contains(extract.Id.Text))
            .ToLookup(extract => (extract.Exchange, extract.Agency, extract.Organisation), extract => Day(extract.ClaimedAt));
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

        var expected = AgreementCalendar.At(
            Day(asOf),
            agreements.InForce(Day(asOf)).Select(AgreementCalendar.OfDrops),
            (exchange, agency, organisation) => [.. accepted[(exchange, agency, organisation)]],
            Taken,
            since);
        return
        [
            .. expected.Concat(await owed.ListAsync(asOf, since, cancellationToken)).Where(expectation => expectation.Due >= since)
                .OrderBy(expectation => expectation.Due),
        ];
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
