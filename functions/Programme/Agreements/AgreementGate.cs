using TfFlow.Programme.Documents;
using TfFlow.Programme.Retention;

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
                Words = $"No agreement has an exchange '{request.Exchange}': 'tfflow agreement exchanges' lists those there are.",
            };
        }

        var exchange = agreement.Exchange(request.Exchange);
        var decision = Describe(request, agreement, exchange);
        var refusal = exchange is null
            ? (GateOutcome.UnknownExchange, $"{agreement.Name} no longer has an exchange '{request.Exchange}'.")
            : GateChecks.First(request, agreement, exchange, today) ?? Onward(request);
        if (refusal is { } refused)
        {
            return decision with { Outcome = refused.Outcome, Words = refused.Words };
        }

        if (request.Act == GateAct.Intake)
        {
            return Kept(request, agreement, exchange!) is { } term
                ? decision with { Retention = term }
                : decision with { Outcome = GateOutcome.NoRetention, Words = $"{agreement.Name} does not say how long {request.Exchange} is kept: agree it and amend the agreement." };
        }

        // What is told carries no file: there is nothing to let out of here.
        if (request is { Act: GateAct.Disclosure, Means: { } means } && means.IsSpoken())
        {
            return decision;
        }

        // The secret goes the other way than the exchange: from who receives it to who sends it.
        if (request.Act is GateAct.KeyExchange && (request.Recipient ?? (exchange!.To is [var first, ..] ? first : (Id<Party>?)null)) is { } receiver)
        {
            return decision with { Grant = new DisclosureGrant(request with { Agency = receiver }, decision, request.Agency) };
        }

        // Taking a marker off names the family to whoever set it: a disclosure too.
        return request.Act is GateAct.Disclosure or GateAct.OnwardDisclosure || request is { Act: GateAct.MarkerRemoval, Recipient: not null }
            ? decision with { Grant = new DisclosureGrant(request, decision, request.Recipient!.Value) }
            : decision;
    }

    /// <summary>Whether a file of an exchange would be taken in, by any of the means its version names.</summary>
    public bool Takes(GateRequest intake) =>
        catalogue.WithExchange(intake.Exchange, DateOnly.FromDateTime(intake.At.UtcDateTime))?.Exchange(intake.Exchange) is { } exchange
        && exchange.Means.Any(means => Check(intake with { Act = GateAct.Intake, Means = means, Judgement = intake.Judgement ?? BatchJudgement.Assumed(intake.At) }).Allowed);

    // Another agreement may cover what this one does not: then it is that agreement's disclosure, and that agreement is asked.
    private (GateOutcome Outcome, string Words)? Onward(GateRequest request)
    {
        if (request is not { Act: GateAct.OnwardDisclosure, Onward: { Kind: OnwardKind.OtherAgreement } ground })
        {
            return null;
        }

        var other = Check(request with { Act = GateAct.Disclosure, Exchange = ground.Reference, Onward = null });
        return other.Allowed ? null : (GateOutcome.OnwardNotAllowed, $"{ground.Reference} does not cover it: {other.Words}");
    }

    private static RetentionTerm? Kept(GateRequest request, Agreement agreement, Exchange exchange) =>
        new RetentionSchedule(agreement, exchange, request.Agency, request.Recipient ?? (exchange.To is [var first, ..] ? first : default))
            .At(RetentionPoint.Arrived, request.Clocks.With(ClockEvent.Received, request.At));

    private static string GroundOf(OnwardGround onward, GateRequest request) =>
        request.Notices.FirstOrDefault(notice => notice.Kind is NoticeKind.OnwardDisclosure && notice.Reference == onward.Reference)?.Scope ?? Kebab.Of(onward.Kind);

    // A review that is recorded sets the day of the next; what it found wanting is said with every decision.
    private static IReadOnlyList<string> Reviewed(GateRequest request, Agreement agreement)
    {
        var last = request.Notices.LastOrDefault(notice => notice.Kind is NoticeKind.Review && notice.Agreement == agreement.Id && notice.Holds(request.At));
        var due = last?.ReviewOn > agreement.Review.Due || agreement.Review.Due is null ? last?.ReviewOn : agreement.Review.Due;
        return
        [
            .. due < DateOnly.FromDateTime(request.At.UtcDateTime) ? [$"{agreement.Name} was due for review on {due:yyyy-MM-dd}."] : Array.Empty<string>(),
            .. last?.Answers.Contains(false) == true ? [$"The review of {agreement.Id} on {last.From:yyyy-MM-dd} answered a question with no."] : Array.Empty<string>(),
        ];
    }

    private static GateDecision Describe(GateRequest request, Agreement agreement, Exchange? exchange)
    {
        var uses = request.Use is { } use ? [use] : exchange?.Uses ?? [];
        Id<Party>? sender = exchange?.From.Contains(request.Agency) == true ? request.Agency : exchange is { From: [var first, ..] } ? first : (Id<Party>?)null;
        var party = sender is { } known ? agreement.Party(known) : null;
        return new()
        {
            Outcome = GateOutcome.Allowed,
            Words = $"Allowed by {agreement.Name}.",
            Warnings = Reviewed(request, agreement),
            Agreement = agreement.Id,
            Version = agreement.Version,
            AgreementSha256 = agreement.Sha256,
            DatasetSha256 = exchange?.Specification?.Sha256 ?? "",
            Exchange = request.Exchange,
            Basis = (request.Onward is { } onward ? $"{GroundOf(onward, request)}: {onward.Reference}; " : "") + (party is null ? "" : agreement.BasisOf(party)?.Words(agreement.UnderTodaysLaw)),
            Purpose = string.Join(" ", agreement.Purposes.Where(purpose => uses.Contains(purpose.Use)).Select(purpose => purpose.Words)),
            Uses = uses,
        };
    }
}
