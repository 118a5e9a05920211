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

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(ResearchExtractState state) => state switch
    {
        ResearchExtractState.Requested => "the request was not found lawful and necessary yet. Next comes its justification ('tfflow research justify ID').",
        ResearchExtractState.Justified => "the Information Asset Owner has not approved it yet. Next comes the approval ('tfflow research approve ID').",
        ResearchExtractState.Approved => "the extract is being built, which happens by itself. Try again in a moment.",
        ResearchExtractState.Built => "the extract is built and waits for two people who release it ('tfflow research release ID').",
        ResearchExtractState.Released => "the extract is released already: its recipient may collect it.",
        ResearchExtractState.Refused => "the request was refused.",
        _ => "the extract is destroyed, or is being destroyed.",
    };
}
