using System.Globalization;

namespace TfFlow.Programme.Extracts.Quality;

/// <summary>When an extract is too poor to begin with, and what has changed since the last one.</summary>
public static class QualityRules
{
    /// <summary>A smaller extract says nothing by its shares.</summary>
    /// <remarks>Ours.</remarks>
    public const int FewRows = 20;

    /// <summary>Fewer than this per cent of rows in a household: matching by household cannot use the source.</summary>
    /// <remarks>Ours, as are the two below.</remarks>
    public const double LeastLocated = 50;

    /// <summary>Fewer than this per cent of rows that are not alike: the export repeats its records.</summary>
    public const double LeastUnique = 80;

    /// <summary>Days after which the newest event says that the export is an old one.</summary>
    public const int MostDays = 730;

    /// <summary>A measure that moves by more points than this, or a number of rows that moves by more per cent, is told.</summary>
    /// <remarks>Ours, as is the one below.</remarks>
    public const double Change = 10;

    /// <summary>An age that moves by more days than this is told.</summary>
    public const int ChangeInDays = 31;

    /// <summary>Why a first extract is not used: a source is assessed before its first use. Empty when it may be.</summary>
    /// <remarks>seeds/001 Data to be shared: the assessment establishes whether source records are of appropriate use to the programme.</remarks>
    public static IReadOnlyList<string> FirstUse(QualityProfile profile)
    {
        var problems = new List<string>();
        if (profile.Rows < FewRows)
        {
            return problems;
        }

        if (profile.Located < LeastLocated)
        {
            problems.Add(Text($"at least {LeastLocated} % of the rows with the address of a household; here {profile.Located} %"));
        }

        if (profile.Uniqueness < LeastUnique)
        {
            problems.Add(Text($"at least {LeastUnique} % of the rows unlike any other; here {profile.Uniqueness} %"));
        }

        if (profile.Age > MostDays)
        {
            problems.Add(Text($"an event within the last {MostDays} days; here the newest is {profile.Age} days old"));
        }

        return problems;
    }

    /// <summary>What is unlike the last extract of the same exchange, each as a line; empty when nothing is.</summary>
    public static IReadOnlyList<string> Since(QualityProfile last, QualityProfile now)
    {
        var before = last.Measures().ToDictionary(measure => measure.Name, measure => measure.Value);
        return
        [
            .. now.Measures().Where(measure => before.TryGetValue(measure.Name, out var value) && HasMoved(measure, value))
                .Select(measure => Text($"{measure.Name}: {before[measure.Name]} in the last extract, {measure.Value} in this one")),
        ];
    }

    private static bool HasMoved(QualityMeasure now, double before)
    {
        var moved = Math.Abs(now.Value - before);
        return now.Unit switch
        {
            QualityUnit.Rows => moved * 100 > Change * Math.Max(before, 1),
            QualityUnit.Days => moved > ChangeInDays,
            _ => moved > Change,
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
