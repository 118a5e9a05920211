using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Programme.Governance;

namespace TfFlow.Programme.Agreements;

/// <summary>What an agreement may hold against a request, in the order it is looked at. The first that is found is the answer.</summary>
internal static class GateChecks
{
    public static (GateOutcome Outcome, string Words)? First(GateRequest request, Agreement agreement, Exchange exchange, DateOnly today) =>
        Standing(request, agreement, today)
        ?? (IsAlwaysOpen(request.Act)
            ? Removal(request, exchange)
            : Deployment(request, exchange) ?? Parties(request, agreement, exchange, today) ?? GateRegisters.First(request, agreement, exchange) ?? UseOf(request, exchange) ?? Scope(request, exchange) ?? Onward(request, agreement, exchange)
                ?? Objected(request, exchange) ?? Untold(request, agreement, exchange) ?? Transfer(request, agreement, exchange));

    // What must go through whatever stands against the agreement: taking markers off, reporting breaches, erasing, answering people.
    private static bool IsAlwaysOpen(GateAct act) =>
        act is GateAct.MarkerRemoval or GateAct.BreachNotice or GateAct.Erasure or GateAct.RightsReply;

    // Whatever stands against the agreement, the marker was set under it: by these two.
    private static (GateOutcome Outcome, string Words)? Removal(GateRequest request, Exchange exchange) =>
        request is not { Act: GateAct.MarkerRemoval, Recipient: { } recipient } ? null
        : !exchange.From.Contains(request.Agency) ? (GateOutcome.WrongSubmitter, $"{exchange.Id} is sent by {Names(exchange.From)}, not by {request.Agency}.")
        : !exchange.To.Contains(recipient) ? (GateOutcome.WrongRecipient, $"{exchange.Id} goes to {Names(exchange.To)}, not to {recipient}.")
        : null;

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
                case NoticeKind.Order when Forbids(notice, request, agreement):
                    return (GateOutcome.Ordered, $"The Information Commissioner ordered that {(notice.Exchange == default ? agreement.Id : notice.Exchange.Text)} is not processed{(notice.Scope == RegisterDefinitions.Cease ? "" : $" for {notice.Scope}")} from {notice.From:yyyy-MM-dd} on (entry {notice.Reference}). Markers off, breach notices, erasure and replies to people still go through.");
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

    // An order to change a processing names the use that it forbids: what serves no other use is not taken in either.
    private static bool Forbids(AgreementNotice order, GateRequest request, Agreement agreement) =>
        (order.Exchange == default || order.Exchange == request.Exchange)
        && (order.Scope == RegisterDefinitions.Cease
            || (request.Use is { } use ? [use] : agreement.Exchange(request.Exchange)?.Uses ?? []) is { Count: > 0 } uses && uses.All(use => Kebab.Of(use) == order.Scope));

    private static (GateOutcome Outcome, string Words)? Parties(GateRequest request, Agreement agreement, Exchange exchange, DateOnly today)
    {
        var sends = request.Act is GateAct.Intake or GateAct.Disclosure or GateAct.KeyExchange;
        if (sends && !exchange.From.Contains(request.Agency))
        {
            return (GateOutcome.WrongSubmitter, $"{exchange.Id} is sent by {Names(exchange.From)}, not by {request.Agency}.");
        }

        if (!sends && !exchange.To.Contains(request.Agency))
        {
            return (GateOutcome.WrongHolder, $"{exchange.Id} goes to {Names(exchange.To)}, not to {request.Agency}.");
        }

        if (request is { Act: GateAct.Disclosure, Means: { } means } && exchange.To.Count == 0 && exchange.IsToldBy(means))
        {
            return Attendance(request, agreement, today) ?? Conditions(agreement, exchange, agreement.Party(request.Agency)!);
        }

        if (request.Act == GateAct.Disclosure && (request.Recipient is null || !exchange.To.Contains(request.Recipient.Value)))
        {
            return (GateOutcome.WrongRecipient, $"{exchange.Id} goes to {Names(exchange.To)}{(request.Recipient is null ? "; no recipient was named" : $", not to {request.Recipient}")}.");
        }

        if (request is { Act: GateAct.Intake or GateAct.KeyExchange, Recipient: { } here } && !exchange.To.Contains(here))
        {
            return (GateOutcome.OtherReceiver, $"{exchange.Id} goes to {Names(exchange.To)}, and this is the deployment of {here}: nothing of it is taken in here. Send it to theirs.");
        }

        foreach (var id in new[] { request.Agency, request.Act is GateAct.Intake or GateAct.Disclosure ? request.Recipient : null }.OfType<Id<Party>>())
        {
            var party = agreement.Party(id)!;
            if (!party.HasSigned(today))
            {
                return (GateOutcome.NotSigned, $"{party.Name} has not signed both {agreement.Id} and {agreement.Tier1}: it is no party, and passes and receives nothing.");
            }
        }

        return exchange.From.Contains(request.Agency) ? Conditions(agreement, exchange, agreement.Party(request.Agency)!) : null;
    }

