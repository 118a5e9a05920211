using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;
using TfFlow.Vault.Keys;

namespace TfFlow.Scenarios.Cases;

/// <summary>From a school's drop to a family's outcome: by measure, over one whole academic year, and by nothing that anybody
/// types.</summary>
public sealed class OutcomesTest : IAsyncLifetime
{
    private static readonly Term[] Year =
        [new(new(2034, 9, 4), new(2034, 12, 20)), new(new(2035, 1, 8), new(2035, 4, 4)), new(new(2035, 4, 23), new(2035, 7, 20))];

    private readonly CaseWorld world = CaseWorld.Measuring(new(2034, 7, 10, 9, 0, 0, TimeSpan.Zero), Plan());

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    /// <remarks>seeds/001 Significant and sustained progress: 85 % over one whole academic year; of 1,000 sessions 850, and 849 are not
    /// enough.</remarks>
    [Fact]
    public async Task A_year_of_attendance_is_decided_both_ways_at_84_9_and_85_per_cent_and_one_corrected_figure_changes_it()
    {
        var (at85, at849, late) = (await EnteredAsync("31 Wharf Street"), await EnteredAsync("32 Wharf Street"),
            await EnteredAsync("33 Wharf Street"));
        Assert.Equal(("phase-1-002@1", new DateOnly(2034, 7, 10)),
            ((await CaseAsync(at85)).Entry!.Plan, (await CaseAsync(at85)).Entry!.On));
        Assert.Equal(OutcomeResult.NotShown, (await MeasureAsync(at85)).Result);

        await TermAsync(0, new("Kit", "31 Wharf Street", 400, 60), new("Robin", "32 Wharf Street", 400, 60),
            new("Sam", "33 Wharf Street", 400, 0));
        await TermAsync(1, new("Kit", "31 Wharf Street", 400, 60), new("Robin", "32 Wharf Street", 400, 60));
        await TermAsync(2, new("Kit", "31 Wharf Street", 200, 30), new("Robin", "32 Wharf Street", 200, 31),
            new("Sam", "33 Wharf Street", 200, 0));
        foreach (var family in (Family[])[at85, at849, late])
        {
            await world.ActAsync($"/cases/{family.Id}/completion");
        }

        // 850 of 1,000.
        var shown = await world.ActAsync($"/cases/{at85.Id}/outcomes");
        Assert.Equal((nameof(FamilyCaseState.OutcomesChecked), OutcomeResult.Progress), (shown.State, shown.Outcome!.Result));
        Assert.Equal([(nameof(MeasuredAt.Entry), "NotShown"), (nameof(MeasuredAt.Conclusion), "Progress")],
            shown.Measurements.Select(measured => (measured.At, measured.Result)));
        var explained = (await ReadAsync(at85))[^1];
        Assert.Contains(explained.Explanation, line => line.Contains("85.0 % (850 of 1,000; 85 % is asked)", StringComparison.Ordinal));
        Assert.Equal(3, explained.Sources.Count);
        Assert.All(explained.Sources, source =>
            Assert.Equal(("caseshire-school", "school-attendance", "caseshire@2025-01-01"),
                (source.Originator.Text, source.Dataset, source.Agreement)));
        Assert.Contains(explained.Explanation, line => line.Contains(explained.Sources[0].Extract, StringComparison.Ordinal));

        // 849 of 1,000.
        Assert.Contains("shown by measure", await world.RefusedAsync($"/cases/{at849.Id}/outcomes"), StringComparison.Ordinal);
        Assert.Contains((await ReadAsync(at849))[^1].Explanation, line =>
            line.Contains("84.9 % (849 of 1,000; 85 % is asked)", StringComparison.Ordinal));
        Assert.Equal(FamilyCaseState.Completed, (await CaseAsync(at849)).State);

        // A term that is missing is not shown, and never success.
        Assert.Contains("shown by measure", await world.RefusedAsync($"/cases/{late.Id}/outcomes"), StringComparison.Ordinal);
        Assert.Contains((await ReadAsync(late))[^1].Explanation, line =>
            line.Contains("the term from 8 January 2035 is not known", StringComparison.Ordinal));

        // What a person writes about an outcome is not read.
        Assert.Contains("shown by measure",
            await world.RefusedAsync($"/cases/{at849.Id}/outcomes", new { Outcome = "Progress", Result = 2 }), StringComparison.Ordinal);

        // The school corrects one figure.
        await world.AttendanceAsync(Year[2].Start, new PupilTerm("Robin", "32 Wharf Street", 200, 30));
        Assert.Equal(OutcomeResult.Progress, (await world.ActAsync($"/cases/{at849.Id}/outcomes")).Outcome!.Result);

        // A year after the end of support, what is not shown is the answer.
        await world.PassAsync(TimeSpan.FromDays(367));
        Assert.Equal(OutcomeResult.NotShown, (await world.ActAsync($"/cases/{late.Id}/outcomes")).Outcome!.Result);

        // The figures go with the case, and no name is in anything that was written.
        var figures = (await CaseAsync(at85)).Measurements.Select(measured => measured.Figures.Name).ToList();
        await world.ActAsync($"/cases/{at85.Id}/review", new ReviewRequest(FurtherRisk: false));
        await world.UntilAsync(at85.Id, row => row.State is FamilyCaseState.Erased);
        var keys = world.Host.Services.GetRequiredService<DataKeys>();
        foreach (var name in figures)
        {
            Assert.Null(await keys.FindAsync(name, World.Patience));
        }

        foreach (var folder in world.Folders)
        {
            Assert.Empty((await CanaryScan.FolderAsync(folder, [CaseWorld.Canary], World.Patience)).Hits);
        }
    }

