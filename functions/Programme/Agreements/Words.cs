namespace TfFlow.Programme.Agreements;

/// <summary>What information may be used for.</summary>
/// <remarks>seeds/002 App B, "What this is to be used for". Research and Profiling are what seeds/003 and 004 add.</remarks>
public enum Use
{
    /// <summary>I: identification of families to enter the programme.</summary>
    Identification = 1,

    /// <summary>B: baseline and outcomes for Payment by Results and evaluation.</summary>
    Baseline,

    /// <summary>K: all relevant information for the key worker.</summary>
    KeyWorker,

    /// <summary>M: effective intervention and management.</summary>
    Management,

    /// <summary>A study, under its own agreement.</summary>
    Research,

    /// <summary>The predictive model of the CSPS: advisory.</summary>
    Profiling,
}

/// <summary>How information travels. What an exchange does not list is not agreed.</summary>
public enum Means
{
    SecureEmail = 1,
    InternalTransfer,

    /// <summary>Read in the system that holds it (Sentinel).</summary>
    AccessedInSystem,
    FaceToFace,
    Telephone,

    /// <summary>A system inside the authority, not exposed externally.</summary>
    InternallyHosted,

    /// <summary>A drop sealed on the sender's own machine.</summary>
    SealedDrop,

    /// <summary>A drop of a plain file, where the account keeps no copies.</summary>
    PlainDrop,
}

public static class MeansOfTransfer
{
    /// <summary>A file put into the deployment's own store by its sender.</summary>
    public static bool IsDrop(this Means means) => means is Means.SealedDrop or Means.PlainDrop;

    /// <summary>Nothing is carried: who told whom what kind of thing is recorded.</summary>
    public static bool IsSpoken(this Means means) => means is Means.FaceToFace or Means.Telephone;

    /// <summary>Something is told by it: it is said, or written in a message, and no file is carried.</summary>
    /// <remarks>seeds/002 App B row 18: face to face or secure email.</remarks>
    public static bool IsToldBy(this Exchange exchange, Means means) => means.IsSpoken() || (means is Means.SecureEmail && exchange.Dataset is null);

    /// <summary>"by telephone": how something went, as the ledger says it and as it is searched for.</summary>
    public static string InWords(this Means means) => means is Means.FaceToFace ? "face-to-face" : $"by {Documents.Kebab.Of(means).Replace('-', ' ')}";
}

/// <summary>How often. Nothing of it is assumed where the table is blank.</summary>
public enum Frequency
{
    Daily = 1,
    Weekly,
    Monthly,
    Termly,
    OnIdentificationOrAllocation,
    OnAllocationAndAsRequired,
    AsRequired,
    AdHoc,
    Once,
}

/// <summary>Which families an exchange is about.</summary>
public enum ExchangeScope
{
    /// <summary>Whoever meets the description, before any family is known to meet the criteria.</summary>
    Anyone = 1,

    /// <summary>Only families identified as meeting the criteria.</summary>
    MeetingCriteria,

    /// <summary>Only families identified as meeting the criteria or allocated a key worker.</summary>
    MeetingCriteriaOrAllocated,

    /// <summary>Only families allocated a key worker.</summary>
    Allocated,
}

/// <summary>The Government Protective Marking Scheme, and the Government Security Classifications that took its place in April 2014.</summary>
public enum Marking
{
    NotProtectivelyMarked = 1,
    Protect,
    Restricted,
    Confidential,
    Secret,
    TopSecret,
    Official,
    OfficialSensitive,
}

public static class Markings
{
    /// <remarks>Ours, for nothing maps one scheme onto the other: OFFICIAL stands with PROTECT, OFFICIAL-SENSITIVE with RESTRICTED.</remarks>
    public static bool IsAbove(this Marking marking, Marking ceiling) => Height(marking) > Height(ceiling);

    private static Marking Height(Marking marking) => marking switch
    {
        Marking.Official => Marking.Protect,
        Marking.OfficialSensitive => Marking.Restricted,
        _ => marking,
    };
}
