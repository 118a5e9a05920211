using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Agreements;

/// <summary>Decides by an agreement whether something may be done with information. Nothing is taken in, opened, disclosed or kept without it.</summary>
public sealed class AgreementGate(AgreementCatalogue catalogue)
{
    public GateDecision Check(GateRequest request)
    {
        var today = DateOnly.FromDateTime(request.At.UtcDateTime);
        if (catalogue.WithExchange(request.Exchange, today) is not { } agreement)
        {
            return new()
            {
                Outcome = GateOutcome.UnknownExchange,
                Exchange = request.Exchange,
                Words = $"No agreement has an exchange '{request.Exchange}'.",
            };
        }

        var exchange = agreement.Exchange(request.Exchange);
        var decision = Describe(request, agreement, exchange);
        var refusal = exchange is null
            ? (GateOutcome.UnknownExchange, $"{agreement.Name} no longer has an exchange '{request.Exchange}'.")
            : Standing(request, agreement, today)
                ?? (IsAlwaysOpen(request.Act) ? null : Parties(request, agreement, exchange, today) ?? UseOf(request, exchange) ?? Transfer(request, agreement, exchange));
        if (refusal is { } refused)
        {
            return decision with { Outcome = refused.Outcome, Words = refused.Words };
        }

        return request.Act == GateAct.Disclosure
            ? decision with { Grant = new DisclosureGrant(request, decision, request.Recipient!) }
            : decision;
    }

    // What must go through whatever stands against the agreement: taking markers off, reporting breaches, erasing, answering people.
    private static bool IsAlwaysOpen(GateAct act) =>
        act is GateAct.MarkerRemoval or GateAct.BreachNotice or GateAct.Erasure or GateAct.RightsReply;

    private static GateDecision Describe(GateRequest request, Agreement agreement, Exchange? exchange)
    {
        var uses = request.Use is { } use ? [use] : exchange?.Uses ?? [];
        var sender = exchange?.From.Contains(request.Agency) == true ? request.Agency : exchange is { From: [var first, ..] } ? first : null;
        var party = sender is null ? null : agreement.Party(sender);
        return new()
        {
            Outcome = GateOutcome.Allowed,
            Words = $"Allowed by {agreement.Name}.",
            Warnings = agreement.Review.Due < DateOnly.FromDateTime(request.At.UtcDateTime)
                ? [$"{agreement.Name} was due for review on {agreement.Review.Due:yyyy-MM-dd}."]
                : [],
            Agreement = agreement.Id,
            Version = agreement.Version,
            Exchange = request.Exchange,
            Basis = party is null ? "" : agreement.BasisOf(party)?.Words ?? "",
            Purpose = string.Join(" ", agreement.Purposes.Where(purpose => uses.Contains(purpose.Use)).Select(purpose => purpose.Words)),
            Uses = uses,
        };
    }

    private static (GateOutcome Outcome, string Words)? Standing(GateRequest request, Agreement agreement, DateOnly today)
    {
        if (today < agreement.InForceFrom)
        {
            return (GateOutcome.NotYetBegun, $"{agreement.Name} comes into force on {agreement.InForceFrom:yyyy-MM-dd}.");
        }

        if (IsAlwaysOpen(request.Act))
        {
            return null;
        }

        if (agreement.Ends < today)
        {
            return (GateOutcome.Ended, $"{agreement.Name} ended on {agreement.Ends:yyyy-MM-dd}.");
        }

        foreach (var notice in request.Notices.Where(notice => notice.Agreement == agreement.Id && notice.Holds(request.At)))
        {
            switch (notice.Kind)
            {
                case NoticeKind.Termination:
                    return (GateOutcome.Terminated, $"{agreement.Id} was terminated by {notice.By} with effect from {notice.From:yyyy-MM-dd}.");
                case NoticeKind.Suspension:
                    return (GateOutcome.Suspended, $"{agreement.Id} is suspended by {notice.By}{(notice.Until is { } until ? $" until {until:yyyy-MM-dd}" : "")}. Markers off, breach notices, erasure and replies to people still go through.");
                case NoticeKind.Withdrawal when notice.By == request.Agency || notice.By == request.Recipient:
                    return (GateOutcome.Withdrawn, $"{notice.By} withdrew from {agreement.Id} with effect from {notice.From:yyyy-MM-dd}.");
            }
        }

        return null;
    }

    private static (GateOutcome Outcome, string Words)? Parties(GateRequest request, Agreement agreement, Exchange exchange, DateOnly today)
    {
        var sends = request.Act is GateAct.Intake or GateAct.Disclosure;
        if (sends && !exchange.From.Contains(request.Agency))
        {
            return (GateOutcome.WrongSubmitter, $"{exchange.Id} is sent by {Names(exchange.From)}, not by {request.Agency}.");
        }

        if (!sends && !exchange.To.Contains(request.Agency))
        {
            return (GateOutcome.WrongHolder, $"{exchange.Id} goes to {Names(exchange.To)}, not to {request.Agency}.");
        }

        if (request.Act == GateAct.Disclosure && (request.Recipient is null || !exchange.To.Contains(request.Recipient)))
        {
            return (GateOutcome.WrongRecipient, $"{exchange.Id} goes to {Names(exchange.To)}{(request.Recipient is null ? "; no recipient was named" : $", not to {request.Recipient}")}.");
        }

        foreach (var id in new[] { request.Agency, request.Recipient }.OfType<string>())
        {
            var party = agreement.Party(id)!;
            if (!party.HasSigned(today))
            {
                return (GateOutcome.NotSigned, $"{party.Name} has not signed both {agreement.Id} and {agreement.Tier1}: it is no party, and passes and receives nothing.");
            }
        }

        return exchange.From.Contains(request.Agency) ? Conditions(agreement, exchange, agreement.Party(request.Agency)!) : null;
    }

