using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Eligibility;

/// <summary>A score that takes part in the order of priority. Advisory: it decides last, and never alone.</summary>
/// <param name="Percent">Of the end of its scale.</param>
/// <param name="On">The day it was made.</param>
/// <param name="Originator">Who gave it.</param>
/// <remarks>seeds/001 2 Prioritising Households (collation of risk scores); seeds/003 Children's Safeguarding Profiling System.</remarks>
public sealed record AdvisoryScore(decimal Percent, DateOnly On, string Dataset, Id<Party> Originator);

/// <summary>How many services work with a family, and how many worked with it before.</summary>
/// <param name="Cost">What those that work with it now cost in a year, in pounds; null: not agreed.</param>
/// <remarks>seeds/001 2 Prioritising Households: "which services are currently or have historically been working with that
/// family".</remarks>
public sealed record ServicesInvolved(int Now, int Before, decimal? Cost);

/// <summary>What one extract says of a family, if anything.</summary>
/// <param name="Exchange">Under which it came.</param>
/// <param name="AsAt">The day it is of.</param>
public sealed record FamilySignal(Id<Exchange> Exchange, DateOnly AsAt, AdvisoryScore? Score, ServicesInvolved? Services);

/// <summary>What partners say of a family of the cohort that moves it in the order of priority: numbers and days, and nobody's
/// name.</summary>
public static class FamilySignals
{
    /// <summary>Of each person the newest score counts, and of these the highest.</summary>
    /// <param name="rows">What one extract says of one family, by the names of the dataset specification.</param>
    /// <returns>Null where the programme reads no score from the dataset, or the rows give none.</returns>
    public static AdvisoryScore? Score(
        EligibilityProgramme programme, string dataset, Id<Party> originator, IEnumerable<IReadOnlyDictionary<string, string>> rows) =>
        programme.Scores.FirstOrDefault(measure => measure.Dataset == dataset) is { } measure
            ? (from row in rows
               let score = Condition.Number(row.GetValueOrDefault(measure.Field))
               let made = Condition.Date(row.GetValueOrDefault(measure.On))
               where score is not null && made is not null
               group new AdvisoryScore(Math.Min(100m, 100m * score.Value / measure.Most), made.Value, dataset, originator) by PersonOf(row) into person
               select person.MaxBy(score => (score.On, score.Percent)))
              .MaxBy(score => (score!.Percent, score.On))
            : null;

    /// <summary>A service counts once; one that works with anybody of the family works with it now.</summary>
    /// <param name="on">The day of the list: a service that stopped on it, or before, worked with the family before.</param>
    /// <returns>Null where the dataset is no list of services that the programme reads.</returns>
    public static ServicesInvolved? Services(
        EligibilityProgramme programme, string dataset, IEnumerable<IReadOnlyDictionary<string, string>> rows, DateOnly on)
    {
        if (programme.Services.FirstOrDefault(list => list.Dataset == dataset) is not { } list)
        {
            return null;
        }

        var named = rows.Where(row => row.GetValueOrDefault(list.Name) is { Length: > 0 });
        var services = named.GroupBy(row => row[list.Name], StringComparer.OrdinalIgnoreCase).ToList();
        var now = services.Count(service =>
            service.Any(row => Condition.Date(row.GetValueOrDefault(list.Until)) is not { } until || until > on));
        return new(now, services.Count - now, list.Cost is { } cost ? now * (decimal)cost.Pounds : null);
    }

    /// <summary>What a family is put in order by, with what was said of it since it was found: the newest list of each exchange counts, their services and costs together, and of their scores the highest.</summary>
    /// <param name="found">What it was found with.</param>
    public static Standing Since(Standing found, IEnumerable<FamilySignal> signals)
    {
        var newest = signals.Where(signal => signal.Score is not null || signal.Services is not null)
            .GroupBy(signal => signal.Exchange).Select(exchange => exchange.MaxBy(signal => signal.AsAt)!).ToList();
        var services = newest.Select(signal => signal.Services).OfType<ServicesInvolved>().ToList();
        return found with
        {
            Cost = found.Cost is null && services.TrueForAll(list => list.Cost is null) ? null : (found.Cost ?? 0) + services.Sum(list => list.Cost),
            Risk = newest.Select(signal => signal.Score).OfType<AdvisoryScore>().MaxBy(score => (score.Percent, score.On)),
            ServicesNow = services.Sum(list => list.Now),
            ServicesBefore = services.Sum(list => list.Before),
        };
    }

    private static (string?, string?, string?) PersonOf(IReadOnlyDictionary<string, string> row) => (
        row.GetValueOrDefault(IdentityColumns.Surname)?.ToUpperInvariant(),
        row.GetValueOrDefault(IdentityColumns.Forenames)?.ToUpperInvariant(),
        row.GetValueOrDefault(IdentityColumns.DateOfBirth));
}