    [Fact]
    public async Task A_family_keeps_the_plan_by_which_it_entered_unless_a_coordinator_moves_it_with_a_reason()
    {
        var family = await EnteredAsync("34 Wharf Street");
        var path = $"/cases/{family.Id}/outcome-plan";
        Assert.Contains("phase-1-002@1, phase-1-002@2",
            await world.RefusedAsync(path, new PlanMoveRequest("phase-1-002@3", PlanMoveReason.PlanInError)), StringComparison.Ordinal);
        Assert.Contains("another family outcome plan",
            await world.RefusedAsync(path, new PlanMoveRequest("phase-1-002@1", PlanMoveReason.PlanInError)), StringComparison.Ordinal);
        Assert.Contains("the reason", await world.RefusedAsync(path, new PlanMoveRequest("phase-1-002@2", 0)), StringComparison.Ordinal);

        var moved = await world.ActAsync(path, new PlanMoveRequest("phase-1-002@2", PlanMoveReason.FamilysProblems));

        Assert.Equal("phase-1-002@2", moved.Entry!.Plan);
        var act = Assert.Single(await world.OutcomesAsync("case.move-plan", family.Id));
        Assert.Equal("familys-problems: from phase-1-002@1 to phase-1-002@2", act.Purpose);
        Assert.Contains("phase-1-002@2", (await MeasureAsync(family)).Explanation[0], StringComparison.Ordinal);
        Assert.Equal(2, (await world.OutcomesAsync("document.use"))
            .Count(used => used.ActId.StartsWith("document.use.outcomes.phase-1-002@", StringComparison.Ordinal)));
        using var keyWorker = world.As(Role.KeyWorker, account: CaseWorld.KeyWorker);
        await Assert.ThrowsAsync<CommandException>(() =>
            keyWorker.PostAsync<CaseView>(path, new PlanMoveRequest("phase-1-002@1", PlanMoveReason.PlanInError), World.Patience));
        await Assert.ThrowsAsync<CommandException>(() =>
            keyWorker.GetAsync<ShownMeasurement[]>($"/cases/{family.Id}/measurements", World.Patience));
    }

    /// <summary>The plan that ships, the same in another version, and the terms of one academic year.</summary>
    private static MatchingPlan Plan()
    {
        var first = OutcomePlanCatalogue.Shipped["phase-1-002@1"];
        var second = first with { Version = 2, Sha256 = new('2', 64) };
        return MatchingPlan.Shipped with
        {
            Authority = CaseWorld.Council,
            Terms = new(Year),
            Outcomes = first,
            OutcomePlans = new Dictionary<string, FamilyOutcomePlan> { [first.Name] = first, [second.Name] = second },
        };
    }

    /// <summary>A supported family that was found by its children's attendance alone.</summary>
    private async Task<Family> EnteredAsync(string address)
    {
        var family = await world.SupportedAsync(CaseWorld.KeyWorker, "education");
        await world.IndexAsync(family, address, "LE1 1AA");
        return family;
    }

    /// <summary>The day after a term the school sends its attendance.</summary>
    private async Task TermAsync(int term, params PupilTerm[] pupils)
    {
        await world.Host.Engine.AdvanceToAsync(new(Year[term].End.AddDays(1), new(9, 0), TimeSpan.Zero), World.Patience);
        Assert.Equal(pupils.Length, (await world.AttendanceAsync(Year[term].Start, pupils)).RowsAccepted);
    }

    private async Task<ShownMeasurement> MeasureAsync(Family family)
    {
        using var coordinator = world.As(Role.Coordinator);
        return await coordinator.PostAsync<ShownMeasurement>($"/cases/{family.Id}/measurements", null, World.Patience);
    }

    private async Task<ShownMeasurement[]> ReadAsync(Family family)
    {
        using var coordinator = world.As(Role.Coordinator);
        return await coordinator.GetAsync<ShownMeasurement[]>($"/cases/{family.Id}/measurements", World.Patience);
    }

    private async Task<Lifecycle.Cases.Case> CaseAsync(Family family) =>
        (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row;
}
