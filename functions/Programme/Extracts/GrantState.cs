namespace TfFlow.Programme.Extracts;

/// <summary>Where an upload grant stands.</summary>
public enum GrantState
{
    /// <summary>Its address and public key are with the agency.</summary>
    Issued,

    /// <summary>A drop was claimed under it: nothing more is taken.</summary>
    Claimed,

    /// <summary>The drop was re-sealed or refused; the private key is destroyed.</summary>
    Closed,

    /// <summary>Nothing came in time; the private key is destroyed.</summary>
    Expired,
}

public static class GrantStates
{
    public static TransitionTable<GrantState> Transitions { get; } = new(
        GrantState.Issued,
        (GrantState.Issued, GrantState.Claimed),
        (GrantState.Issued, GrantState.Expired),
        (GrantState.Claimed, GrantState.Closed));
}
