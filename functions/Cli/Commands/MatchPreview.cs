using System.Globalization;
using TfFlow.Lifecycle.Matching;

namespace TfFlow.Cli.Commands;

/// <summary>What a matching round would do, in sentences.</summary>
internal static class MatchPreview
{
    public static string Words(MatchingPreview preview, MatchingForecastView forecast) => string.Join(
        Environment.NewLine,
        [
            .. preview.Waiting.GroupBy(extract => extract.Dataset).OrderBy(dataset => dataset.Key, StringComparer.Ordinal)
                .Select(dataset => $"{dataset.Key} has come: {Extracts(dataset.LongCount())}, {Rows(dataset.Sum(extract => extract.Rows))}, from {string.Join(", ", dataset.Select(extract => extract.Agency).Distinct())}."),
            .. preview.Missing.Select(dataset => $"Nothing of {dataset} has come {preview.Period}: what it would show is not seen."),
            .. forecast.Terms.Select(term => term.Rows > 0
                ? $"{term.Dataset} has come for the term {term.Term.Start:yyyy-MM-dd} to {term.Term.End:yyyy-MM-dd}: {Rows(term.Rows)}."
                : $"Nothing of {term.Dataset} has come for the term {term.Term.Start:yyyy-MM-dd} to {term.Term.End:yyyy-MM-dd}: what is counted by term is not seen without it."),
            .. preview.Terms.Count > 0 ? Array.Empty<string>() : ["Terms: the plan does not reach back three terms; what is counted by term is not seen."],
            .. forecast.Households.Select(count => $"{Households(count.Households)} could show {Number(count.Problems)} problem{(count.Problems == 1 ? "" : "s")}."),
            $"A round would open the people of {Households(forecast.CouldBeFamilies)}. {Households(forecast.Known)} are known to the cohort or to review already.",
            preview.Waiting.LongCount(extract => extract.Erased) is > 0 and var erased
                ? $"Where a family does not meet the criteria, what {Extracts(erased)} of partners say of it is erased at once: {Rows(forecast.ErasedRows)} at least."
                : "Nothing of them is erased at once: what they say of a family that does not meet the criteria goes when its agreement's line says so, counted from the matching.",
            preview.UnderWay ? "A round is under way." : preview.IsDue ? "A round begins by itself at midnight." : "No round begins by itself yet.",
        ]);

    /// <summary>Which records cannot be matched, and how their sources are asked.</summary>
    public static string Words(IReadOnlyList<UnmatchedExtract> extracts) => extracts.Count == 0
        ? "Nothing that partners sent is without a place: each household is named by another extract too."
        : string.Join(
            Environment.NewLine,
            [
                .. extracts.Select(Words),
                "A round erases what it leaves unmatched. Before it, their source can be asked whether they are right:",
                $"  tfflow question ask {extracts[0].Id} --kind match --row {string.Join(" --row ", extracts[0].First.Take(2))}",
            ]);

    private static string Words(UnmatchedExtract extract)
    {
        var rows = $"{string.Join(", ", extract.First)}{(extract.Unmatched > extract.First.Count ? ", …" : "")}";
        return $"{extract.Exchange} from {extract.Agency}, extract {extract.Id}: "
            + $"nothing else places {Number(extract.Unmatched)} of {Rows(extract.Rows)}: "
            + $"row{(extract.Unmatched == 1 ? "" : "s")} {rows}.";
    }

    private static string Extracts(long count) => $"{Number(count)} extract{(count == 1 ? "" : "s")}";

    private static string Rows(long count) => $"{Number(count)} row{(count == 1 ? "" : "s")}";

    private static string Households(long count) => $"{Number(count)} household{(count == 1 ? "" : "s")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
