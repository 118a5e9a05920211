namespace TfFlow.Programme.Research.Release;

/// <summary>Where an anonymous extract for research stands, from the request to its destruction.</summary>
/// <remarks>seeds/001 National Evaluation: legality and necessity are set out, and the authority takes part only if it is proportionate and appropriate. The two people are ours.</remarks>
public enum ResearchExtractState
{
    Requested,

    /// <summary>Found lawful and necessary.</summary>
    Justified,

    /// <summary>The Information Asset Owner approves that it is built.</summary>
    Approved,

    /// <summary>Built and checked, sealed, waiting for two people.</summary>
    Built,

    /// <summary>Sealed to its recipient, who may collect it for a time.</summary>
    Released,

    /// <summary>It never was built.</summary>
    Refused,

    /// <summary>Its keys and files are being destroyed.</summary>
    Destroying,

    Destroyed,
}

public static class ResearchExtractStates
{
    public static TransitionTable<ResearchExtractState> Transitions { get; } = new(
        ResearchExtractState.Requested,
        (ResearchExtractState.Requested, ResearchExtractState.Justified),
        (ResearchExtractState.Requested, ResearchExtractState.Refused),
        (ResearchExtractState.Justified, ResearchExtractState.Approved),
        (ResearchExtractState.Justified, ResearchExtractState.Refused),
        (ResearchExtractState.Approved, ResearchExtractState.Built),
        (ResearchExtractState.Approved, ResearchExtractState.Refused),
        (ResearchExtractState.Built, ResearchExtractState.Released),
        (ResearchExtractState.Built, ResearchExtractState.Destroying),
        (ResearchExtractState.Released, ResearchExtractState.Destroying),
        (ResearchExtractState.Destroying, ResearchExtractState.Destroyed));
}
