using System.Globalization;
using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Eligibility;

/// <summary>By what it is watched whether identification falls evenly on people.</summary>
public enum FairnessBy
{
    Sex = 1,

    /// <summary>In bands, in the year the extract was accepted; ours.</summary>
    Age,

    /// <summary>The outward half of the postcode: a district of some ten thousand people.</summary>
    Area,
}

/// <summary>The groups a person is counted in. Personal data: counts alone leave matching.</summary>
/// <param name="Sex">The code of its validator; empty: not known.</param>
/// <param name="Age">A band; empty: not known.</param>
/// <param name="Area">Empty: not known.</param>
public readonly record struct PersonGroups(string Sex, string Age, string Area)
{
    private const char Separator = '|';

    private static readonly int[] Bands = [0, 5, 11, 16, 18, 25, 45, 65];

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => $"{Sex}{Separator}{Age}{Separator}{Area}";

    /// <param name="sex">As its validator normalises it.</param>
    /// <param name="postcode">As its validator normalises it.</param>
    /// <param name="on">The day of which the age is.</param>
    public static PersonGroups Of(string sex, DateOnly? born, string postcode, DateOnly on)
    {
        var compact = postcode.Replace(" ", "", StringComparison.Ordinal);
        return new(
            sex is "1" or "2" ? sex : "",
            born is { } date && date <= on ? Band(Eligibility.Age.On(date, on)) : "",
            compact.Length > 3 && !compact.StartsWith("ZZ99", StringComparison.Ordinal) ? compact[..^3] : "");
    }

    public static bool TryParse(string text, out PersonGroups groups)
    {
        var parts = text.Split(Separator);
        groups = parts is [var sex, var age, var area] ? new(sex, age, area) : default;
        return parts.Length == 3;
    }

    /// <summary>What several rows about one person say together: of each the first that is known.</summary>
    public PersonGroups Or(PersonGroups other) =>
        new(Sex.Length > 0 ? Sex : other.Sex, Age.Length > 0 ? Age : other.Age, Area.Length > 0 ? Area : other.Area);

    /// <summary>The group by one of them, in words.</summary>
    public string this[FairnessBy by] => by switch
    {
        FairnessBy.Sex => Sex switch { "1" => "male", "2" => "female", _ => Unknown },
        FairnessBy.Age => Age is { Length: > 0 } ? Age : Unknown,
        _ => Area is { Length: > 0 } ? Area : Unknown,
    };

    /// <summary>The group of whom nothing is known.</summary>
    public const string Unknown = "not known";

    private static string Band(int age)
    {
        var band = Array.FindLastIndex(Bands, from => age >= from);
        return band == Bands.Length - 1
            ? string.Create(CultureInfo.InvariantCulture, $"{Bands[band]} and over")
            : string.Create(CultureInfo.InvariantCulture, $"{Bands[band]} to {Bands[band + 1] - 1}");
    }
}

/// <summary>How many people of a group a round looked at, and how many of them are of families of the cohort. A true count, not for
/// publication.</summary>
/// <param name="Data">All that the round looked at.</param>
public sealed record GroupCount(FairnessBy By, string Group, long Data, long Cohort)
{
    /// <summary>Counts people by each of the three.</summary>
    /// <param name="people">Whether a person is of a family of the cohort.</param>
    public static IReadOnlyList<GroupCount> Of(IEnumerable<(PersonGroups Groups, bool InCohort)> people)
    {
        var counts = new Dictionary<(FairnessBy, string), (long Data, long Cohort)>();
        foreach (var (groups, inCohort) in people)
        {
            foreach (var by in Enum.GetValues<FairnessBy>())
            {
                var (data, cohort) = counts.GetValueOrDefault((by, groups[by]));
                counts[(by, groups[by])] = (data + 1, cohort + (inCohort ? 1 : 0));
            }
        }

        return Sorted(counts.Select(count => new GroupCount(count.Key.Item1, count.Key.Item2, count.Value.Data, count.Value.Cohort)));
    }

