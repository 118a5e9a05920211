using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class FamilySignalsTest
{
    private static readonly EligibilityProgramme Programme = Given.Phase2;

    [Fact]
    public void Of_each_person_the_newest_score_counts_and_of_these_the_highest()
    {
        var score = FamilySignals.Score(Programme, "csps-scores", "xantura",
        [
            Row("surname=Tarn, forenames=Ada, date_of_birth=2010-01-01, score=90, scored_on=2014-01-02"),
            Row("surname=TARN, forenames=Ada, date_of_birth=2010-01-01, score=20, scored_on=2014-03-02"),
            Row("surname=Tarn, forenames=Ben, date_of_birth=2012-01-01, score=45, scored_on=2014-02-02"),
            Row("surname=Tarn, forenames=Cai, date_of_birth=2013-01-01, scored_on=2014-03-02"),
        ]);
        Assert.Equal(new AdvisoryScore(45, new(2014, 2, 2), "csps-scores", "xantura"), score);
    }

    [Fact]
    public void A_score_is_a_share_of_its_own_scale_and_other_datasets_give_none()
    {
        var fine = Programme with { Scores = [Programme.Scores[0] with { Most = 1000 }] };
        Assert.Equal(4.5m, FamilySignals.Score(fine, "csps-scores", "xantura", [Row("score=45, scored_on=2014-02-02")])!.Percent);
        Assert.Null(FamilySignals.Score(Programme, "benefits", "dwp", [Row("score=45, scored_on=2014-02-02")]));
        Assert.Null(FamilySignals.Score(Programme, "csps-scores", "xantura", []));
    }

    [Fact]
    public void The_newest_list_of_each_exchange_counts_and_of_scores_the_highest()
    {
        var (early, late) = (new DateOnly(2014, 2, 1), new DateOnly(2014, 3, 1));
        AdvisoryScore Score(decimal percent, DateOnly on) => new(percent, on, "csps-scores", "xantura");
        var standing = FamilySignals.Since(
            new(3, 5, 100m, null),
            [
                new("one", early, Score(90, early), null),
                new("one", late, Score(40, late), null),
                new("two", early, Score(60, early), null),
                new("three", early, null, new(Now: 4, Before: 0, Cost: 9m)),
                new("three", late, null, new(Now: 1, Before: 3, Cost: 20m)),
                new("four", late, null, null),
            ]);
        Assert.Equal(Score(60, early), standing.Risk);
        Assert.Equal((1, 3, 120m), (standing.ServicesNow, standing.ServicesBefore, standing.Cost));
        Assert.Null(FamilySignals.Since(new(3, 5, null, null), [new("three", late, null, new(Now: 1, Before: 0, Cost: null))]).Cost);
    }

    [Fact]
    public void A_service_counts_once_and_stops_on_its_last_day()
    {
        var on = new DateOnly(2014, 3, 10);
        var services = FamilySignals.Services(
            Programme,
            "nhs-services",
            [Row("service=Health visiting"), Row("service=health visiting, until=2014-01-01"), Row("service=CAMHS, until=2014-03-10"), Row("service=Dentist, until=2014-03-11"), Row("contact=somebody")],
            on);
        Assert.Equal(new ServicesInvolved(Now: 2, Before: 1, Cost: null), services);
        Assert.Null(FamilySignals.Services(Programme, "benefits", [Row("service=x")], on));
        var priced = Programme with { Services = [Programme.Services[0] with { Cost = new(300, 2014, "ours") }] };
        Assert.Equal(300, FamilySignals.Services(priced, "nhs-services", [Row("service=x")], on)!.Cost);
    }

    [Fact]
    public void Services_are_named_with_whom_to_ask_there_now_and_before()
    {
        var on = new DateOnly(2014, 3, 10);
        var services = FamilySignals.NamedServices(
            Programme,
            "nhs-services",
            [
                Row("service=Health visiting, contact=Duty nurse, telephone=0116 496 0123, until=2014-01-01"),
                Row("service=health visiting, contact=Ward 3"),
                Row("service=CAMHS, telephone=0116 496 0124, until=2014-03-10"),
            ],
            on)!;
        Assert.Equal([new("health visiting", "Ward 3", null, Now: true), new("CAMHS", "0116 496 0124", on, Now: false)], services);
    }

    [Fact]
    public void Of_a_list_that_holds_more_than_services_the_services_alone_are_read()
    {
        var on = new DateOnly(2014, 3, 10);
        var services = FamilySignals.NamedServices(
            Programme,
            "employment-programmes",
            [Row("item=benefit, started=2014-01-01"), Row("item=work-programme, started=2014-01-01"), Row("item=esf, ended=2013-12-31")],
            on)!;
        Assert.Equal([("work-programme", true), ("esf", false)], services.Select(service => (service.Name, service.Now)));
        Assert.Equal(
            new ServicesInvolved(Now: 1, Before: 1, Cost: null),
            FamilySignals.Services(Programme, "employment-programmes", [Row("item=training"), Row("item=esf, ended=2013-12-31")], on));
    }

    private static Dictionary<string, string> Row(string fields) => fields.Split(", ").Select(field => field.Split('=')).ToDictionary(field => field[0], field => field[1]);
}