    /// <summary>A row that names no partner is for those who attend: who has not signed the agreement exchanges under the meeting's own confidentiality agreement.</summary>
    /// <remarks>seeds/002 App B row 18, §4.3.2.</remarks>
    private static (GateOutcome Outcome, string Words)? Attendance(GateRequest request, Agreement agreement, DateOnly today) =>
        request.Recipient is null ? (GateOutcome.WrongRecipient, $"Say who attended: a party of {agreement.Id}, or '{GateRequest.Attendees}' for those who have not signed it.")
        : request.Recipient == GateRequest.Attendees ? request.ConfidentialityAgreed ? null : (GateOutcome.NotSigned, $"Who has not signed {agreement.Id} is told nothing before signing the meeting's confidentiality agreement. Once they have signed it, say so: --confidentiality-agreed.")
        : agreement.Party(request.Recipient.Value)?.HasSigned(today) == true ? null
        : (GateOutcome.NotSigned, $"{request.Recipient} has not signed {agreement.Id}: who attends without having signed is told under the meeting's confidentiality agreement, as '{GateRequest.Attendees}'.");

    private static (GateOutcome Outcome, string Words)? Conditions(Agreement agreement, Exchange exchange, Party party)
    {
        var missing = agreement.BasisOf(party) is { } basis ? basis.Missing(agreement.UnderTodaysLaw, exchange.Specification?.Sensitive == true) : ["a gateway"];
        return missing.Count == 0 ? null
            : (GateOutcome.ConditionMissing, $"{agreement.Name} states no basis for {party.Name}: {string.Join("; ", missing)} {(missing.Count == 1 ? "is" : "are")} missing. A gateway is a power, not a condition.");
    }

    /// <summary>What is for a study alone never enters an authority's deployment, and a study takes nothing else.</summary>
    /// <remarks>seeds/003: the combined data is never available to the authority or any public agency.</remarks>
    private static (GateOutcome Outcome, string Words)? Deployment(GateRequest request, Exchange exchange) =>
        request is { Act: GateAct.Intake, Study: { } study } && exchange.Uses.All(use => use is Use.Research) != study
            ? (GateOutcome.OtherDeployment, $"{exchange.Id} goes to {(study ? "an authority's" : "a study's")} deployment, never to this one.")
            : null;

    private static (GateOutcome Outcome, string Words)? UseOf(GateRequest request, Exchange exchange)
    {
        if (exchange.Uses.Count == 0)
        {
            return (GateOutcome.UseNotAgreed, $"What {exchange.Id} is for is left open: agree it and amend the table.");
        }

        // Consent in writing or a statute may allow another use; what another agreement allows, that agreement is asked.
        if (request is { Act: GateAct.OnwardDisclosure, Use: not null })
        {
            return null;
        }

        if (request.Use is not { } use)
        {
            return request.Act is GateAct.Opening or GateAct.Disclosure or GateAct.OnwardDisclosure
                ? (GateOutcome.UseNotNamed, $"Say for which use {exchange.Id} is to be {(request.Act == GateAct.Opening ? "opened" : "disclosed")}.")
                : null;
        }

        return exchange.Uses.Contains(use)
            ? null
            : (GateOutcome.UseNotAgreed, $"{exchange.Id} is for {Words(exchange.Uses)}, not for {Kebab.Of(use)}.");
    }

