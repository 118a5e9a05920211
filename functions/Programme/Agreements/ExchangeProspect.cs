using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Agreements;

public enum ProspectKind
{
    /// <summary>Its sender may drop it.</summary>
    Dropped = 1,

    /// <summary>It comes by other means, and its receiver takes it in; a drop is refused.</summary>
    ByOtherMeans,

    /// <summary>It is told, not sent: that it was told is recorded.</summary>
    Recorded,

    /// <summary>Whatever is done, it is refused.</summary>
    Never,
}

/// <summary>What one exchange can come to at one of its receivers, by the gate's own answers.</summary>
/// <param name="Receiver">The party; empty where the table names none.</param>
/// <param name="On">The day the gate was asked about: the first of the version's term on which both have signed.</param>
/// <param name="Until">The last day of the version's term; <c>null</c> when it is open.</param>
/// <param name="Retention">The line by which it is kept when it arrives.</param>
/// <param name="Kept">The lines by which it is kept, one for each class that it comes to; empty where nothing is.</param>
/// <param name="Unkept">Classes that its uses come to later, and that no line of it is about.</param>
/// <param name="Words">Why never; else empty.</param>
public sealed record ExchangeProspect(
    Agreement Agreement,
    Exchange Exchange,
    Id<Party> Receiver,
    DateOnly On,
    DateOnly? Until,
    ProspectKind Kind,
    Means? Means,
    RetentionTerm? Retention,
    IReadOnlyList<RetentionTerm> Kept,
    IReadOnlyList<RetentionClass> Unkept,
    string Words)
{
    /// <summary>Asks the gate of every exchange, of every version, at each of its receivers.</summary>
    public static IEnumerable<ExchangeProspect> All(AgreementCatalogue catalogue)
    {
        var gate = new AgreementGate(catalogue);
        return catalogue.Versions.SelectMany(version => version.Exchanges.SelectMany(exchange =>
            (exchange.To.Count == 0 ? [default] : exchange.To).Select(receiver => Of(catalogue, gate, version, exchange, receiver))));
    }

    private static ExchangeProspect Of(AgreementCatalogue catalogue, AgreementGate gate, Agreement agreement, Exchange exchange, Id<Party> receiver)
    {
        var until = LastDayOf(catalogue, agreement);
        if (exchange.Dataset is null && exchange.Means.Any(means => means.IsSpoken()))
        {
            return new(agreement, exchange, receiver, agreement.InForceFrom, until, ProspectKind.Recorded, exchange.Means.First(means => means.IsSpoken()), null, [], [], "");
        }

        if (exchange.To.Count == 0)
        {
            return new(agreement, exchange, receiver, agreement.InForceFrom, until, ProspectKind.Never, null, null, [], [], $"{exchange.Id} names nobody to whom it goes: what is sent needs a receiver.");
        }

        ExchangeProspect? never = null;
        foreach (var means in exchange.Means.OrderByDescending(means => means.IsDrop()).Select(means => (Means?)means).DefaultIfEmpty(null))
        {
            foreach (var sender in exchange.From)
            {
                var on = DayOf(agreement, until, sender, receiver);
                var decision = gate.Check(Ask(exchange, sender, receiver, on, means));
                if (decision.Allowed)
                {
                    var kept = new RetentionSchedule(agreement, exchange, sender, receiver).Classes(RetentionClocks.None).ToList();
                    return new(
                        agreement,
                        exchange,
                        receiver,
                        on,
                        until,
                        means!.Value.IsDrop() ? ProspectKind.Dropped : ProspectKind.ByOtherMeans,
                        means,
                        decision.Retention,
                        [.. kept.Select(pair => pair.Line).OfType<RetentionTerm>()],
                        [.. kept.Where(pair => pair.Line is null).Select(pair => pair.Class)],
                        "");
                }

                never ??= new(agreement, exchange, receiver, on, until, ProspectKind.Never, means, null, [], [], decision.Words);
            }
        }

        return never ?? new(agreement, exchange, receiver, agreement.InForceFrom, until, ProspectKind.Never, null, null, [], [], $"{exchange.Id} names nobody who sends it.");
    }

    private static GateRequest Ask(Exchange exchange, Id<Party> sender, Id<Party> receiver, DateOnly on, Means? means)
    {
        var at = new DateTimeOffset(on, TimeOnly.MinValue, TimeSpan.Zero);
        return new()
        {
            Act = GateAct.Intake,
            Exchange = exchange.Id,
            Agency = sender,
            Recipient = receiver,
            Study = exchange.Uses.All(use => use is Use.Research),
            At = at,
            Notices = [],
            DocumentsAlone = true,
            Means = means,
            Judgement = exchange.Judgement ? BatchJudgement.Assumed(at) : null,
        };
    }

    private static DateOnly? LastDayOf(AgreementCatalogue catalogue, Agreement agreement)
    {
        var next = catalogue.Versions.FirstOrDefault(version => version.Id == agreement.Id && version.InForceFrom > agreement.InForceFrom)?.InForceFrom.AddDays(-1);
        return new[] { agreement.Ends, next }.Min();
    }

    // The first day on which both are parties, or the last of the version's own term.
    private static DateOnly DayOf(Agreement agreement, DateOnly? until, Id<Party> sender, Id<Party> receiver)
    {
        var signed = new[] { sender, receiver }.Select(agreement.Party).OfType<Party>().SelectMany(party => new[] { party.SignedOn, party.Tier1SignedOn }).OfType<DateOnly>();
        return new[] { signed.Append(agreement.InForceFrom).Max(), until ?? DateOnly.MaxValue }.Min();
    }
}
