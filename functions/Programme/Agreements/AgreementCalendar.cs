using System.Globalization;

namespace TfFlow.Programme.Agreements;

public enum ExpectationState
{
    /// <summary>Expected, not yet due.</summary>
    Awaited = 1,

    /// <summary>A file that was accepted answers it: in its period, or late.</summary>
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
/// <remarks>seeds/002 App B, "How often". That a period's file is due by the period's last day is ours, and so is which period a file answers:
/// one file answers one period. It answers the period before the one it comes in while nothing has answered that, else the one it comes in. A second file
/// in an answered period answers nothing more, and nothing answers a period that has not begun. Periods before the last are not made up for.</remarks>
public static class AgreementCalendar
{
    /// <param name="agreements">The versions in force.</param>
    /// <param name="accepted">The days on which an extract of an exchange was accepted from an agency and, where it submits for several, an organisation; in any order.</param>
    /// <param name="taken">Whether a file of an exchange would be taken in from an agency: what would be refused is not expected. <c>null</c> for all.</param>
    /// <param name="since">The first day on which anything could come: a period that ended before is not expected. <c>null</c> for any.</param>
    /// <returns>For each exchange and submitting organisation the period the day lies in and the one before it, the earliest due first.</returns>
    public static IReadOnlyList<Expectation> At(
        DateOnly day,
        IEnumerable<Agreement> agreements,
        Func<Id<Exchange>, Id<Party>, string, IReadOnlyList<DateOnly>> accepted,
        Func<Id<Exchange>, Id<Party>, bool>? taken = null,
        DateOnly? since = null) =>
    [
        .. agreements
            .Where(agreement => agreement.InForceFrom <= day && !(agreement.Ends < day))
            .SelectMany(agreement => agreement.Exchanges.Where(exchange => exchange.Dataset is not null && exchange.HowOften is not null), (agreement, exchange) => (agreement, exchange))
            .SelectMany(pair => pair.exchange.From, (pair, agency) => (pair.agreement, pair.exchange, agency))
            .Where(item => item.agreement.Party(item.agency)?.HasSigned(day) == true)
            .Where(item => taken?.Invoke(item.exchange.Id, item.agency) != false)
            .SelectMany(item => Organisations(item.agreement, item.agency), (item, organisation) => (item.agreement, item.exchange, item.agency, organisation))
            .SelectMany(item => Of(item.agreement, item.exchange, item.agency, item.organisation, day, accepted(item.exchange.Id, item.agency, item.organisation), since))
            .OrderBy(expectation => expectation.Due).ThenBy(expectation => expectation.Exchange.Text, StringComparer.Ordinal).ThenBy(expectation => expectation.Sender, StringComparer.Ordinal),
    ];

    /// <summary>The agreement as a calendar has it: what comes by other means than a drop lies with whoever received it, and is not seen until it is taken in.</summary>
    public static Agreement OfDrops(Agreement agreement) => agreement with
    {
        Exchanges = [.. agreement.Exchanges.Where(exchange => exchange.Means.Any(means => means.IsDrop()))],
    };

    /// <param name="accepted">The days on which it came, or was given; in any order.</param>
    /// <param name="since">As for <see cref="At"/>.</param>
    /// <returns>The period the day lies in and the one before it; none for an exchange without a rhythm.</returns>
    public static IEnumerable<Expectation> Of(
        Agreement agreement, Exchange exchange, Id<Party> agency, string organisation, DateOnly day, IReadOnlyList<DateOnly> accepted, DateOnly? since)
    {
        var often = exchange.HowOften!.Value;
        var party = agreement.Party(agency);
        var first = new[] { agreement.InForceFrom, party?.SignedOn, party?.Tier1SignedOn, since }.Max()!.Value;
        var answered = LastAnswered(often, accepted, first);
        return Periods(often, day).Where(period => period.Last >= first).Select(period =>
            new Expectation(agreement.Id, exchange.Id, agency, period.Name, period.First, period.Last, State(period.Last, day, answered))
            {
                Organisation = organisation,
                Dataset = exchange.Dataset ?? "",
            });
    }

    private static IReadOnlyList<string> Organisations(Agreement agreement, Id<Party> agency) => agreement.Party(agency) is { Organisations: { Count: > 0 } several } ? several : [""];

    private static ExpectationState State(DateOnly last, DateOnly day, DateOnly? answered) =>
        answered >= last ? ExpectationState.Received
        : last < day ? ExpectationState.Overdue
        : ExpectationState.Awaited;

    /// <returns>The last day of the last period that is answered.</returns>
    private static DateOnly? LastAnswered(Frequency often, IReadOnlyList<DateOnly> accepted, DateOnly first)
    {
        DateOnly? answered = null;
        foreach (var on in accepted.Order())
        {
            if (Periods(often, on) is [var before, var running])
            {
                answered = before.Last >= first && !(answered >= before.Last) ? before.Last : running.Last;
            }
        }

        return answered;
    }

    private static IReadOnlyList<(string Name, DateOnly First, DateOnly Last)> Periods(Frequency often, DateOnly day) => often switch
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