    private static (GateOutcome Outcome, string Words)? Conditions(Agreement agreement, Exchange exchange, Party party)
    {
        var basis = agreement.BasisOf(party);
        var missing = basis is null or { Gateways.Count: 0 } ? "a gateway"
            : basis.Schedule2 is null ? "a Schedule 2 condition"
            : basis.Schedule3 is null && exchange.Specification?.Sensitive == true ? "a Schedule 3 condition for sensitive data"
            : basis.Article8 is null ? "an Article 8 ground"
            : null;
        return missing is null ? null : (GateOutcome.ConditionMissing, $"{agreement.Name} states no basis for {party.Name}: {missing} is missing. A gateway is a power, not a condition.");
    }

    private static (GateOutcome Outcome, string Words)? UseOf(GateRequest request, Exchange exchange)
    {
        if (request.Use is not { } use)
        {
            return request.Act is GateAct.Opening or GateAct.Disclosure
                ? (GateOutcome.UseNotNamed, $"Say for which use {exchange.Id} is to be {(request.Act == GateAct.Opening ? "opened" : "disclosed")}.")
                : null;
        }

        return exchange.Uses.Contains(use)
            ? null
            : (GateOutcome.UseNotAgreed, $"{exchange.Id} is for {Words(exchange.Uses)}, not for {Kebab.Of(use)}.");
    }

    private static (GateOutcome Outcome, string Words)? Transfer(GateRequest request, Agreement agreement, Exchange exchange)
    {
        if (request.Act is not (GateAct.Intake or GateAct.Disclosure))
        {
            return null;
        }

        if (request.Act == GateAct.Intake && exchange.Dataset is null)
        {
            return (GateOutcome.NotSettled, $"What {exchange.Id} carries is not settled as a dataset ({exchange.Information}): agree it and amend {agreement.Id}.");
        }

        if (exchange.Means.Count == 0)
        {
            return (GateOutcome.MeansNotSettled, $"{agreement.Name} leaves open how {exchange.Id} is provided: agree it and amend the table.");
        }

        if (request.Means is not { } means)
        {
            return (GateOutcome.MeansNotNamed, $"Say by which means {exchange.Id} travels.");
        }

        return !exchange.Means.Contains(means) ? (GateOutcome.MeansNotAgreed, $"{exchange.Id} travels by {Words(exchange.Means)}, not by {Kebab.Of(means)}: {agreement.Name} would have to be amended.")
            : request.Marking > agreement.MarkingCeiling ? (GateOutcome.MarkingTooHigh, $"{agreement.Name} takes nothing marked above {Kebab.Of(agreement.MarkingCeiling)}.")
            : exchange.Judgement && request.Judgement is null ? (GateOutcome.JudgementMissing, $"A batch of {exchange.Id} needs the sender's judgement before transfer: who judged, and on what basis.")
            : request.BatchSize > agreement.BatchCeiling ? (GateOutcome.OverCeiling, $"{agreement.Name} takes at most {agreement.BatchCeiling} rows in a batch: this is a list, not a judgement.")
            : request.Act == GateAct.Intake && !request.Correction && IsEarly(exchange.HowOften, request) ? (GateOutcome.OutOfFrequency, $"{exchange.Id} is {Kebab.Of(exchange.HowOften!.Value)}; one was accepted on {request.LastAccepted:yyyy-MM-dd}. Send it as a correction if it replaces that one.")
            : null;
    }

    // "As required" and a blank are never early.
    private static bool IsEarly(Frequency? often, GateRequest request)
    {
        if (request.LastAccepted is not { } last)
        {
            return false;
        }

        var days = DateOnly.FromDateTime(request.At.UtcDateTime).DayNumber - DateOnly.FromDateTime(last.UtcDateTime).DayNumber;
        return often switch
        {
            Frequency.Daily => days < 1,
            Frequency.Weekly => days < 5,
            Frequency.Monthly => (request.At.UtcDateTime.Year, request.At.UtcDateTime.Month) == (last.UtcDateTime.Year, last.UtcDateTime.Month) && days < 21,
            Frequency.Termly => days < 60,
            Frequency.Once => true,
            _ => false,
        };
    }

    private static string Names(IReadOnlyList<string> parties) => parties.Count == 0 ? "nobody yet" : string.Join(", ", parties);

    private static string Words<T>(IReadOnlyList<T> values)
        where T : struct, Enum => values.Count == 0 ? "nothing yet" : string.Join(", ", values.Select(Kebab.Of));
}
