using System.Globalization;

namespace TfFlow.Programme.Agreements;

public enum ExpectationState
{
    /// <summary>Expected, not yet due.</summary>
    Awaited = 1,

    /// <summary>Accepted within its period.</summary>
    Received,

    /// <summary>The period is over and nothing was accepted.</summary>
    Overdue,
}

/// <summary>One file expected from one agency, or from one organisation it submits for, in one period.</summary>
/// <param name="Period">As people say it: <c>2025-10</c>, <c>week of 2025-10-06</c>, <c>autumn term 2025</c>.</param>
/// <param name="Due">The last day it may come.</param>
public sealed record Expectation(string Agreement, Id<Exchange> Exchange, Id<Party> Agency, string Period, DateOnly From, DateOnly Due, ExpectationState State)
{
    /// <summary>Which of the agency's organisations; empty for an agency that submits for itself.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>What it carries.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>To whom this deployment owes it; none for what it expects itself.</summary>
    public Id<Party> Recipient { get; init; }

    /// <summary>It is owed since what it says changed, and by no date.</summary>
    public bool OnChange { get; init; }

    /// <summary>Who sends it, in words: the agency, and for which organisation or to whom.</summary>
    public string Sender => Organisation.Length > 0 ? $"{Agency}, for {Organisation}" : Recipient != default ? $"{Agency}, to {Recipient}" : Agency;
}

/// <summary>What is expected from whom by when. Only exchanges that say how often, and by a rhythm, are expected, and only from who has signed.</summary>
/// <remarks>seeds/002 App B, "How often". That a period's file is due by the period's last day is ours.</remarks>
public static class AgreementCalendar
{
    /// <param name="agreements">The versions in force.</param>
    /// <param name="accepted">When an extract of an exchange was last accepted from an agency and, where it submits for several, an organisation; <c>null</c> when never.</param>
    /// <param name="taken">Whether a file of an exchange would be taken in from an agency: what would be refused is not expected. <c>null</c> for all.</param>
    /// <returns>For each exchange and submitting organisation the period the day lies in and the one before it, the earliest due first.</returns>
    public static IReadOnlyList<Expectation> At(
        DateOnly day, IEnumerable<Agreement> agreements, Func<Id<Exchange>, Id<Party>, string, DateOnly?> accepted, Func<Id<Exchange>, Id<Party>, bool>? taken = null) =>
    [
        .. agreements
            .Where(agreement => agreement.InForceFrom <= day && !(agreement.Ends < day))
            .SelectMany(agreement => agreement.Exchanges.Where(exchange => exchange.Dataset is not null && exchange.HowOften is not null), (agreement, exchange) => (agreement, exchange))
            .SelectMany(pair => pair.exchange.From, (pair, agency) => (pair.agreement, pair.exchange, agency))
            .Where(item => item.agreement.Party(item.agency)?.HasSigned(day) == true)
            .Where(item => taken?.Invoke(item.exchange.Id, item.agency) != false)
            .SelectMany(item => Organisations(item.agreement, item.agency), (item, organisation) => (item.agreement, item.exchange, item.agency, organisation))
            .SelectMany(item => Of(item.agreement, item.exchange, item.agency, item.organisation, day, accepted(item.exchange.Id, item.agency, item.organisation)))
            .OrderBy(expectation => expectation.Due).ThenBy(expectation => expectation.Exchange.Text, StringComparer.Ordinal).ThenBy(expectation => expectation.Sender, StringComparer.Ordinal),
    ];

    /// <summary>The agreement as a calendar has it: what comes by other means than a drop lies with whoever received it, and is not seen until it is taken in.</summary>
    public static Agreement OfDrops(Agreement agreement) => agreement with
    {
        Exchanges = [.. agreement.Exchanges.Where(exchange => exchange.Means.Any(means => means.IsDrop()))],
    };

    /// <param name="accepted">When it last came, or was last given; <c>null</c> when never.</param>
    /// <returns>The period the day lies in and the one before it; none for an exchange without a rhythm.</returns>
    public static IEnumerable<Expectation> Of(Agreement agreement, Exchange exchange, Id<Party> agency, string organisation, DateOnly day, DateOnly? accepted) =>
        Periods(exchange.HowOften!.Value, day)
            .Where(period => period.Last >= agreement.InForceFrom)
            .Select(period => new Expectation(agreement.Id, exchange.Id, agency, period.Name, period.First, period.Last, State(period, day, accepted)) { Organisation = organisation, Dataset = exchange.Dataset ?? "" });

    private static IReadOnlyList<string> Organisations(Agreement agreement, Id<Party> agency) => agreement.Party(agency) is { Organisations: { Count: > 0 } several } ? several : [""];

    // What was accepted later covers the period before as well: the next file is as at a later day.
    private static ExpectationState State((string Name, DateOnly First, DateOnly Last) period, DateOnly day, DateOnly? accepted) =>
        accepted >= period.First ? ExpectationState.Received
        : period.Last < day ? ExpectationState.Overdue
        : ExpectationState.Awaited;

    private static IEnumerable<(string Name, DateOnly First, DateOnly Last)> Periods(Frequency often, DateOnly day) => often switch
    {
        Frequency.Daily => [Daily(day.AddDays(-1)), Daily(day)],
        Frequency.Weekly => [Weekly(day.AddDays(-7)), Weekly(day)],
        Frequency.Monthly => [Monthly(day.AddMonths(-1)), Monthly(day)],
        Frequency.Termly => [Termly(Termly(day).First.AddDays(-1)), Termly(day)],
        _ => [],
    };

    private static (string, DateOnly, DateOnly) Daily(DateOnly day) => (Text(day), day, day);

    private static (string, DateOnly, DateOnly) Weekly(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return ($"week of {Text(monday)}", monday, monday.AddDays(6));
    }

    private static (string, DateOnly, DateOnly) Monthly(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return (first.ToString("yyyy-MM", CultureInfo.InvariantCulture), first, first.AddMonths(1).AddDays(-1));
    }

    // Terms by the calendar (ours): autumn from September, spring from January, summer from April to August.
    private static (string Name, DateOnly First, DateOnly Last) Termly(DateOnly day) => day.Month switch
    {
        >= 9 => ($"autumn term {day.Year}", new(day.Year, 9, 1), new(day.Year, 12, 31)),
        <= 3 => ($"spring term {day.Year}", new(day.Year, 1, 1), new(day.Year, 3, 31)),
        _ => ($"summer term {day.Year}", new(day.Year, 4, 1), new(day.Year, 8, 31)),
    };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