    /// <summary>The areas that are counted together: those beyond the largest of one round, and small ones where they are shown.</summary>
    public const string OtherAreas = "other areas";

    /// <summary>Areas of a round that are counted apart: mistyped postcodes make areas without end.</summary>
    private const int MostAreas = 150;

    /// <summary>The counts of several shares of the households together.</summary>
    public static IReadOnlyList<GroupCount> Add(IEnumerable<GroupCount> counts)
    {
        var added = Together(counts);
        var largest = added.Where(count => count.By is FairnessBy.Area).OrderByDescending(count => count.Data).Take(MostAreas).ToHashSet();
        return Together(added.Select(count => count.By is FairnessBy.Area && !largest.Contains(count) ? count with { Group = OtherAreas } : count));
    }

    private static IReadOnlyList<GroupCount> Together(IEnumerable<GroupCount> counts) => Sorted(
        from count in counts
        group count by (count.By, count.Group) into same
        select new GroupCount(same.Key.By, same.Key.Group, same.Sum(count => count.Data), same.Sum(count => count.Cohort)));

    private static IReadOnlyList<GroupCount> Sorted(IEnumerable<GroupCount> counts) =>
        [.. counts.OrderBy(count => count.By).ThenBy(count => count.Group, ByGroup)];

    /// <summary>Bands of age by the age they begin with, what is not known last.</summary>
    private static Comparer<string> ByGroup { get; } =
        Comparer<string>.Create((one, other) => (Key(one), one).CompareTo((Key(other), other)));

    private static int Key(string group) => group == PersonGroups.Unknown ? int.MaxValue
        : int.TryParse(group.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : 0;
}

/// <summary>A line of the fairness table. Counts are rounded; null: suppressed.</summary>
/// <param name="Share">Of the group, the share that is in the cohort, in per cent; null where a count is suppressed or there is
/// nobody.</param>
public sealed record FairnessLine(FairnessBy By, string Group, long? InCohort, long? NotInCohort, int? Share);

/// <summary>Whom identification falls on: people in the cohort against all people in the data, by sex, age and area.</summary>
/// <remarks>seeds/002 §3.3: "Equality issues are being considered with regard to the Programme." The table is ours; small numbers go
/// through the disclosure control that releases go through.</remarks>
public static class Fairness
{
    /// <summary>The rules of its counts: whoever reads it knows the size of the cohort.</summary>
    public static CountRules Rules { get; } = new() { ReaderKnows = KnownTotals.Rounded };

    /// <summary>Areas with fewer people than this are told together.</summary>
    public const long SmallArea = 500;

    /// <summary>The table as it may be read: where suppression cannot hide a small count, all counts by that are suppressed.</summary>
    public static IReadOnlyList<FairnessLine> Table(IEnumerable<GroupCount> counts) =>
        [.. counts.GroupBy(count => count.By).SelectMany(by => Lines(by.Key, Together([.. by])))];

    private static IReadOnlyList<GroupCount> Together(IReadOnlyList<GroupCount> counts) => GroupCount.Add(counts.Select(count =>
        count is { By: FairnessBy.Area, Data: < SmallArea } && count.Group != PersonGroups.Unknown ? count with { Group = GroupCount.OtherAreas } : count));

    private static IEnumerable<FairnessLine> Lines(FairnessBy by, IReadOnlyList<GroupCount> counts)
    {
        var table = ProtectedTable.Of(
            new CountTable(
                [.. counts.Select(count => count.Group)],
                ["in the cohort", "not in the cohort"],
                counts.SelectMany(count => (long[])[count.Cohort, count.Data - count.Cohort])),
            Rules);
        for (var row = 0; row < counts.Count; row++)
        {
            var (cohort, others) = table.Exposed.Count > 0 ? (null, null) : (table[new(row, 0)], table[new(row, 1)]);
            int? share = cohort + others is > 0 and var all ? (int)Math.Round(100m * cohort!.Value / all) : null;
            yield return new(by, counts[row].Group, cohort, others, share);
        }
    }
}
