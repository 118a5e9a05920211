using System.Text.Json.Serialization;
using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Research.Release;

/// <summary>Why reviewers send a release back, the most frequent first: the order in which it is checked.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReviewReason>))]
public enum ReviewReason
{
    UnroundedCounts,
    MissingContext,
    LowCounts,
    MissingUnderlyingData,
    FileType,
}

public sealed record ReviewFinding(ReviewReason Reason, string File, string What);

/// <summary>A file that somebody wants released, and what a reviewer needs beside it.</summary>
public sealed record ReleaseFile
{
    /// <summary>With its ending.</summary>
    public required string Name { get; init; }

    /// <summary>Who and what it is about, over which time, and what each figure counts.</summary>
    public string Context { get; init; } = "";

    /// <summary>Every count in the file; null: suppressed.</summary>
    public IReadOnlyList<long?> Counts { get; init; } = [];

    /// <summary>How many figures it holds that are not counts: shares, means, coefficients.</summary>
    public int Figures { get; init; }

    /// <summary>For how many of the figures the counts they were made of are given.</summary>
    public int FiguresWithCounts { get; init; }
}

/// <summary>What a reviewer looks for first.</summary>
public static class ReleaseReview
{
    /// <summary>Text that can be read whole; nothing that runs or hides what it holds.</summary>
    public static IReadOnlyList<string> FileTypes { get; } = [".csv", ".json", ".md", ".txt"];

    /// <returns>In the order of <see cref="ReviewReason"/>, then of the files. No count is quoted.</returns>
    public static IReadOnlyList<ReviewFinding> Check(IReadOnlyList<ReleaseFile> files, CountRules rules) =>
        [.. Enum.GetValues<ReviewReason>().SelectMany(reason => files.Select(file => (reason, file, What: Look(reason, file, rules)))
            .Where(found => found.What is not null)
            .Select(found => new ReviewFinding(found.reason, found.file.Name, found.What!)))];

    private static string? Look(ReviewReason reason, ReleaseFile file, CountRules rules) => reason switch
    {
        ReviewReason.UnroundedCounts when file.Counts.Count(count => count is { } published && !rules.Rounding.IsRounded(published)) is > 0 and var unrounded =>
            $"{unrounded} counts are not rounded: round every count, and compute totals from the rounded",
        ReviewReason.MissingContext when string.IsNullOrWhiteSpace(file.Context) =>
            "no context: say whom and what it is about, over which time, and what each figure counts",
        ReviewReason.LowCounts when file.Counts.Count(count => count is { } published && rules.IsSmall(published)) is > 0 and var low =>
            $"{low} counts are from 1 to {rules.SmallestHidden}: suppress them",
        ReviewReason.MissingUnderlyingData when file.Figures > file.FiguresWithCounts =>
            $"{file.Figures - file.FiguresWithCounts} figures stand without the counts they were made of: give them",
        ReviewReason.FileType when !FileTypes.Contains(Path.GetExtension(file.Name), StringComparer.OrdinalIgnoreCase) =>
            $"not a type that is released: give one of {string.Join(", ", FileTypes)}",
        _ => null,
    };
}
