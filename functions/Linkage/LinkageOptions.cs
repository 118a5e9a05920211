namespace TfFlow.Linkage;

/// <summary>One file to link.</summary>
/// <param name="Stream">UTF-8 delimited text with a header row, read once from its present position.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Columns">What its columns mean, as far as the caller says.</param>
public sealed record LinkageInput(Stream Stream, string Name, ReadOptions Columns);

/// <summary>How to link. The defaults are meant to do.</summary>
public sealed record LinkageOptions
{
    /// <summary>
    /// Each record to one of the other file at most. Otherwise records that are plainly duplicates of each other within a file
    /// may all be linked to the same record. Default: no.
    /// </summary>
    public bool OneToOne { get; init; }

    /// <summary>
    /// Least probability of a pair that is kept, from 0 to 1. Default: the highest that is expected to cost no more than
    /// <see cref="Caution"/> of F1, or <see cref="OneToOneCaution"/>, so that what is doubtful is left out where it is cheap to.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>A model learned before, used as it is; default: learned from these files.</summary>
    public LinkageModel? Model { get; init; }

    /// <summary>What reviewers decided, by record ids: kept whatever the scores say.</summary>
    public IReadOnlyCollection<ReviewDecision> Decisions { get; init; } = [];

    /// <summary>Threads at most; the result is the same for any number. Default: one a processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Expected F1 the default threshold may give up.</summary>
    public const double Caution = 0.0007;

    /// <summary>The same where a record may be linked once only: who asks for that, asks above all for no wrong link.</summary>
    public const double OneToOneCaution = 0.0015;
}

/// <summary>How far a linkage is: bytes are counted in reading, passes in learning and scoring.</summary>
public readonly record struct LinkageProgress(LinkagePhase Phase, long Done, long Total);

/// <summary>What a linkage is doing.</summary>
public enum LinkagePhase
{
    /// <summary>Reading the files.</summary>
    Reading,

    /// <summary>Making values comparable.</summary>
    Normalising,

    /// <summary>Finding records that may be one person.</summary>
    Blocking,

    /// <summary>Learning how one person's records compare.</summary>
    Learning,

    /// <summary>Comparing pairs.</summary>
    Scoring,

    /// <summary>Weighing rivals and deciding.</summary>
    Assigning,
}

/// <summary>A reviewer's decision about two records.</summary>
/// <param name="Left">Id of the left record; in one file, of either.</param>
/// <param name="Right">Id of the right record.</param>
/// <param name="Same">Joined if true, cut if false.</param>
public sealed record ReviewDecision(string Left, string Right, bool Same);
