using System.Globalization;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Tests.Retention;

/// <summary>Each class of retention line is read at its point; changing the line changes the day and what the certificate quotes.</summary>
public sealed class RetentionScheduleTest
{
    private static readonly DateTimeOffset Event = new(2026, 1, 31, 15, 30, 0, TimeSpan.Zero);
    private static readonly RetentionClocks AllHappened = Enum.GetValues<ClockEvent>().Aggregate(RetentionClocks.None, (clocks, clock) => clocks.With(clock, Event));

    // Class; document; exchange; where it is read; the line, and the line changed; due before and after.
    public static TheoryData<RetentionClass, string, string, RetentionPoint, string, string, string, string> Lines => new()
    {
        { RetentionClass.Unmatched, "leicestershire-2013-10-14.yaml", "leicestershire-3", RetentionPoint.Arrived, "clock: received, period: P3M", "clock: received, period: P1M", "2026-05-01", "2026-03-01" },
        { RetentionClass.NotMeeting, "leicestershire-2013-10-14.yaml", "leicestershire-3", RetentionPoint.DoesNotMeet, "clock: matching-completed, period: P0D", "clock: matching-completed, period: P7D", "2026-01-31", "2026-02-08" },
        { RetentionClass.OnProgramme, "leicestershire-2013-10-14.yaml", "leicestershire-6", RetentionPoint.OnProgramme, "period: P12M, not_before: 2015-06-01", "period: P6M, not_before: 2030-06-01", "2027-02-01", "2030-06-01" },
        { RetentionClass.ComparisonGroup, "leicestershire-2013-10-14.yaml", "leicestershire-3", RetentionPoint.DidNotTakePart, "clock: sent-to-study, period: P0D", "clock: sent-to-study, period: P1Y", "2026-01-31", "2027-02-01" },
        { RetentionClass.Study, "nis-authority-2025-09-01.yaml", "nis-submission", RetentionPoint.Arrived, "clock: research-ended, period: P0D", "clock: research-ended, period: P30D", "2026-01-31", "2026-03-03" },
        { RetentionClass.BareMarker, "leicestershire-2013-10-14.yaml", "leicestershire-7", RetentionPoint.MarkerAlone, "clock: case-closed, period: P12M", "clock: case-closed, period: P2Y", "2027-02-01", "2028-02-01" },
        { RetentionClass.Processor, "hackney-csps-2025-09-01.yaml", "csps-children", RetentionPoint.Arrived, "clock: processing-ended, period: P0D", "clock: processing-ended, period: P1M", "2026-01-31", "2026-03-01" },
    };

    [Fact]
    public void Every_class_has_a_reader() => Assert.Equal(Enum.GetValues<RetentionClass>().Order(), Lines.Select(row => (RetentionClass)row[0]!).Distinct().Order());

