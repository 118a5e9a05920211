using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using TfFlow.Programme;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Registers;

/// <summary>What a register keeps of one thing: an opaque id, a state, perhaps a date on which something is due. No personal data.</summary>
public interface IRegisterRow<TState> where TState : struct, Enum
{
    /// <summary>Random; letters, digits and hyphens.</summary>
    string Id { get; }

    TState State { get; }

    /// <summary>When the sweep shall look at it, or null.</summary>
    DateTimeOffset? DueAt { get; }
}

/// <summary>A row as it was read: what may be changed only if nobody else changed it since.</summary>
public sealed record Registered<TRow>(TRow Row, ETag ETag);

/// <summary>One state machine's rows: the truth that orchestrations and the gate read.</summary>
/// <remarks>All rows of a register share a partition, so a row and its due row change together:
/// <c>r|id</c> holds the row, <c>d|ticks|id</c> says when it is due.</remarks>
public sealed class Register<TRow, TState>(ITableStore tables, string table, TransitionTable<TState> transitions)
    where TRow : class, IRegisterRow<TState>
    where TState : struct, Enum
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };
    private static readonly string Partition = typeof(TRow).Name;

    public Task CreateAsync(CancellationToken cancellationToken) => tables.CreateTableAsync(table, cancellationToken);

    /// <returns>The row as it stands; null when one of that id is there already, which is left as it is.</returns>
    public async Task<Registered<TRow>?> TryAddAsync(TRow row, CancellationToken cancellationToken)
    {
        if (!row.State.Equals(transitions.Initial))
        {
            throw new InvalidOperationException($"{Partition} {row.Id} cannot begin as {row.State}: only as {transitions.Initial}.");
        }

        try
        {
            var eTags = await tables.SubmitAsync(table, [TableWrite.Insert(Encode(row, default)), .. DueWrites(null, row)], cancellationToken);
            return new(row, eTags[0]);
        }
        catch (StorageException e) when (e.Error is StorageError.AlreadyExists)
        {
            return null;
        }
    }

    public async Task<Registered<TRow>?> FindAsync(Id<TRow> id, CancellationToken cancellationToken) =>
        await tables.GetAsync(table, Partition, "r|" + id, cancellationToken) is { } row ? Decode(row) : null;

    /// <exception cref="KeyNotFoundException">The register has no such row.</exception>
    public async Task<Registered<TRow>> GetAsync(Id<TRow> id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException($"{Partition} {id} is not in the register.");

    /// <summary>Changes a row as it was read; its state may stay or move along the transition table.</summary>
    /// <exception cref="ForbiddenTransitionException">The table does not allow the move.</exception>
    /// <exception cref="LostUpdateException">Somebody else changed the row since it was read: read it again.</exception>
    public async Task<Registered<TRow>> ChangeAsync(Registered<TRow> current, TRow next, CancellationToken cancellationToken)
    {
        var from = current.Row.State;
        if (!from.Equals(next.State) && !transitions.Allows(from, next.State))
        {
            throw new ForbiddenTransitionException(Partition, next.Id, from.ToString(), next.State.ToString());
        }

        try
        {
            var eTags = await tables.SubmitAsync(
                table, [TableWrite.Replace(Encode(next, current.ETag)), .. DueWrites(current.Row, next)], cancellationToken);
            return new(next, eTags[0]);
        }
        catch (StorageException e) when (e.Error is StorageError.ConditionNotMet or StorageError.NotFound)
        {
            throw new LostUpdateException(Partition, next.Id, e);
        }
    }

    public IAsyncEnumerable<Registered<TRow>> ListAsync(CancellationToken cancellationToken) =>
        ListAsync("r|", "r}", cancellationToken);

    /// <summary>The ids due at <paramref name="now"/> or before, the longest due first.</summary>
    public async IAsyncEnumerable<string> DueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = TableQuery.Partition(Partition) with { RowFrom = "d|", RowBefore = $"d|{Ticks(now.AddTicks(1))}", Select = [] };
        await foreach (var row in tables.QueryAsync(table, query, cancellationToken))
        {
            yield return row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..];
        }
    }

    private async IAsyncEnumerable<Registered<TRow>> ListAsync(string from, string before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = TableQuery.Partition(Partition) with { RowFrom = from, RowBefore = before };
        await foreach (var row in tables.QueryAsync(table, query, cancellationToken))
        {
            yield return Decode(row);
        }
    }

    private static IEnumerable<TableWrite> DueWrites(TRow? before, TRow after)
    {
        if (before?.DueAt == after.DueAt)
        {
            yield break;
        }

        if (before?.DueAt is { } old)
        {
            yield return TableWrite.DeleteAny(Partition, DueKey(old, after.Id));
        }

        if (after.DueAt is { } due)
        {
            yield return TableWrite.Upsert(new TableRow(Partition, DueKey(due, after.Id)));
        }
    }

    private static string DueKey(DateTimeOffset due, string id) => $"d|{Ticks(due)}|{id}";

    private static string Ticks(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    private static TableRow Encode(TRow row, ETag eTag) => new(Partition, "r|" + row.Id)
    {
        ETag = eTag,
        ["State"] = row.State.ToString(),
        ["Row"] = JsonSerializer.Serialize(row, Json),
    };

    private static Registered<TRow> Decode(TableRow row) =>
        new(JsonSerializer.Deserialize<TRow>(row.Get<string>("Row"), Json)!, row.ETag);
}

public sealed class ForbiddenTransitionException(string register, string id, string from, string to)
    : Exception($"{register} {id} may not move from {from} to {to}.");

public sealed class LostUpdateException(string register, string id, Exception inner)
    : Exception($"{register} {id} was changed by somebody else since it was read.", inner);
