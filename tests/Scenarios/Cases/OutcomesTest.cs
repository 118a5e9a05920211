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

    [Fact]
    public async Task A_family_is_claimed_for_once_and_never_again_once_it_is_erased_and_no_name_is_in_any_file_of_a_claim()
    {
        // The second was found apart, and is the same people at another home.
        var (first, again) = (await EnteredAsync("41 Wharf Street", "Ada", "Bea"), await EnteredAsync("42 Wharf Street", "Ada", "Bea"));
        Assert.Contains("shown by measure", await ClaimRefusedAsync(first), StringComparison.Ordinal);
        foreach (var term in Enumerable.Range(0, 3))
        {
            await TermAsync(term, new("Kit", "41 Wharf Street", 130, 0), new("Lee", "42 Wharf Street", 130, 0));
        }

        foreach (var family in (Family[])[first, again])
        {
            await world.ActAsync($"/cases/{family.Id}/completion");
            Assert.Equal(OutcomeResult.Progress, (await world.ActAsync($"/cases/{family.Id}/outcomes")).Outcome!.Result);
        }

        using var coordinator = world.As(Role.Coordinator);
        var claim = await coordinator.PostAsync<ClaimView>($"/cases/{first.Id}/claim", null, World.Patience);
        Assert.Equal(("Made", "Progress", "phase-1-002@1", 3), (claim.State, claim.Result, claim.Plan, claim.Extracts.Count));
        Assert.Contains("never claimed for", await ClaimRefusedAsync(first), StringComparison.Ordinal);
        Assert.Contains("nobody of whom was of one that was", await ClaimRefusedAsync(again), StringComparison.Ordinal);

        // The internal audit draws by a seed that the ledger keeps, and a return waits for its word.
        using var governance = world.As(Role.InformationGovernance);
        await Assert.ThrowsAsync<CommandException>(() =>
            coordinator.PostAsync<ClaimSample>("/claims/samples", new SampleRequest(5, 10), World.Patience));
        var sample = await governance.PostAsync<ClaimSample>("/claims/samples", new SampleRequest(5, 10), World.Patience);
        Assert.Equal((1, claim.Id), (sample.Of, Assert.Single(sample.Drawn)));
        Assert.Equal("seed 5, 10 % of 1 claims", Assert.Single(await world.OutcomesAsync("claim.sample")).Purpose);
        var early = await Assert.ThrowsAsync<CommandException>(() =>
            coordinator.PostAsync<ClaimReturn>("/claims/returns", null, World.Patience));
        Assert.Contains("the internal audit's word", early.Message, StringComparison.Ordinal);
        await governance.PostAsync<ClaimView>($"/claims/{claim.Id}/audit", new ClaimAudit(Confirmed: true), World.Patience);

        // The store is away when the return is written: the next call finishes it.
        world.Writes.RefuseNext = blob => blob.Name.StartsWith("claims/return-", StringComparison.Ordinal);
        await Assert.ThrowsAsync<CommandException>(() => coordinator.PostAsync<ClaimReturn>("/claims/returns", null, World.Patience));
        Assert.Equal("Returned", Assert.Single(await coordinator.GetAsync<ClaimView[]>("/claims", World.Patience)).State);
        var made = await coordinator.PostAsync<ClaimReturn>("/claims/returns", null, World.Patience);
        Assert.All(made.Claims, count => Assert.True(count.Families is null or 0));
        Assert.Equal("Returned", Assert.Single(await coordinator.GetAsync<ClaimView[]>("/claims", World.Patience)).State);
        Assert.Contains("no return has counted",
            (await Assert.ThrowsAsync<CommandException>(() =>
                coordinator.PostAsync<ClaimReturn>("/claims/returns", null, World.Patience))).Message, StringComparison.Ordinal);

        var evidence = await world.DocumentAsync<ClaimDocument>(CaseWorld.Council, $"claims/{claim.Id}.json");
        Assert.Equal(claim.Extracts.Order(), evidence.Evidence.Select(source => source.Extract).Order());
        Assert.NotEmpty((await world.DocumentAsync<ClaimReturn>(CaseWorld.Council, $"claims/return-{made.Return}.json")).Sentences);

        // The family is erased: what is left of it here says nothing of anybody, and still refuses.
        await world.PassAsync(TimeSpan.FromDays(367));
        await world.ActAsync($"/cases/{first.Id}/review", new ReviewRequest(FurtherRisk: false));
        await world.UntilAsync(first.Id, row => row.State is FamilyCaseState.Erased);
        Assert.Contains("nobody of whom was of one that was", await ClaimRefusedAsync(again), StringComparison.Ordinal);
        foreach (var folder in world.Folders)
        {
            Assert.Empty((await CanaryScan.FolderAsync(folder, [CaseWorld.Canary], World.Patience)).Hits);
        }
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
    /// <param name="forenames">Of its two adults; none: of their own.</param>
    private async Task<Family> EnteredAsync(string address, params string[] forenames)
    {
        var family = await world.InvitedAsync("education");
        foreach (var (member, place) in family.Members.Select((member, place) => (member, place)))
        {
            var form = world.Form(member);
            await world.ActAsync(
                $"/cases/{family.Id}/consents/{member}/give", forenames.Length == 0 ? form
                    : form with { Forenames = forenames[place], Address = address });
        }

        await world.ActAsync($"/cases/{family.Id}/key-worker", new AllocationRequest(CaseWorld.KeyWorker));
        await world.IndexAsync(family, address, "LE1 1AA");
        return family;
    }

    private async Task<string> ClaimRefusedAsync(Family family)
    {
        using var coordinator = world.As(Role.Coordinator);
        return (await Assert.ThrowsAsync<CommandException>(() =>
            coordinator.PostAsync<ClaimView>($"/cases/{family.Id}/claim", null, World.Patience))).Message;
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
