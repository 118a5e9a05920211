using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Agreements;

public enum GateOutcome
{
    Allowed = 1,
    UnknownExchange,
    NotYetBegun,
    Ended,
    Terminated,
    Suspended,
    Withdrawn,
    NotSettled,
    WrongSubmitter,
    WrongHolder,
    WrongRecipient,
    NotSigned,
    ConditionMissing,
    OutOfScope,
    OnwardNotAllowed,
    Objected,
    NotTold,
    UseNotNamed,
    UseNotAgreed,
    MeansNotNamed,
    MeansNotSettled,
    MeansNotAgreed,
    JudgementMissing,
    OrganisationNotNamed,
    OrganisationNotListed,
    OutOfFrequency,
    DiscoveryMissing,
    DiscoveryPoor,
    OtherReceiver,
    OtherDeployment,
    NoRetention,
    Ordered,
    TableNotAgreed,
    ContractMissing,
    ApprovalMissing,
    NotNamed,
    StaffNotCleared,
}

/// <summary>The gate's answer: what may be done and under what, or why not.</summary>
public sealed record GateDecision
{
    public required GateOutcome Outcome { get; init; }

    public bool Allowed => Outcome == GateOutcome.Allowed;

    /// <summary><c>gate.means-not-agreed</c>.</summary>
    public string Code => $"gate.{Documents.Kebab.Of(Outcome)}";

    /// <summary>Why, for the person who asked, and what to do.</summary>
    public required string Words { get; init; }

    /// <summary>What does not stand against it but should be known: past its review.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The agreement's id; empty when none holds the exchange.</summary>
    public string Agreement { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>Of what that version says.</summary>
    public string AgreementSha256 { get; init; } = "";

    /// <summary>Of what the exchange's dataset says; empty while it is not settled.</summary>
    public string DatasetSha256 { get; init; } = "";

    public required Id<Exchange> Exchange { get; init; }

    /// <summary>The gateway and conditions relied on.</summary>
    public string Basis { get; init; } = "";

    /// <summary>The agreement's own words for what it is for.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The uses it may serve.</summary>
    public IReadOnlyList<Use> Uses { get; init; } = [];

    /// <summary>On an allowed intake, how long what comes is kept, by the agreement's own line.</summary>
    public RetentionTerm? Retention { get; init; }

    /// <summary>On an allowed disclosure, what the one who discloses must show.</summary>
    public DisclosureGrant? Grant { get; init; }
}

/// <summary>Leave to disclose once, minted by <see cref="AgreementGate"/> and by nothing else.</summary>
public sealed class DisclosureGrant
{
    internal DisclosureGrant(GateRequest request, GateDecision decision, Id<Party> recipient)
    {
        Agreement = decision.Agreement;
        Version = decision.Version;
        AgreementSha256 = decision.AgreementSha256;
        DatasetSha256 = decision.DatasetSha256;
        Exchange = decision.Exchange;
        Basis = decision.Basis;
        Purpose = decision.Purpose;
        Use = decision.Uses[0];
        From = request.Agency;
        To = recipient;
        At = request.At;
    }

    public string Agreement { get; }

    public string Version { get; }

    /// <summary>Of what that version says.</summary>
    public string AgreementSha256 { get; }

    /// <summary>Of what the exchange's dataset says; empty while it is not settled.</summary>
    public string DatasetSha256 { get; }

    public Id<Exchange> Exchange { get; }

    public string Basis { get; }

    public string Purpose { get; }

    public Use Use { get; }

    public Id<Party> From { get; }

    public Id<Party> To { get; }

    public DateTimeOffset At { get; }
}
