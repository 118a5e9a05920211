using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Lifecycle.Disclosures;

/// <summary>Which files this deployment owes its partners, and which of them it has given: lists of families, and files of its own systems.</summary>
/// <remarks>seeds/002 App B rows 7, 13, 14, 17; seeds/003 (the feed to the processor). A file that is owed by a rhythm is due once a period.
/// A list that is owed on identification or allocation is due when who would be on it is not who was on the last (ours).</remarks>
public sealed class OwedFiles(
    Registers registers, AgreementCatalogue agreements, AgreementGate gate, Notices notices, Deployment deployment, MatchingPlan plan, FamilyList families)
{
    /// <param name="since">The day of the deployment's first act: nothing was owed before.</param>
    /// <returns>For each exchange and each party it goes to. Nothing of a list while nobody was ever on it, and nothing that the gate refuses.</returns>
    public async Task<IReadOnlyList<Expectation>> ListAsync(DateTimeOffset asOf, DateOnly since, CancellationToken cancellationToken)
    {
        var (day, giver) = (Day(asOf), deployment.OwnerOr(plan.Authority));
        var owed = Owed(day, giver).ToList();
        if (owed.Count == 0)
        {
            return [];
        }

        var standing = await notices.StandingAsync(cancellationToken);
        var cohort = await families.CohortAsync(giver, cancellationToken);
        var given = await registers.Given.ListAsync(cancellationToken).Select(file => file.Row).Where(file => file.GivenAt is not null)
            .ToListAsync(cancellationToken);
        var expected = new List<Expectation>();
        foreach (var (agreement, exchange, recipient) in owed.Where(item =>
            MayBeGiven(item.Exchange, giver, item.Recipient, asOf, standing)))
        {
            var files = given.Where(file => file.Exchange == exchange.Id && file.Recipient == recipient).ToList();
            var last = files.MaxBy(file => (file.GivenAt, file.State is GivenFileState.Given));
            var listed = IsList(exchange) ? FamilyList.DigestOf(cohort, exchange, last?.Without ?? []) : "";
            if (!IsList(exchange) || listed.Length > 0 || last is not null)
            {
                expected.AddRange(Of(agreement, exchange, giver, day, files, last, listed, since).Select(expectation =>
                    expectation with { Recipient = recipient }));
            }
        }

        return expected;
    }

    private IEnumerable<(Agreement Agreement, Exchange Exchange, Id<Party> Recipient)> Owed(DateOnly day, Id<Party> giver) =>
        from agreement in agreements.InForce(day)
        from exchange in agreement.Exchanges
        where exchange is { Specification: not null, HowOften: not null } && exchange.From.Contains(giver)

        // What a study is sent goes by its submission.
        where !exchange.Uses.Contains(Use.Research)
        from recipient in exchange.To
        where recipient != giver
        select (agreement, exchange, recipient);

    private static bool IsList(Exchange exchange) => exchange.Dataset == GivenFiles.ListDataset;

    private static IEnumerable<Expectation> Of(
        Agreement agreement, Exchange exchange, Id<Party> giver, DateOnly day, IReadOnlyList<GivenFile> files, GivenFile? last, string listed, DateOnly since)
    {
        if (exchange.HowOften is not (Frequency.OnIdentificationOrAllocation or Frequency.OnAllocationAndAsRequired))
        {
            return AgreementCalendar.Of(
                agreement, exchange, giver, "", day, [.. files.Where(file => !file.IsWithdrawn).Select(file => Day(file.GivenAt!.Value))], since);
        }

        var on = last is null or { IsWithdrawn: true } ? (DateOnly?)null : Day(last.GivenAt!.Value);

        var (period, from) = on is { } given ? ($"what changed since {given:yyyy-MM-dd}", given)
            : last is null ? ("the first list", agreement.InForceFrom)
            : ("instead of the list that was withdrawn", Day(last.RemovedAt!.Value));
        var state = last?.Listed == listed ? ExpectationState.Received : ExpectationState.Overdue;
        return [new(agreement.Id, exchange.Id, giver, period, from, day, state) { Dataset = exchange.Dataset!, OnChange = true }];
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private bool MayBeGiven(Exchange exchange, Id<Party> giver, Id<Party> recipient, DateTimeOffset asOf, IReadOnlyList<AgreementNotice> standing) =>
        exchange.Means.Where(means => !means.IsSpoken()).Any(means => gate.Check(new()
        {
            Act = GateAct.Disclosure,
            Exchange = exchange.Id,
            Agency = giver,
            Recipient = recipient,
            At = asOf,
            Notices = standing,
            Use = exchange.Uses[0],
            Families = !IsList(exchange) ? null : exchange.Scope is ExchangeScope.Allocated ? FamilyStanding.Allocated : FamilyStanding.MeetsCriteria,
            Means = means,

            // Whether it may be given at all: who must still be told is looked at when it is.
            Untold = [],
        }).Allowed);
}
