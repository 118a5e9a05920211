using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

/// <summary>Every indicator of the programmes, one row at a time, up to its boundaries.</summary>
public class IndicatorTest
{
    [Theory]
    // Twelve months before 10 February 2014, the day itself included; nothing after the day of the run.
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=custody, outcome_date=2013-02-10", Met.Yes)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=custody, outcome_date=2013-02-09", Met.No)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=custody, outcome_date=2014-02-10", Met.Yes)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=custody, outcome_date=2014-02-11", Met.No)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=custody", Met.Possible)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome_date=2014-02-10", Met.Possible)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=fine, outcome_date=2013-06-01", Met.Yes)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=community-sentence, outcome_date=2013-06-01", Met.Yes)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=caution, outcome_date=2013-06-01", Met.Yes)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=penalty-notice, outcome_date=2013-06-01", Met.Yes)]
    [InlineData("phase-1-000 young-offender", "youth-offences", "outcome=restorative-justice, outcome_date=2013-06-01", Met.No)]
    // Reprimands and warnings until 31 March 2013, youth cautions from 1 April.
    [InlineData("phase-1-000 young-offender-reprimand", "youth-offences", "outcome=reprimand, outcome_date=2013-03-31", Met.Yes)]
    [InlineData("phase-1-000 young-offender-reprimand", "youth-offences", "outcome=final-warning, outcome_date=2013-03-31", Met.Yes)]
    [InlineData("phase-1-000 young-offender-reprimand", "youth-offences", "outcome=reprimand, outcome_date=2013-04-01", Met.No)]
    [InlineData("phase-1-000 young-offender-youth-caution", "youth-offences", "outcome=youth-caution, outcome_date=2013-04-01", Met.Yes)]
    [InlineData("phase-1-000 young-offender-youth-caution", "youth-offences", "outcome=youth-conditional-caution, outcome_date=2013-04-01", Met.Yes)]
    [InlineData("phase-1-000 young-offender-youth-caution", "youth-offences", "outcome=youth-caution, outcome_date=2013-03-31", Met.No)]
    [InlineData("phase-1-002 young-offender", "youth-offences", "outcome=fine, outcome_date=2013-02-10", Met.Yes)]
    [InlineData("phase-1-002 young-offender-reprimand", "youth-offences", "outcome=reprimand, outcome_date=2013-03-31", Met.Yes)]
    [InlineData("phase-1-002 young-offender-youth-caution", "youth-offences", "outcome=youth-caution, outcome_date=2013-04-01", Met.Yes)]
    [InlineData("phase-2-001 young-offender", "youth-offences", "outcome=fine, outcome_date=2013-02-10", Met.Yes)]
    // The row says when it was made and not when it ended: twelve months, the day itself included.
    [InlineData("phase-1-000 asb-order", "asb-disposals", "disposal=asb-order, disposal_date=2013-02-10", Met.Yes)]
    [InlineData("phase-1-000 asb-order", "asb-disposals", "disposal=asb-order, disposal_date=2013-02-09", Met.No)]
    [InlineData("phase-1-000 asb-order", "asb-disposals", "disposal=asb-contract, disposal_date=2014-02-10", Met.Yes)]
    [InlineData("phase-1-000 asb-order", "asb-disposals", "disposal=asb-injunction, disposal_date=2014-02-11", Met.No)]
    [InlineData("phase-1-000 asb-order", "asb-disposals", "disposal=asb-order", Met.Possible)]
    [InlineData("phase-1-000 asb-order", "asb-disposals", "disposal=eviction, disposal_date=2013-06-01", Met.No)]
    [InlineData("phase-1-002 asb-order", "asb-disposals", "disposal=asb-order, disposal_date=2013-02-10", Met.Yes)]
    [InlineData("phase-1-002 asb-order", "asb-disposals", "disposal=asb-order, disposal_date=2013-02-09", Met.No)]
    [InlineData("phase-1-002 asb-order", "asb-disposals", "disposal=asb-injunction, disposal_date=2013-06-01", Met.Yes)]
    [InlineData("phase-1-000 housing-asb", "asb-disposals", "disposal=eviction, disposal_date=2013-02-10", Met.Yes)]
    [InlineData("phase-1-000 housing-asb", "asb-disposals", "disposal=eviction, disposal_date=2013-02-09", Met.No)]
    [InlineData("phase-1-000 housing-asb", "asb-disposals", "disposal=notice-seeking-possession, disposal_date=2013-06-01", Met.Yes)]
    [InlineData("phase-1-002 housing-asb", "asb-disposals", "disposal=demotion-order, disposal_date=2013-06-01", Met.Yes)]
    [InlineData("phase-1-002 housing-asb", "asb-disposals", "disposal=asb-contract, disposal_date=2013-06-01", Met.No)]
    [InlineData("phase-1-000 persistent-asb", "asb-perpetrators", "incidents_12_months=3", Met.Yes)]
    [InlineData("phase-1-000 persistent-asb", "asb-perpetrators", "incidents_12_months=2", Met.No)]
    [InlineData("phase-1-002 relevant-asb-incidents", "asb-perpetrators", "incidents_12_months=1", Met.Yes)]
    [InlineData("phase-1-002 relevant-asb-incidents", "asb-perpetrators", "incidents_12_months=0", Met.No)]
    [InlineData("phase-2-001 persistent-asb", "asb-perpetrators", "incidents_12_months=3", Met.Yes)]
    [InlineData("phase-2-001 anti-social-behaviour", "asb-disposals", "disposal=asb-order, disposal_date=2013-02-10", Met.Yes)]
    // The decision as shipped: a permanent exclusion counts whenever it was made.
    [InlineData("phase-1-000 permanent-exclusion", "school-attendance", "permanent_exclusion=yes, term_starts=2012-09-03", Met.Yes)]
    [InlineData("phase-1-000 permanent-exclusion", "school-attendance", "permanent_exclusion=no, term_starts=2013-09-02", Met.No)]
    [InlineData("phase-1-002 permanent-exclusion", "school-attendance", "permanent_exclusion=yes, term_starts=2012-09-03", Met.Yes)]
    // Is in, is not: the running term, or the last that ended.
    [InlineData("phase-1-000 excluded-to-alternative", "school-attendance", "provision=pru, previously_excluded=yes, term_starts=2013-09-02", Met.Yes)]
    [InlineData("phase-1-000 excluded-to-alternative", "school-attendance", "provision=alternative, previously_excluded=yes, term_starts=2014-01-06", Met.Yes)]
    [InlineData("phase-1-000 excluded-to-alternative", "school-attendance", "provision=pru, previously_excluded=yes, term_starts=2013-04-15", Met.No)]
    [InlineData("phase-1-000 excluded-to-alternative", "school-attendance", "provision=pru, previously_excluded=no, term_starts=2014-01-06", Met.No)]
    [InlineData("phase-1-000 excluded-to-alternative", "school-attendance", "provision=pru, term_starts=2014-01-06", Met.Possible)]
    [InlineData("phase-1-002 excluded-to-alternative", "school-attendance", "provision=school, previously_excluded=yes, term_starts=2014-01-06", Met.No)]
    [InlineData("phase-1-000 not-on-roll", "school-attendance", "provision=not-on-roll, term_starts=2014-01-06", Met.Yes)]
    [InlineData("phase-1-002 not-on-roll", "school-attendance", "provision=not-on-roll, term_starts=2013-04-15", Met.No)]
    [InlineData("phase-2-001 excluded-or-alternative", "school-attendance", "provision=pru, term_starts=2014-01-06", Met.Yes)]
    [InlineData("phase-1-000 local-priority", "local-concerns", "concern=mental-health, high_cost=yes", Met.Yes)]
    [InlineData("phase-1-000 local-priority", "local-concerns", "concern=mental-health, high_cost=no", Met.No)]
    [InlineData("phase-1-000 local-priority", "local-concerns", "concern=mental-health", Met.Possible)]
    [InlineData("phase-1-002 child-at-risk", "local-concerns", "concern=considered-for-care", Met.Yes)]
    [InlineData("phase-1-002 frequent-police", "local-concerns", "concern=gang-related", Met.Yes)]
    [InlineData("phase-1-002 adult-offender", "local-concerns", "concern=been-in-prison, noted_on=2013-02-10", Met.Yes)]
    [InlineData("phase-1-002 adult-offender", "local-concerns", "concern=been-in-prison, noted_on=2013-02-09", Met.No)]
    [InlineData("phase-1-002 health-problem", "local-concerns", "concern=under-18-conception", Met.Yes)]
    [InlineData("phase-1-002 managed-offender", "youth-offences", "managed_as=ppo, outcome_date=2013-06-01", Met.Yes)]
    [InlineData("phase-1-002 managed-offender", "youth-offences", "managed_as=iom, outcome_date=2013-06-01", Met.No)]
    [InlineData("phase-1-002 judged-high-cost", "local-concerns", "high_cost=yes", Met.Yes)]
    [InlineData("phase-1-002 police-nominal", "police-nominals", "category=amber-nominal", Met.Yes)]
    [InlineData("phase-1-002 police-nominal", "police-nominals", "category=repeat-dv-perpetrator", Met.No)]
    [InlineData("phase-1-002 repeat-dv-perpetrator", "police-nominals", "category=repeat-dv-perpetrator, dv_incidents=3", Met.Yes)]
    [InlineData("phase-1-002 drug-using-parent", "probation-parents", "category=class-a-drug-using-parent", Met.Yes)]
    [InlineData("phase-2-001 police-nominal", "police-nominals", "category=iom", Met.Yes)]
    [InlineData("phase-2-001 police-proven-offence", "police-persons", "proven_offence=yes", Met.Yes)]
    [InlineData("phase-2-001 police-persistent-asb", "police-persons", "persistent_asb=no", Met.No)]
    [InlineData("phase-2-001 police-arrests", "police-persons", "arrests=2", Met.No)]
    [InlineData("phase-2-001 police-convictions", "police-persons", "convictions=1", Met.Yes)]
    [InlineData("phase-2-001 police-call-outs", "police-persons", "call_outs=5", Met.Yes)]
    [InlineData("phase-2-001 listed-young-offender", "household-list", "under_18_offence=yes", Met.Yes)]
    [InlineData("phase-2-001 listed-persistent-asb", "household-list", "persistent_asb=yes", Met.Yes)]
    [InlineData("phase-2-001 child-known-to-social-care", "childrens-social-care", "status=child-in-need, started=2013-01-01", Met.Yes)]
    [InlineData("phase-2-001 council-debt", "household-finance", "council_tax_arrears=yes", Met.Yes)]
    [InlineData("phase-2-001 domestic-violence-incidents", "domestic-violence", "incidents=0", Met.No)]
    [InlineData("phase-2-001 repeat-dv-perpetrator", "police-nominals", "category=repeat-dv-perpetrator, dv_incidents=4", Met.Yes)]
    [InlineData("phase-2-001 adult-supported", "adults-social-care", "support=mental-health", Met.Yes)]
    [InlineData("phase-2-001 drug-using-parent", "probation-parents", "category=class-a-drug-using-parent", Met.Yes)]
    [InlineData("phase-2-001 frequent-police", "local-concerns", "concern=frequent-call-outs, noted_on=2013-06-01", Met.Yes)]
    [InlineData("phase-2-001 child-known-to-services", "local-concerns", "concern=early-help, noted_on=2013-06-01", Met.Yes)]
    [InlineData("phase-2-001 financial-exclusion", "local-concerns", "concern=neet, noted_on=2013-06-01", Met.Yes)]
    [InlineData("phase-2-001 domestic-abuse-known", "local-concerns", "concern=domestic-abuse, noted_on=2013-06-01", Met.Yes)]
    [InlineData("phase-2-001 health-problem", "local-concerns", "concern=long-term-condition, noted_on=2013-02-09", Met.No)]
    // Ways in that rest on a partner's word.
    [InlineData("phase-1-000 nominated-crime", "nominations", "criteria=crime-or-asb, nominated_on=2013-02-10", Met.Yes)]
    [InlineData("phase-1-000 nominated-crime", "nominations", "criteria=education, nominated_on=2013-02-10", Met.No)]
    [InlineData("phase-1-000 nominated-local-discretion", "nominations", "criteria=local-discretion, nominated_on=2013-02-10", Met.Yes)]
    [InlineData("phase-1-002 nominated-education", "nominations", "criteria=education, nominated_on=2013-02-09", Met.No)]
    [InlineData("phase-1-002 nominated-work", "nominations", "criteria=work, nominated_on=2013-12-09", Met.Yes)]
    [InlineData("phase-2-001 nominated-crime", "nominations", "criteria=crime-or-asb, nominated_on=2013-12-09", Met.Yes)]
    [InlineData("phase-2-001 nominated-attendance", "nominations", "criteria=education, nominated_on=2013-12-09", Met.Yes)]
    [InlineData("phase-2-001 nominated-children-needing-help", "nominations", "criteria=children-need-help, nominated_on=2013-12-09", Met.Yes)]
    [InlineData("phase-2-001 nominated-domestic-abuse", "nominations", "criteria=domestic-violence, nominated_on=2013-12-09", Met.Yes)]
    [InlineData("phase-2-001 nominated-health", "nominations", "criteria=domestic-violence, nominated_on=2013-12-09", Met.No)]
    [InlineData("phase-2-001 listed-crime", "household-list", "crime_or_asb=yes, domestic_violence=no", Met.Yes)]
    [InlineData("phase-2-001 listed-crime", "household-list", "crime_or_asb=no, domestic_violence=yes", Met.No)]
    [InlineData("phase-2-001 listed-domestic-abuse", "household-list", "crime_or_asb=no, domestic_violence=yes", Met.Yes)]
    [InlineData("phase-2-001 listed-domestic-abuse", "household-list", "crime_or_asb=yes, domestic_violence=no", Met.No)]
    public void A_row_shows_it_or_does_not(string indicator, string dataset, string fields, Met expected)
    {
        var parts = indicator.Split(' ');

        Assert.Equal(expected, Given.Look(Given.Programme(parts[0]), Given.Row(dataset, fields)).Indicator(parts[1]).Met);
    }

    [Theory]
    [InlineData("started=2014-02-10", "1996-02-10", Met.Yes)]
    [InlineData("started=2014-02-10", "1996-02-11", Met.No)]
    [InlineData("started=2014-02-11", "1980-01-01", Met.No)]
    [InlineData("started=2013-01-01, ended=2014-02-10", "1980-01-01", Met.Yes)]
    [InlineData("started=2013-01-01, ended=2014-02-09", "1980-01-01", Met.No)]
    [InlineData("started=2013-01-01", null, Met.Possible)]
    [InlineData("started=2014-02-11", null, Met.No)]
    public void An_adult_is_on_a_benefit_on_the_day(string claim, string? born, Met expected)
    {
        foreach (var (programme, benefit) in new[] { (Given.National, "esa"), (Given.Leicestershire, "sda"), (Given.Phase2, "jsa") })
        {
            Assert.Equal(expected, Given.Look(programme, Given.Row("benefits", $"benefit={benefit}, {claim}", born: born)).Indicator("out-of-work-benefit").Met);
        }
    }

    [Theory]
    [InlineData("esa", Met.Yes)]
    [InlineData("ib", Met.Yes)]
    [InlineData("ca", Met.Yes)]
    [InlineData("is", Met.Yes)]
    [InlineData("jsa", Met.Yes)]
    [InlineData("sda", Met.Yes)]
    [InlineData("hb", Met.No)]
    public void The_out_of_work_benefits_are_the_six_listed(string benefit, Met expected) =>
        Assert.Equal(expected, Given.Look(Given.Leicestershire, Given.Row("benefits", $"benefit={benefit}, started=2013-01-01", born: "1980-01-01")).Criterion("work"));

    [Theory]
    [InlineData("2013-11-10", Met.Yes)]
    [InlineData("2013-11-09", Met.No)]
    public void A_count_of_twelve_months_is_read_for_three_months_after_its_day(string asAt, Met expected) =>
        Assert.Equal(expected, Given.Look(Given.Leicestershire, Given.Row("asb-perpetrators", "incidents_12_months=9", asAt: asAt)).Indicator("relevant-asb-incidents").Met);

    [Fact]
    public void Why_it_stays_open_is_said()
    {
        var result = Given.Look(Given.Leicestershire, Given.Row("benefits", "benefit=jsa, started=2013-01-01")).Indicator("out-of-work-benefit");

        Assert.Equal([new(MissingKind.DateOfBirth, "date of birth")], result.Missing);
        Assert.Single(result.Evidence);
    }

    [Fact]
    public void That_nothing_was_received_is_said()
    {
        var source = Given.Row("benefits", "").Source;
        var nothing = Given.Look(Given.Leicestershire);
        var received = EligibilityRules.Evaluate(Given.Leicestershire, new("h1", []), Given.Run() with { Received = [source] });

        Assert.Equal([new(MissingKind.NotReceived, "benefits")], nothing.Indicator("out-of-work-benefit").Missing);
        Assert.Empty(received.Indicator("out-of-work-benefit").Missing);
    }

    [Fact]
    public void What_is_awaited_is_possible_whatever_is_there()
    {
        var outcome = EligibilityRules.Evaluate(Given.Leicestershire, new("h1", []), Given.Run("benefits"));

        Assert.Equal((Met.Possible, Met.No), (outcome.Criterion("work"), outcome.Criterion("crime")));
        Assert.Equal([new(MissingKind.Awaited, "benefits")], outcome.Indicator("out-of-work-benefit").Missing);
    }

    [Fact]
    public void Every_indicator_that_ships_is_tried_here()
    {
        var tried = typeof(IndicatorTest).GetMethod(nameof(A_row_shows_it_or_does_not))!.GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => ((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value)
            .OfType<string>().Select(indicator => indicator.Split(' ')[1]).ToHashSet();
        var shipped = ProgrammeCatalogue.Shipped.Values.SelectMany(programme => programme.Criteria).SelectMany(criterion => criterion.Indicators)
            .Where(indicator => indicator.Measure is null && indicator.Dataset is not ("nominations" or "household-list")).Select(indicator => indicator.Id);

        Assert.Empty(shipped.Distinct().Except(tried).Except(["out-of-work-benefit"]));
    }
}
