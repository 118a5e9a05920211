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

        ranked.Sort((one, other) => programme.Priority.Select(key => Nullable.Compare(Value(key.By, other), Value(key.By, one)))
            .FirstOrDefault(order => order != 0) is not 0 and var order ? order : string.CompareOrdinal(one.Outcome.Household, other.Outcome.Household));
        return [.. ranked.Select((candidate, i) => new RankedHousehold(
            i + 1,
            candidate,
            [.. programme.Priority.Select(key => $"{Name(key.By)}: {Text(key.By, candidate)} ({key.Source})"), .. Before(programme, candidate, i + 1 < ranked.Count ? ranked[i + 1] : null)]))];
    }

    private static decimal? Value(PriorityBy key, Candidate candidate) => key switch
    {
        PriorityBy.Criteria => candidate.Outcome.MetCriteria.Count,
        PriorityBy.Weight => candidate.Outcome.MetCriteria.Sum(criterion => criterion.Weight),
        PriorityBy.Cost => candidate.Cost,
        _ => candidate.Risk?.Score,
    };

    private static IEnumerable<string> Before(EligibilityProgramme programme, Candidate candidate, Candidate? next)
    {
        if (next is not null)
        {
            var key = programme.Priority.FirstOrDefault(key => Value(key.By, candidate) != Value(key.By, next));
            yield return key is null
                ? "level with the next household in everything"
                : $"before the next household by {Name(key.By)}: {Text(key.By, candidate)} against {Text(key.By, next)}";
        }
    }

    private static string Name(PriorityBy key) => key switch
    {
        PriorityBy.Criteria => "number of criteria",
        PriorityBy.Weight => "weight of criteria",
        PriorityBy.Cost => "cost a year",
        _ => "risk score, advisory",
    };

    private static string Text(PriorityBy key, Candidate candidate) => (key, Value(key, candidate)) switch
    {
        (_, null) => "not known",
        (PriorityBy.Criteria, _) => string.Join(", ", candidate.Outcome.MetCriteria.Select(criterion => criterion.Id).Prepend($"{candidate.Outcome.MetCriteria.Count}")),
        (PriorityBy.Risk, var score) => $"{Number(score)} by {candidate.Risk!.Model}, {candidate.Risk.On:yyyy-MM-dd}: {candidate.Risk.Why}",
        (_, var value) => Number(value),
    };

    private static string Number(decimal? value) => value!.Value.ToString("0.##", CultureInfo.InvariantCulture);
}