    [Theory]
    [MemberData(nameof(Lines))]
    public void Changing_the_line_changes_the_day_and_the_certificate(
        RetentionClass about, string file, string exchange, RetentionPoint point, string line, string changed, string due, string dueThen)
    {
        var (before, after) = (Read(file, exchange, point, line, line), Read(file, exchange, point, line, changed));
        Assert.Equal((about, Day(due)), (before.Rule.Class, DateOnly.FromDateTime(before.Due!.Value.UtcDateTime)));
        Assert.Equal((about, Day(dueThen)), (after.Rule.Class, DateOnly.FromDateTime(after.Due!.Value.UtcDateTime)));
        Assert.NotEqual(before.Quote, after.Quote);
        Assert.Contains(before.Rule.Source, before.Quote, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_due_before_the_event_it_is_counted_from()
    {
        var term = Schedule("leicestershire@2025-09-01", "leicestershire-6").At(RetentionPoint.OnProgramme, RetentionClocks.None.With(ClockEvent.Received, Event))!;
        Assert.Null(term.Due);
        Assert.Equal("on-programme", term.Rule.Id);
    }

    [Fact]
    public void A_certificate_quotes_the_papers_words_and_the_line() => Assert.Equal(
        "leicestershire@2013-10-14, leicestershire-1a, \"will be deleted as soon as the data matching has been completed\" not-meeting: erased at once when matching was completed (seeds/002 §4.3.1, §10)",
        Schedule("leicestershire@2013-10-14", "leicestershire-1a").At(RetentionPoint.DoesNotMeet, AllHappened)!.Quote);

    [Fact]
    public void The_life_of_the_programme_is_the_agreements_own_unless_it_is_known_to_end_otherwise()
    {
        var schedule = Schedule("bristol@2025-09-01", "bristol-baseline-census");
        Assert.Equal(Day("2030-04-01"), DateOnly.FromDateTime(schedule.At(RetentionPoint.Arrived, RetentionClocks.None)!.Due!.Value.UtcDateTime));
        var later = RetentionClocks.None.With(ClockEvent.ProgrammeEnded, new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(Day("2031-01-01"), DateOnly.FromDateTime(schedule.At(RetentionPoint.Arrived, later)!.Due!.Value.UtcDateTime));
    }

    [Fact]
    public void A_processor_keeps_it_until_its_contract_ends()
    {
        Assert.Null(Schedule("hackney-csps@2025-09-01", "csps-children").At(RetentionPoint.Arrived, RetentionClocks.None)!.Due);
        var ended = AgreementCatalogue.Shipped.Find("hackney-csps@2025-09-01")! with { Ends = new(2027, 3, 31) };
        Assert.Equal(
            Day("2027-04-01"),
            DateOnly.FromDateTime(new RetentionSchedule(ended, ended.Exchange("csps-children")!, "hackney", "xantura").At(RetentionPoint.Arrived, RetentionClocks.None)!.Due!.Value.UtcDateTime));
    }

    /// <summary>Three months after an agreement that ends on 31 March are over when 30 June is, and people read that day.</summary>
    [Fact]
    public void A_period_after_the_end_of_an_agreement_counts_from_its_last_day()
    {
        RetentionTerm Term(string period)
        {
            var agreement = Load("hackney-csps-2025-09-01.yaml", text => text.Replace("clock: processing-ended, period: P0D", $"clock: processing-ended, period: {period}", StringComparison.Ordinal)) with { Ends = new(2027, 3, 31) };
            return new RetentionSchedule(agreement, agreement.Exchange("csps-children")!, "hackney", "xantura").At(RetentionPoint.Arrived, RetentionClocks.None)!;
        }

        Assert.Equal(Day("2027-03-31"), RetentionRule.LastDay(Term("P0D").Due!.Value));
        Assert.Equal(Day("2027-04-01"), RetentionRule.LastDay(Term("P1D").Due!.Value));
        Assert.Equal(Day("2027-06-30"), RetentionRule.LastDay(Term("P3M").Due!.Value));
        Assert.Equal(Day("2026-01-31"), RetentionRule.LastDay(Event));
        var certificate = new ErasureCertificate("act", "reference", [], 2, "a", "2025-01-01", "e", "the line", Term("P3M").Due!.Value, Event, ErasureCertificate.KeyDestroyed, ErasureCertificate.NoReadableResidue, "the retention rule");
        Assert.Contains("They were due by the end of 30 June 2027, by this rule: the line.", certificate.Sentences);
    }

    [Fact]
    public void A_study_ends_with_the_research_or_after_seven_years_whichever_is_first()
    {
        var schedule = Schedule("nis-authority@2025-09-01", "nis-submission");
        var sent = RetentionClocks.None.With(ClockEvent.Received, Event);
        Assert.Equal("study-ceiling", schedule.At(RetentionPoint.Arrived, sent)!.Rule.Id);
        Assert.Equal("study", schedule.At(RetentionPoint.Arrived, sent.With(ClockEvent.ResearchEnded, Event.AddYears(2)))!.Rule.Id);
    }

    [Fact]
    public void What_was_agreed_otherwise_with_the_providing_partner_stands_in_place_of_the_general_line()
    {
        var agreement = Load("leicestershire-2013-10-14.yaml", text => text
            .Replace("retention:\n", "retention:\n  - { id: probation, class: on-programme, clock: case-closed, period: P1M, agreed_with: probation, source: ours }\n", StringComparison.Ordinal)
            .Replace("retention: [not-meeting, unmatched, on-programme, comparison]", "retention: [not-meeting, unmatched, on-programme, comparison, probation]", StringComparison.Ordinal));
        RetentionTerm Of(string exchange, string provider) => new RetentionSchedule(agreement, agreement.Exchange(exchange)!, provider, "leicester-city").At(RetentionPoint.OnProgramme, AllHappened)!;
        Assert.Equal("probation", Of("leicestershire-3", "probation").Rule.Id);
        Assert.Contains("as agreed with probation", Of("leicestershire-3", "probation").Quote, StringComparison.Ordinal);
        Assert.Equal("on-programme", Of("leicestershire-2", "leicestershire-police").Rule.Id);
    }

    [Fact]
    public void A_family_that_took_no_part_is_kept_as_the_programme_is_where_there_is_no_comparison_group() =>
        Assert.Equal("on-programme", Schedule("bristol@2025-09-01", "bristol-persons").At(RetentionPoint.DidNotTakePart, AllHappened)!.Rule.Id);

    private static RetentionSchedule Schedule(string agreement, string exchange)
    {
        var version = AgreementCatalogue.Shipped.Find(agreement)!;
        return new(version, version.Exchange(exchange)!, version.Exchange(exchange)!.From[0], version.Exchange(exchange)!.To[0]);
    }

    private static RetentionTerm Read(string file, string exchange, RetentionPoint point, string line, string changed)
    {
        var agreement = Load(file, text =>
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
            return text.Replace(line, changed, StringComparison.Ordinal);
        });
        return new RetentionSchedule(agreement, agreement.Exchange(exchange)!, agreement.Exchange(exchange)!.From[0], agreement.Exchange(exchange)!.To[0]).At(point, AllHappened)!;
    }

    private static Agreement Load(string file, Func<string, string> change)
    {
        var assembly = typeof(AgreementCatalogue).Assembly;
        (string, TextReader) Open(string name, Func<string, string> change)
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream("TfFlow.Programme.Agreements.Documents." + name)!);
            return (name, new StringReader(change(text.ReadToEnd())));
        }

        var name = $"{file[..^16]}@{file[^15..^5]}";
        return AgreementCatalogue.Load([Open("national-police-2013-04-01.yaml", text => text), Open(file, change)]).Find(name)!;
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);
}
