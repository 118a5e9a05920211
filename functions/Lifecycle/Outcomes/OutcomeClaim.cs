using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>A claim for payment by results, as its register has it: references, dates and accounts. It outlives its family.</summary>
public sealed record OutcomeClaim : IRegisterRow<ClaimState>
{
    public required string Id { get; init; }

    public required ClaimState State { get; init; }

    /// <summary>The reference of the family's case; its records may be erased by now.</summary>
    public required string Case { get; init; }

    public required Id<Party> Authority { get; init; }

    public required DateOnly MadeOn { get; init; }

    /// <summary>The account that made it.</summary>
    public required string By { get; init; }

    /// <summary>What the measurement decided.</summary>
    public required CaseOutcome Outcome { get; init; }

    /// <summary>The extracts that the figures came from: who sent them, under what, of which day.</summary>
    public required IReadOnlyList<FactSource> Evidence { get; init; }

    /// <summary>The account that said what the internal audit found; null while none has.</summary>
    public string? AuditedBy { get; init; }

    /// <summary>The return that counted it; null while none has.</summary>
    public string? Return { get; init; }

    public DateTimeOffset? DueAt => null;
}
