using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle;

/// <summary>What became of an act on a register row.</summary>
/// <param name="Row">As it is now; null when there is none.</param>
/// <param name="Obstacles">Why it was not done; empty when it was.</param>
public sealed record Answer<TRow>(TRow? Row, IReadOnlyList<Obstacle> Obstacles) where TRow : class;

/// <summary>The one way people act on a register row: find it, check the rules, write the intent, change the row, wake what waits for it.</summary>
public sealed class RowActs(Acts acts, Waker waker, TimeProvider time)
{
    /// <summary>Adds a row, unless something stands against it. A row that is due at once wakes its orchestration.</summary>
    public async Task<Answer<TRow>> AddAsync<TRow, TState>(
        Register<TRow, TState> register, TRow row, LedgerAct act, IReadOnlyList<Obstacle> obstacles, CancellationToken cancellationToken)
        where TRow : class, IRegisterRow<TState>
        where TState : struct, Enum
    {
        if (obstacles.Count > 0)
        {
            return new(null, obstacles);
        }

        await acts.PerformAsync(act, token => register.TryAddAsync(row, token), cancellationToken);
        if (row.DueAt <= time.GetUtcNow())
        {
            await waker.WakeAsync<TRow>(row.Id, cancellationToken);
        }

        return new(row, []);
    }

    /// <summary>Performs an act whose whole effect is a change of the row.</summary>
    /// <exception cref="LostUpdateException">Somebody else changed the row since it was read.</exception>
    public Task<Answer<TRow>> ChangeAsync<TRow, TState>(
        Register<TRow, TState> register, string id, Func<TRow, LedgerAct> act, Func<TRow, IReadOnlyList<Obstacle>> check, Func<TRow, TRow> change, CancellationToken cancellationToken)
        where TRow : class, IRegisterRow<TState>
        where TState : struct, Enum =>
        PerformAsync(register, id, act, check, (current, token) => register.ChangeAsync(current, change(current.Row), token), cancellationToken);

    /// <summary>Performs an act that does more than change the row.</summary>
    /// <exception cref="LostUpdateException">Somebody else changed the row since it was read.</exception>
    public async Task<Answer<TRow>> PerformAsync<TRow, TState>(
        Register<TRow, TState> register,
        string id,
        Func<TRow, LedgerAct> act,
        Func<TRow, IReadOnlyList<Obstacle>> check,
        Func<Registered<TRow>, CancellationToken, Task> effect,
        CancellationToken cancellationToken)
        where TRow : class, IRegisterRow<TState>
        where TState : struct, Enum
    {
        if (await register.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        if (check(current.Row) is { Count: > 0 } obstacles)
        {
            return new(current.Row, obstacles);
        }

        await acts.PerformAsync(act(current.Row), token => effect(current, token), cancellationToken);
        return await SettledAsync(register, id, cancellationToken);
    }

    /// <summary>Wakes what waits for a row that an act changed.</summary>
    /// <returns>The row as it is now.</returns>
    public async Task<Answer<TRow>> SettledAsync<TRow, TState>(Register<TRow, TState> register, string id, CancellationToken cancellationToken)
        where TRow : class, IRegisterRow<TState>
        where TState : struct, Enum
    {
        await waker.WakeAsync<TRow>(id, cancellationToken);
        return new((await register.GetAsync(id, cancellationToken)).Row, []);
    }
}