    // Taking in is left out: who is in a file is known only once it is matched.
    private static (GateOutcome Outcome, string Words)? Scope(GateRequest request, Exchange exchange) =>
        request.Act is not (GateAct.Opening or GateAct.Disclosure or GateAct.OnwardDisclosure) || exchange.Scope == ExchangeScope.Anyone ? null
        : exchange.Scope == ExchangeScope.Allocated && request.Families != FamilyStanding.Allocated ? (GateOutcome.OutOfScope, $"{exchange.Id} is about families allocated a key worker only.")
        : request.Families is null ? (GateOutcome.OutOfScope, $"{exchange.Id} is about families that meet the criteria only.")
        : null;

    private static (GateOutcome Outcome, string Words)? Onward(GateRequest request, Agreement agreement, Exchange exchange) =>
        request.Act != GateAct.OnwardDisclosure ? null
        : request.Recipient is null ? (GateOutcome.WrongRecipient, "Say to whom it is to be disclosed.")
        : request.Onward is not { Reference.Length: > 0 } || !IsRegistered(request, exchange, agreement) ? (GateOutcome.OnwardNotAllowed, $"Disclosing {request.Exchange} further needs the originator's written consent, a statutory obligation or another agreement that covers it: record it with 'tfflow register record onward-disclosure', and name its entry. For another purpose than the programme's, police data needs the Chief Officer's.")
        : null;

    // Another agreement is asked by the gate itself. Consent and statute stand in the register, for this exchange and this recipient.
    private static bool IsRegistered(GateRequest request, Exchange exchange, Agreement agreement) =>
        request.Onward!.Kind is OnwardKind.OtherAgreement
        || request.Notices.Any(notice =>
            notice.Kind is NoticeKind.OnwardDisclosure && notice.Reference == request.Onward.Reference && notice.Exchange == exchange.Id
            && notice.Recipient == request.Recipient && notice.Holds(request.At)
            && (notice.Scope == RegisterDefinitions.ChiefOfficer || !NeedsChiefOfficer(request, exchange, agreement)));

    private static bool NeedsChiefOfficer(GateRequest request, Exchange exchange, Agreement agreement) =>
        exchange.From.Any(sender => agreement.Party(sender)?.ChiefOfficer == true) && request.Use is { } use && !exchange.Uses.Contains(use);

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

