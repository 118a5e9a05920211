using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Cases;

public class SurfacedProblemTest
{
    private static readonly EligibilityProgramme Programme = ProgrammeCatalogue.Shipped["phase-2-001@1"];
    private static readonly string[] Organisations = ["bristol", "avon-somerset-police"];

    [Theory]
    [InlineData("avon-somerset-police")]
    [InlineData("key-worker")]
    [InlineData("family")]
    public void It_is_added_to_a_family_that_is_worked_with_with_its_source_and_day(string source) => Assert.Empty(Add(source: source));

    [Theory]
    [InlineData(FamilyCaseState.Identified)]
    [InlineData(FamilyCaseState.Invited)]
    [InlineData(FamilyCaseState.Completed)]
    public void Before_and_after_the_work_it_is_not_added(FamilyCaseState state) => Assert.Contains(Add(state), obstacle => obstacle.What.Contains("being worked with", StringComparison.Ordinal));

    [Fact]
    public void What_is_no_problem_of_the_programme_or_is_known_already_is_refused_and_so_are_a_source_that_is_none_and_a_day_to_come()
    {
        Assert.Contains(Add(problem: "debt"), obstacle => obstacle.What.Contains("domestic-abuse", StringComparison.Ordinal));
        Assert.Contains(Add(known: ["domestic-abuse"]), obstacle => obstacle.What.Contains("not known to have", StringComparison.Ordinal));
        Assert.Contains(Add(source: "Mrs Tarn"), obstacle => obstacle.What.Contains("key-worker or family", StringComparison.Ordinal));
        Assert.Contains(Add(on: Families.Today.AddDays(1)), obstacle => obstacle.What.Contains("not in the future", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_taken_back_once()
    {
        var problem = new SurfacedProblem("r1", SurfacedProblemState.Surfaced, Families.Today, "family", "kw-1", Families.Today);
        var family = Families.In(FamilyCaseState.Completed);
        Assert.Empty(SurfacedProblemRules.ToWithdraw(family, problem));
        Assert.NotEmpty(SurfacedProblemRules.ToWithdraw(family, problem with { State = SurfacedProblemState.Withdrawn }));
        Assert.NotEmpty(SurfacedProblemRules.ToWithdraw(family, null));
        Assert.NotEmpty(SurfacedProblemRules.ToWithdraw(Families.In(FamilyCaseState.Erased), problem));
    }

    private static IReadOnlyList<Obstacle> Add(
        FamilyCaseState state = FamilyCaseState.Supported, string problem = "domestic-abuse", string source = "family", DateOnly? on = null, string[]? known = null) =>
        SurfacedProblemRules.ToAdd(Families.In(state), Programme, problem, source, Organisations, on ?? Families.Today, Families.Today, known ?? []);
}
