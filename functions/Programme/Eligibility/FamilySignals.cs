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

/// <summary>A service that works with a family, or worked with it before. Personal data.</summary>
/// <param name="Contact">Whom to ask there; empty: not said.</param>
/// <param name="Until">The last day that it worked with the family, where it was said; null: it works with it.</param>
/// <param name="Now">It works with somebody of the family.</param>
public sealed record NamedService(string Name, string Contact, DateOnly? Until, bool Now);

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

    /// <summary>The services that a list names. One that several people have counts once, and works with the family while it works with
    /// any of them.</summary>
    /// <param name="asOf">A service that stopped on that day, or before, worked with the family before.</param>
    /// <returns>Null where the dataset is no list of services that the programme reads.</returns>
    public static IReadOnlyList<NamedService>? NamedServices(
        EligibilityProgramme programme, string dataset, IEnumerable<IReadOnlyDictionary<string, string>> rows, DateOnly asOf)
    {
        if (programme.Services.FirstOrDefault(list => list.Dataset == dataset) is not { } list)
        {
            return null;
        }

        var named = from row in rows
                    let name = row.GetValueOrDefault(list.Name, "")
                    where name.Length > 0 && (list.Only.Count == 0 || list.Only.Contains(name))
                    let until = Condition.Date(row.GetValueOrDefault(list.Until))
                    let contact = list.Contact.Select(column => row.GetValueOrDefault(column, "")).Where(text => text.Length > 0)
                    select new NamedService(name, string.Join(", ", contact), until, Now: until is null || until > asOf);
        return
        [
            .. named.GroupBy(service => service.Name, StringComparer.OrdinalIgnoreCase)
                .Select(same => same.MaxBy(service => (service.Now, service.Until ?? DateOnly.MaxValue))!),
        ];
    }

    /// <summary>How many services a list names, as <see cref="NamedServices"/> reads it.</summary>
    /// <param name="on">The day of the list.</param>
    /// <returns>Null where the dataset is no list of services that the programme reads.</returns>
    public static ServicesInvolved? Services(
        EligibilityProgramme programme, string dataset, IEnumerable<IReadOnlyDictionary<string, string>> rows, DateOnly on)
    {
        if (NamedServices(programme, dataset, rows, on) is not { } services)
        {
            return null;
        }

        var now = services.Count(service => service.Now);
        var cost = programme.Services.First(list => list.Dataset == dataset).Cost;
        return new(now, services.Count - now, cost is null ? null : now * (decimal)cost.Pounds);
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