        return !exchange.Means.Contains(means) ? (GateOutcome.MeansNotAgreed, $"{exchange.Id} travels by {Words(exchange.Means)}, not by {Kebab.Of(means)}: {agreement.Name} would have to be amended.{(means.IsDrop() ? " Until then its file comes by those means, and its receiver takes it in ('tfflow take')." : "")}")
            : exchange.Judgement && request.Judgement is not { By.Length: > 0, Basis.Length: > 0 } ? (GateOutcome.JudgementMissing, $"A batch of {exchange.Id} needs the sender's judgement before transfer: who judged (--judged-by), and on what basis (--judgement-basis).")
            : Organisation(request, agreement) is { } unlisted ? unlisted
            : request.Act == GateAct.Intake && !request.Correction && IsEarly(exchange.HowOften, request) ? (GateOutcome.OutOfFrequency, $"{exchange.Id} is {Kebab.Of(exchange.HowOften!.Value)}; one was accepted on {request.LastAccepted:yyyy-MM-dd}. Send it as a correction if it replaces that one.")
            : FirstUse(request, exchange);
    }

    // How often is counted for each organisation: an agency that submits for several says for which.
    private static (GateOutcome Outcome, string Words)? Organisation(GateRequest request, Agreement agreement) =>
        request is not { Act: GateAct.Intake, Organisation: { } organisation } || agreement.Party(request.Agency) is not { } party ? null
        : party.Organisations is [] ? organisation.Length == 0 ? null : (GateOutcome.OrganisationNotListed, $"{agreement.Name} lists no organisations that {party.Id} submits for: leave it out.")
        : organisation.Length == 0 ? (GateOutcome.OrganisationNotNamed, $"{party.Id} submits for {party.Organisations.Count} organisations: say for which this file is ({string.Join(", ", party.Organisations)}).")
        : party.Organisations.Contains(organisation) ? null
        : (GateOutcome.OrganisationNotListed, $"{agreement.Name} does not list that organisation among those that {party.Id} submits for ({string.Join(", ", party.Organisations)}): amend it before it sends.");

    /// <summary>What a person objects to waits until that is decided, and has ended once it is upheld.</summary>
    /// <remarks>seeds/002 App A (duty of confidence: case by case); ours: UK GDPR Art 21.</remarks>
    private static (GateOutcome Outcome, string Words)? Objected(GateRequest request, Exchange exchange) =>
        request.Act is not (GateAct.Opening or GateAct.Disclosure or GateAct.OnwardDisclosure) ? null
        : request.Objections.FirstOrDefault(objection =>
            request.Use is { } use ? objection.StandsAgainst(use) : exchange.Uses.Any(objection.StandsAgainst)) is not { } standing ? null
        : (GateOutcome.Objected, $"{exchange.Id}: {standing.Words}");

    /// <summary>Where the document asks for it, people are told before what is known of them is released.</summary>
    /// <remarks>seeds/003, seeds/004; seeds/002 App A, fair processing.</remarks>
    private static (GateOutcome Outcome, string Words)? Untold(GateRequest request, Agreement agreement, Exchange exchange) =>
        request.Act is not GateAct.Disclosure || !exchange.TellFirst || request.Untold is { Count: 0 } ? null
        : (GateOutcome.NotTold, $"{exchange.Id} is released once everybody it names was told: was given a privacy notice that tells of {agreement.Id} "
            + "('tfflow notice give')."
            + (request.Untold is { } untold ? $" Not told yet is somebody of {string.Join(", ", untold)}." : ""));

    // A source that nothing was taken of yet: what was found out about it says whether it is of use.
    private static (GateOutcome Outcome, string Words)? FirstUse(GateRequest request, Exchange exchange)
    {
        if (request is not { Act: GateAct.Intake, FirstUse: true })
        {
            return null;
        }

        if (request.Profile is not { } profile)
        {
            return !exchange.Discovery ? null : (
                GateOutcome.DiscoveryMissing,
                $"{exchange.Id} is used once its source was looked at, and no profile of it is filed: "
                + $"'tfflow profile FILE --dataset {exchange.Dataset} --save profile.json', "
                + $"then 'tfflow discovery file profile.json --agency {request.Agency} --exchange {exchange.Id}'.");
        }

        return QualityRules.FirstUse(profile) is not { Count: > 0 } problems ? null : (
            GateOutcome.DiscoveryPoor,
            $"The profile filed of this source says that it is not good enough for a first use: expected {string.Join("; ", problems)}. "
            + "Correct the source, profile it again and file the result with 'tfflow discovery file'.");
    }

    // "As required" and a blank are never early. That a month has one file, a week, a day or a term likewise, with some days' grace, is ours.
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

    private static string Names(IReadOnlyList<Id<Party>> parties) => parties.Count == 0 ? "nobody yet" : string.Join(", ", parties);

    private static string Words<T>(IReadOnlyList<T> values)
        where T : struct, Enum => values.Count == 0 ? "nothing yet" : string.Join(", ", values.Select(Kebab.Of));
}
