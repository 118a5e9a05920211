using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Registers;

namespace TfFlow.Scenarios;

/// <summary>Registers on a real store: what was changed by somebody else is never overwritten, what the table forbids never happens.</summary>
public class RegisterTest
{
    [Fact]
    public async Task A_change_of_a_row_somebody_else_changed_is_refused_and_a_forbidden_move_too()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();
        var kept = await World.DropAsync(host, World.AttendanceFile(20));
        using var byHand = WriteWatch.ByHand();
        var extracts = host.Services.GetRequiredService<Registers>().Extracts;
        var mine = await extracts.GetAsync(kept.Id, World.Patience);
        var theirs = await extracts.GetAsync(kept.Id, World.Patience);

        await extracts.ChangeAsync(theirs, theirs.Row with { RowsRefused = 7 }, World.Patience);

        await Assert.ThrowsAsync<LostUpdateException>(() => extracts.ChangeAsync(mine, mine.Row with { State = ExtractStage.Erasing }, World.Patience));
        var now = await extracts.GetAsync(kept.Id, World.Patience);
        Assert.Equal(7, now.Row.RowsRefused);
        Assert.Equal(ExtractStage.Kept, now.Row.State);
        await Assert.ThrowsAsync<ForbiddenTransitionException>(() => extracts.ChangeAsync(now, now.Row with { State = ExtractStage.Erased }, World.Patience));
        Assert.Null(await extracts.TryAddAsync(now.Row with { State = ExtractStage.Claimed }, World.Patience));
        Assert.Equal([kept.Id], await extracts.DueAsync(kept.KeptUntil!.Value, World.Patience).ToListAsync());
        Assert.Empty(await extracts.DueAsync(kept.KeptUntil.Value.AddTicks(-1), World.Patience).ToListAsync());
    }

    [Fact]
    public async Task Of_two_who_change_a_legal_hold_at_once_the_second_looks_again_and_what_is_released_stays_released()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();
        using var byHand = WriteWatch.ByHand();
        var holds = host.Services.GetRequiredService<Registers>().Holds;
        var hold = new HoldRow
        {
            Id = Reference.New(),
            Hold = new(LegalHoldState.InForce, "somebody", HoldReason.CourtOrder, new('a', 64), [Reference.New()], World.Today, World.Today.AddDays(30)),
            RoleCode = "InformationGovernance",
            PlacedAt = TimeProvider.System.GetUtcNow(),
        };
        Assert.NotNull(await holds.TryAddAsync(hold, World.Patience));
        Assert.Null(await holds.TryAddAsync(hold, World.Patience));
        var mine = await holds.GetAsync(hold.Id, World.Patience);
        var theirs = await holds.GetAsync(hold.Id, World.Patience);

        await holds.ChangeAsync(theirs, theirs.Row with { Hold = theirs.Row.Hold with { State = LegalHoldState.Released } }, World.Patience);

        await Assert.ThrowsAsync<LostUpdateException>(() => holds.ChangeAsync(mine, mine.Row with { Hold = mine.Row.Hold with { ReviewOn = World.Today.AddDays(60) } }, World.Patience));
        var now = await holds.GetAsync(hold.Id, World.Patience);
        Assert.Equal(World.Today.AddDays(30), now.Row.Hold.ReviewOn);
        await Assert.ThrowsAsync<ForbiddenTransitionException>(() => holds.ChangeAsync(now, now.Row with { Hold = now.Row.Hold with { State = LegalHoldState.InForce } }, World.Patience));
    }

    [Fact]
    public async Task Families_and_rounds_are_kept_by_the_same_rules()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();
        using var byHand = WriteWatch.ByHand();
        var registers = host.Services.GetRequiredService<Registers>();
        var family = new Family
        {
            Id = Reference.New(),
            State = CohortState.Recorded,
            Programme = "phase-2-001@1",
            Authority = "northmere",
            RunId = "r1",
            FoundAt = TimeProvider.System.GetUtcNow(),
        };
        Assert.NotNull(await registers.Families.TryAddAsync(family, World.Patience));
        var mine = await registers.Families.GetAsync(family.Id, World.Patience);
        await registers.Families.ChangeAsync(mine, mine.Row with { State = CohortState.InReview }, World.Patience);
        await Assert.ThrowsAsync<LostUpdateException>(() => registers.Families.ChangeAsync(mine, mine.Row with { State = CohortState.InCohort }, World.Patience));
        var now = await registers.Families.GetAsync(family.Id, World.Patience);
        await Assert.ThrowsAsync<ForbiddenTransitionException>(() => registers.Families.ChangeAsync(now, now.Row with { State = CohortState.Erased }, World.Patience));

        var run = new MatchingRun
        {
            Id = "p-v1-r1",
            State = MatchingStage.Started,
            Round = 1,
            Programme = "p@1",
            Authority = "northmere",
            On = World.Today,
            StartedAt = TimeProvider.System.GetUtcNow(),
            StartedBy = "somebody",
        };
        Assert.NotNull(await registers.Matchings.TryAddAsync(run, World.Patience));
        Assert.Null(await registers.Matchings.TryAddAsync(run, World.Patience));
        var round = await registers.Matchings.GetAsync(run.Id, World.Patience);
        await registers.Matchings.ChangeAsync(round, round.Row with { State = MatchingStage.Matching }, World.Patience);
        await Assert.ThrowsAsync<LostUpdateException>(() => registers.Matchings.ChangeAsync(round, round.Row with { Partitions = 9 }, World.Patience));
        round = await registers.Matchings.GetAsync(run.Id, World.Patience);
        await Assert.ThrowsAsync<ForbiddenTransitionException>(() => registers.Matchings.ChangeAsync(round, round.Row with { State = MatchingStage.Completed }, World.Patience));
    }
}
