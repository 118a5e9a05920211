using TfFlow.Lifecycle.Agreements;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Programme.Retention;

namespace TfFlow.Lifecycle.Intake;

/// <summary>What the agreement says of one extract: refused, or under what it is taken and by what it is checked and kept.</summary>
public sealed record IntakeDecision
{
    /// <summary>Null when the agreement allows it.</summary>
    public Refusal? Refusal { get; init; }

    public string Agreement { get; init; } = "";

    public string AgreementVersion { get; init; } = "";

    public string Basis { get; init; } = "";

    public string Purpose { get; init; } = "";

    /// <summary>The dataset's id, or empty when it is not settled.</summary>
    public string Dataset { get; init; } = "";

    public DatasetSpecification? Specification { get; init; }

    public ExtractReadOptions? ReadOptions { get; init; }

    /// <summary>The agreement's line by which it is kept.</summary>
    public RetentionTerm? Retention { get; init; }

    /// <summary>Until when that line keeps it; <c>null</c> while the event it is counted from has not happened.</summary>
    /// <remarks>Ours: an event that is still to come is taken to come no later than a whole period after receipt, so that nothing waits without an end.</remarks>
    public DateTimeOffset? KeptUntil(DateTimeOffset received) => Retention!.Due ?? (Retention.Rule.Period.IsZero ? null : Retention.Rule.Due(received));

    /// <summary>The agreement takes a plain file too, where the account keeps no copies.</summary>
    public bool PlainAllowed { get; init; }

    /// <summary>Why a file that was read is not taken, for its agency.</summary>
    public static Refusal? RefusalOf(ExtractOutcome outcome)
    {
        if (outcome.State is not ExtractState.Quarantined)
        {
            return null;
        }

        var reason = outcome.Findings.First(finding => finding.Consequence is Consequence.Quarantine);
        return new(reason.Code, $"Expected {reason.Expected}. {reason.Remedy}");
    }
}

/// <summary>Asks the agreement gate about extracts: when leave to drop is asked for, and again when the drop is about to be read.</summary>
public sealed class IntakeGate(
    AgreementCatalogue agreements,
    AgreementGate gate,
    Notices notices,
    Registers registers,
    Discoveries discoveries,
    Deployment deployment,
    MatchingPlan plan,
    TimeProvider time)
{
    public async Task<IntakeDecision> CheckAsync(GrantApplication application, CancellationToken cancellationToken)
    {
        // A source is an agency's, whichever organisation it submits for; how often is counted for each.
        var before = await registers.Extracts.ListAsync(cancellationToken)
            .Select(extract => extract.Row)
            .Where(extract => extract.Agency == application.Agency && extract.Exchange == application.Exchange)
            .Where(extract => extract.RefusalCode.Length == 0)
            .ToListAsync(cancellationToken);
        var firstUse = before.Count == 0;
        return Decide(
            application.Agency,
            application.Organisation,
            application.Exchange,
            Judgement(application.JudgedBy, time.GetUtcNow(), application.JudgementBasis),
            application.Means,
            before.Where(extract => extract.Organisation == application.Organisation).Max(extract => (DateTimeOffset?)extract.ClaimedAt),
            application.Correction,
            await notices.StandingAsync(cancellationToken),
            application.Account,
            firstUse,
            firstUse ? (await discoveries.FindAsync(application.Agency, application.Exchange, cancellationToken))?.Profile : null);
    }

    /// <summary>Frequency and first use were settled when the grant was given; all else is asked again.</summary>
    public async Task<IntakeDecision> CheckAsync(Extract extract, UploadGrant grant, CancellationToken cancellationToken) => Decide(
        extract.Agency,
        extract.Organisation,
        extract.Exchange,
        grant.Judgement,
        grant.Means,
        lastAccepted: null,
        correction: false,
        await notices.StandingAsync(cancellationToken),
        grant.Account);

    private static BatchJudgement Judgement(string? by, DateTimeOffset at, string? basis) => new(by ?? "", at, basis ?? "");

    private IntakeDecision Decide(
        Id<Party> agency,
        string organisation,
        Id<Exchange> exchangeId,
        BatchJudgement? judgement,
        Means means,
        DateTimeOffset? lastAccepted,
        bool correction,
        IReadOnlyList<AgreementNotice> standing,
        string? account,
        bool firstUse = false,
        QualityProfile? profile = null)
    {
        var now = time.GetUtcNow();
        var request = new GateRequest
        {
            Act = GateAct.Intake,
            Exchange = exchangeId,
            Agency = agency,
            Organisation = organisation,
            Recipient = deployment.OwnerOr(plan.Authority),
            Study = deployment.Kind is DeploymentKind.Study,
            At = now,
            Notices = standing,
            Account = account,
            Means = means,
            Judgement = judgement,
            LastAccepted = lastAccepted,
            Correction = correction,
            FirstUse = firstUse,
            Profile = profile,
        };
        var decision = gate.Check(request);
        if (!decision.Allowed)
        {
            return new() { Refusal = new(decision.Code, decision.Words), Agreement = decision.Agreement, AgreementVersion = decision.Version };
        }

        var agreement = agreements.Find($"{decision.Agreement}@{decision.Version}")!;
        var exchange = agreement.Exchange(exchangeId)!;
        return new()
        {
            Agreement = decision.Agreement,
            AgreementVersion = decision.Version,
            Basis = decision.Basis,
            Purpose = decision.Purpose,
            Dataset = exchange.Dataset!,
            Specification = exchange.Specification,
            ReadOptions = ExtractReadOptions.For(agreement, exchange, DateOnly.FromDateTime(now.UtcDateTime), plan),
            Retention = decision.Retention,
            PlainAllowed = means.IsDrop() && gate.Check(request with { Means = Means.PlainDrop }).Allowed,
        };
    }
}
