using TfFlow.Lifecycle.Agreements;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
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

    /// <summary>How long it is kept while no matching has read it.</summary>
    public RetentionRule? Retention { get; init; }

    /// <summary>The agreement takes a plain file too, where the account keeps no copies.</summary>
    public bool PlainAllowed { get; init; }

    /// <summary>Why a file that was read is not taken, for its agency.</summary>
    public Refusal? RefusalOf(ExtractOutcome outcome)
    {
        if (outcome.State is ExtractState.Quarantined)
        {
            var reason = outcome.Findings.FirstOrDefault(finding => finding.Consequence is Consequence.Quarantine);
            return new(reason?.Code ?? "file.refused-rows", reason is null ? "More rows were refused than the specification allows: nothing of the file was kept." : $"Expected {reason.Expected}. {reason.Remedy}");
        }

        return outcome.Rows > BatchCeiling
            ? new("gate.over-ceiling", $"The agreement takes at most {BatchCeiling} rows in a batch: this is a list, not a judgement. Nothing of the file was kept.")
            : null;
    }

    internal long BatchCeiling { get; init; } = long.MaxValue;
}

/// <summary>Asks the agreement gate about extracts: when leave to drop is asked for, and again when the drop is about to be read.</summary>
public sealed class IntakeGate(AgreementCatalogue agreements, AgreementGate gate, Notices notices, Registers registers, Deployment deployment, TimeProvider time)
{
    public async Task<IntakeDecision> CheckAsync(GrantApplication application, CancellationToken cancellationToken) => Decide(
        application.Agency,
        application.Exchange,
        application.JudgedBy is { } by ? new BatchJudgement(by, time.GetUtcNow(), application.JudgementBasis ?? "") : null,
        await LastAcceptedAsync(application, cancellationToken),
        application.Correction,
        await notices.StandingAsync(cancellationToken));

    /// <summary>Frequency was settled when the grant was given; all else is asked again.</summary>
    public async Task<IntakeDecision> CheckAsync(Extract extract, UploadGrant grant, CancellationToken cancellationToken) => Decide(
        extract.Agency,
        extract.Exchange,
        grant.JudgedBy is { } by ? new BatchJudgement(by, grant.IssuedAt, grant.JudgementBasis ?? "") : null,
        lastAccepted: null,
        correction: false,
        await notices.StandingAsync(cancellationToken));

    private IntakeDecision Decide(string agency, string exchangeId, BatchJudgement? judgement, DateTimeOffset? lastAccepted, bool correction, IReadOnlyList<AgreementNotice> standing)
    {
        var now = time.GetUtcNow();
        var request = new GateRequest
        {
            Act = GateAct.Intake,
            Exchange = exchangeId,
            Agency = agency,
            At = now,
            Notices = standing,
            Means = Means.SealedDrop,
            Judgement = judgement,
            LastAccepted = lastAccepted,
            Correction = correction,
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
            Refusal = IsElsewhere(exchange)
                ? new("gate.other-deployment", $"{exchangeId} goes to {(deployment.Kind is DeploymentKind.Authority ? "a study's" : "an authority's")} deployment, never to this one.")
                : RetentionOf(agreement, exchange) is null
                ? new("gate.no-retention", $"{agreement.Name} does not say how long {exchangeId} is kept: agree it and amend the agreement.")
                : null,
            Agreement = decision.Agreement,
            AgreementVersion = decision.Version,
            Basis = decision.Basis,
            Purpose = decision.Purpose,
            Dataset = exchange.Dataset!,
            Specification = exchange.Specification,
            ReadOptions = ExtractReadOptions.For(agreement, exchange, DateOnly.FromDateTime(now.UtcDateTime)),
            Retention = RetentionOf(agreement, exchange),
            PlainAllowed = gate.Check(request with { Means = Means.PlainDrop }).Allowed,
            BatchCeiling = agreement.BatchCeiling ?? long.MaxValue,
        };
    }

    /// <summary>What is for a study alone never enters an authority's deployment, and a study takes nothing else.</summary>
    /// <remarks>seeds/003: the combined data is never available to the authority or any public agency.</remarks>
    private bool IsElsewhere(Exchange exchange) => exchange.Uses.All(use => use is Use.Research) != (deployment.Kind is DeploymentKind.Study);

    /// <summary>Until matching has read it; in a study, at most until its ceiling: its end comes first.</summary>
    private static RetentionRule? RetentionOf(Agreement agreement, Exchange exchange) =>
        agreement.RetentionOf(exchange, RetentionClass.Unmatched)
        ?? agreement.Retention.FirstOrDefault(rule => rule is { Class: RetentionClass.Study, Clock: ClockEvent.SentToStudy } && exchange.Retention.Contains(rule.Id));

    private async Task<DateTimeOffset?> LastAcceptedAsync(GrantApplication application, CancellationToken cancellationToken) =>
        await registers.Extracts.ListAsync(cancellationToken)
            .Where(extract => extract.Row.Agency == application.Agency && extract.Row.Exchange == application.Exchange && extract.Row.RefusalCode.Length == 0)
            .Select(extract => (DateTimeOffset?)extract.Row.ClaimedAt)
            .MaxAsync(cancellationToken: cancellationToken);
}
