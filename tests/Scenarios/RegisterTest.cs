using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle;
using TfFlow.Programme.Extracts;
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
        var extracts = host.Services.GetRequiredService<Registers>().Extracts;
        var mine = await extracts.GetAsync(kept.Id, World.Patience);
        var theirs = await extracts.GetAsync(kept.Id, World.Patience);

        await extracts.ChangeAsync(theirs, theirs.Row with { RowsRefused = 7 }, World.Patience);

        await Assert.ThrowsAsync<LostUpdateException>(() => extracts.ChangeAsync(mine, mine.Row with { State = ExtractStage.Erasing }, World.Patience));
        var now = await extracts.GetAsync(kept.Id, World.Patience);
        Assert.Equal(7, now.Row.RowsRefused);
        Assert.Equal(ExtractStage.Kept, now.Row.State);
        await Assert.ThrowsAsync<ForbiddenTransitionException>(() => extracts.ChangeAsync(now, now.Row with { State = ExtractStage.Erased }, World.Patience));
        Assert.False(await extracts.TryAddAsync(now.Row with { State = ExtractStage.Claimed }, World.Patience));
        Assert.Equal([kept.Id], await extracts.DueAsync(kept.KeptUntil!.Value, World.Patience).ToListAsync());
        Assert.Empty(await extracts.DueAsync(kept.KeptUntil.Value.AddTicks(-1), World.Patience).ToListAsync());
    }
}
