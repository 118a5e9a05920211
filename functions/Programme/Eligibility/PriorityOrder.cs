using System.Globalization;

namespace TfFlow.Programme.Eligibility;

/// <summary>An eligible household and what is known for putting it in order.</summary>
/// <param name="Cost">Pounds a year to public services; null: not known.</param>
/// <param name="Risk">Advisory; null: none.</param>
public sealed record Candidate(Outcome Outcome, decimal? Cost, RiskScore? Risk);

/// <summary>A score of a risk model: advisory, explained and dated, and never deciding alone.</summary>
/// <remarks>seeds/003 CSPS; the limits are ours.</remarks>
/// <param name="Why">What it rests on, in words.</param>
public sealed record RiskScore(decimal Score, string Model, DateOnly On, string Why);

/// <summary>A household's place, and why it stands before the next.</summary>
/// <param name="Place">From 1.</param>
/// <param name="Why">Its value for each key of the programme, then what put it before the next household.</param>
public sealed record RankedHousehold(int Place, Candidate Candidate, IReadOnlyList<string> Why);

/// <summary>What a household is put in order by.</summary>
/// <param name="Criteria">How many criteria are met.</param>
/// <param name="Weight">Their weights, added up.</param>
public readonly record struct Standing(int Criteria, int Weight, decimal? Cost, decimal? Risk)
{
    public static Standing Of(Candidate candidate) => new(
        candidate.Outcome.MetCriteria.Count, candidate.Outcome.MetCriteria.Sum(criterion => criterion.Weight), candidate.Cost, candidate.Risk?.Score);

    public decimal? this[PriorityBy key] => key switch
    {
        PriorityBy.Criteria => Criteria,
        PriorityBy.Weight => Weight,
        PriorityBy.Cost => Cost,
        _ => Risk,
    };
}

/// <summary>There are more families than resources: in which order they are worked with.</summary>
/// <remarks>seeds/001 2 Prioritising Households: at first the number of criteria, then costs, weights and risk. A value that is not known comes
/// after every known one. Households equal in everything stand in the order of their pseudonyms, which says nothing of them.</remarks>
public static class PriorityOrder
{
    /// <exception cref="ArgumentException">A household is not eligible, or they are not all of one programme.</exception>
    public static IReadOnlyList<RankedHousehold> Of(EligibilityProgramme programme, IEnumerable<Candidate> candidates)
    {
        var ranked = candidates.ToList();
        if (ranked.Any(candidate => !candidate.Outcome.Eligible || candidate.Outcome.Programme.Name != programme.Name))
        {
            throw new ArgumentException($"Only households eligible by {programme.Name} are put in its order.", nameof(candidates));
        }

        ranked.Sort((one, other) => Compare(programme, Standing.Of(one), Standing.Of(other)) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Outcome.Household, other.Outcome.Household));
        return [.. ranked.Select((candidate, i) => new RankedHousehold(
            i + 1,
            candidate,
            [
                .. programme.Priority.Select(key => $"{Name(key.By)}: {Text(key.By, candidate)} ({key.Source})"),
                .. i + 1 < ranked.Count ? [Before(programme, Standing.Of(candidate), Standing.Of(ranked[i + 1]))] : Array.Empty<string>(),
            ]))];
    }

    /// <returns>Below zero when <paramref name="one"/> comes first; zero when they are level in everything.</returns>
    public static int Compare(EligibilityProgramme programme, Standing one, Standing other) =>
        programme.Priority.Select(key => Nullable.Compare(other[key.By], one[key.By])).FirstOrDefault(order => order != 0);

    /// <summary>What puts a household before the one that follows it.</summary>
    public static string Before(EligibilityProgramme programme, Standing one, Standing next)
    {
        var key = programme.Priority.FirstOrDefault(key => one[key.By] != next[key.By]);
        return key is null
            ? "level with the next household in everything"
            : $"before the next household by {Name(key.By)}: {Number(one[key.By])} against {Number(next[key.By])}";
    }

    private static string Name(PriorityBy key) => key switch
    {
        PriorityBy.Criteria => "number of criteria",
        PriorityBy.Weight => "weight of criteria",
        PriorityBy.Cost => "cost a year",
        _ => "risk score, advisory",
    };

    private static string Text(PriorityBy key, Candidate candidate) => (key, Standing.Of(candidate)[key]) switch
    {
        (_, null) => "not known",
        (PriorityBy.Criteria, _) => string.Join(", ", candidate.Outcome.MetCriteria.Select(criterion => criterion.Id).Prepend($"{candidate.Outcome.MetCriteria.Count}")),
        (PriorityBy.Risk, var score) => $"{Number(score)} by {candidate.Risk!.Model}, {candidate.Risk.On:yyyy-MM-dd}: {candidate.Risk.Why}",
        (_, var value) => Number(value),
    };

    private static string Number(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "not known";
}
