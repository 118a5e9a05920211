namespace TfFlow.Programme.Extracts;

/// <summary>Where an extract stands between its drop and its lawful end.</summary>
public enum ExtractStage
{
    /// <summary>The drop was found and claimed; nothing has been read.</summary>
    Claimed,

    /// <summary>Read whole, checked and re-sealed; the drop is still there.</summary>
    Sealed,

    /// <summary>The drop is gone; what was accepted is kept for its use.</summary>
    Kept,

    /// <summary>Not accepted; the drop is still there.</summary>
    Refused,

    /// <summary>Not accepted; the drop is gone and the agency has its report.</summary>
    Quarantined,

    /// <summary>Its keys and blobs are being destroyed.</summary>
    Erasing,

    /// <summary>Keys destroyed, blobs deleted, both verified, certificate in the ledger.</summary>
    Erased,
}

public static class ExtractStages
{
    public static TransitionTable<ExtractStage> Transitions { get; } = new(
        ExtractStage.Claimed,
        (ExtractStage.Claimed, ExtractStage.Sealed),
        (ExtractStage.Claimed, ExtractStage.Refused),
        (ExtractStage.Sealed, ExtractStage.Kept),
        (ExtractStage.Refused, ExtractStage.Quarantined),
        (ExtractStage.Kept, ExtractStage.Erasing),
        (ExtractStage.Erasing, ExtractStage.Erased));
}
