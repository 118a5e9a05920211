using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Lifecycle.Disclosures;

/// <summary>Which lists of families this deployment owes its partners, and which of them it has given.</summary>
/// <remarks>seeds/002 App B rows 7, 13, 14, 17. A list that is owed by a rhythm is due once a period.
/// One that is owed on identification or allocation is due when who would be on it is not who was on the last (ours).</remarks>
public sealed class OwedLists(
    Registers registers, AgreementCatalogue agreements, AgreementGate gate, Notices notices, Deployment deployment, MatchingPlan plan, FamilyList families)
{
    /// <returns>For each exchange of families and each party it goes to. Nothing while nobody was ever on the list, and nothing that the
    /// gate refuses.</returns>
    public async Task<IReadOnlyList<Expectation>> ListAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (day, giver) = (DateOnly.FromDateTime(asOf.UtcDateTime), deployment.OwnerOr(plan.Authority));
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
            var last = given.Where(file => file.Exchange == exchange.Id && file.Recipient == recipient).MaxBy(file => file.GivenAt);
            var listed = FamilyList.DigestOf(cohort, exchange, last?.Without ?? []);
            if (listed.Length > 0 || last is not null)
            {
                expected.AddRange(Of(agreement, exchange, giver, day, last, listed).Select(expectation =>
                    expectation with { Recipient = recipient }));
            }
        }

        return expected;
    }

    private IEnumerable<(Agreement Agreement, Exchange Exchange, Id<Party> Recipient)> Owed(DateOnly day, Id<Party> giver) =>
        from agreement in agreements.InForce(day)
        from exchange in agreement.Exchanges
        where exchange.Dataset == GivenFiles.ListDataset && exchange.HowOften is not null && exchange.From.Contains(giver)
        from recipient in exchange.To
        select (agreement, exchange, recipient);

    private static IEnumerable<Expectation> Of(Agreement agreement, Exchange exchange, Id<Party> giver, DateOnly day, GivenFile? last, string listed)
    {
        var on = last is null ? (DateOnly?)null : DateOnly.FromDateTime(last.GivenAt!.Value.UtcDateTime);
        if (exchange.HowOften is not (Frequency.OnIdentificationOrAllocation or Frequency.OnAllocationAndAsRequired))
        {
            return AgreementCalendar.Of(agreement, exchange, giver, "", day, on);
        }

        var (period, from) = on is { } given ? ($"what changed since {given:yyyy-MM-dd}", given)
            : ("the first list", agreement.InForceFrom);
        var state = last?.Listed == listed ? ExpectationState.Received : ExpectationState.Overdue;
        return [new(agreement.Id, exchange.Id, giver, period, from, day, state)];
    }

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
            Families = exchange.Scope is ExchangeScope.Allocated ? FamilyStanding.Allocated : FamilyStanding.MeetsCriteria,
            Means = means,
        }).Allowed);
}
