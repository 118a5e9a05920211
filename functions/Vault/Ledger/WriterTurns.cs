using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>Turns at the head among processes that contend for it, so that the store's time is not spent on commits that fail.</summary>
/// <remarks>Advice, not a lock: the head's ETag alone decides what stands, and no clock is compared with another's. Nobody takes turns until a commit has failed or somebody else does.</remarks>
internal sealed class WriterTurns(ITableStore tables, string table)
{
    private const string Partition = "turn";
    private const string Row = "writer";
    private const string Owner = "Owner";

    // Some fifty commits: long enough to pay for the change, short beside what a caller waits anyway.
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Look = Length / 50;

    // A turn not given back this long belongs to a process that ended.
    private static readonly TimeSpan Patience = 5 * Length;

    // After a conflict; then one more failed commit finds out whether there is still somebody else.
    private static readonly TimeSpan Contention = TimeSpan.FromSeconds(5);

    // Who gains the head every time never learns by losing that others wait: so it looks, this often.
    private const int CommitsWithoutLooking = 32;

    private readonly string me = Guid.NewGuid().ToString("N");
    private long contendedAt;
    private long takenAt;
    private int unlooked;
    private ETag? held;

    public bool IsHeld => held is not null;

    /// <summary>Another process gained the head: from now on, for a while, turns are taken.</summary>
    public void Lost() => contendedAt = TimeProvider.System.GetTimestamp();

    /// <summary>Waits for this process's turn.</summary>
    /// <returns>True when others may have written since its last one.</returns>
    public async Task<bool> EnterAsync()
    {
        if (held is not null && Since(takenAt) < Length)
        {
            return false;
        }

        var changed = held is not null;
        await LeaveAsync();
        if (!await IsContendedAsync())
        {
            return changed;
        }

        if (changed)
        {
            // Whoever waits looks meanwhile.
            await Task.Delay(3 * Look, TimeProvider.System);
        }

        await TakeAsync();
        return true;
    }

    /// <summary>Gives the turn back.</summary>
    public async Task LeaveAsync()
    {
        if (held is { } eTag)
        {
            held = null;
            try
            {
                await TryWriteAsync("", eTag);
            }
            catch (StorageException)
            {
                // Not given back, it lapses; whether the store is there the next commit finds out.
            }
        }
    }

    private async Task<bool> IsContendedAsync()
    {
        if (contendedAt != 0 && Since(contendedAt) <= Contention)
        {
            return true;
        }

        if (++unlooked % CommitsWithoutLooking != 0 || await ReadAsync() is not { } row || IsFree(row))
        {
            return false;
        }

        Lost();
        return true;
    }

    private async Task TakeAsync()
    {
        var (seen, since) = (default(ETag), 0L);
        while (true)
        {
            var row = await ReadAsync();
            var free = row is null || IsFree(row) || (row.ETag == seen && Since(since) > Patience);
            if (free && await TryWriteAsync(me, row?.ETag ?? default) is { } eTag)
            {
                (held, takenAt) = (eTag, TimeProvider.System.GetTimestamp());
                return;
            }

            // A turn just begun is let run; towards its end one looks often.
            var begun = row is not null && row.ETag != seen;
            (seen, since) = begun ? (row!.ETag, TimeProvider.System.GetTimestamp()) : (seen, since);
            await Task.Delay(begun && !free ? Length * 0.8 : Look * (1 + Random.Shared.NextDouble()), TimeProvider.System);
        }
    }

    private Task<TableRow?> ReadAsync() => tables.GetAsync(table, Partition, Row, CancellationToken.None);

    private static bool IsFree(TableRow row) => row.Get<string>(Owner).Length == 0;

    private async Task<ETag?> TryWriteAsync(string owner, ETag eTag)
    {
        try
        {
            var row = new TableRow(Partition, Row) { ETag = eTag, [Owner] = owner };
            return (await tables.SubmitAsync(table, [eTag == default ? TableWrite.Insert(row) : TableWrite.Replace(row)], CancellationToken.None))[0];
        }
        catch (StorageException exception) when (exception.Error is StorageError.ConditionNotMet or StorageError.AlreadyExists)
        {
            return null;
        }
    }

    private static TimeSpan Since(long timestamp) => TimeProvider.System.GetElapsedTime(timestamp);
}
