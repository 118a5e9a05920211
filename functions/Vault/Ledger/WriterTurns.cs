using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>Turns at the head among processes that contend for it, so that the store's time is not spent on commits that fail.</summary>
/// <remarks>Advice, not a lock: the head's ETag alone decides what stands, and no clock is compared with another's.
/// A commit writes in the head whose turn it is, and the last of a turn writes that it is nobody's. Nobody takes turns until a commit has failed or somebody else does.</remarks>
internal sealed class WriterTurns(ITableStore tables, string table)
{
    // Some eighty commits: long enough to pay for the change, short beside what a caller waits anyway.
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Look = Length / 50;

    // A head that stands still this long in somebody's turn was left by a process that ended.
    private static readonly TimeSpan Patience = 5 * Length;

    // After others were seen; then one more failed commit finds out whether there is still somebody else.
    private static readonly TimeSpan Contention = TimeSpan.FromSeconds(5);

    private readonly string me = Guid.NewGuid().ToString("N");
    private long contendedAt;
    private long takenAt;
    private bool lost;

    /// <summary>The last commit kept the turn for this process.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>The last commit gave the turn to whoever waits: the head is no longer this process's to follow.</summary>
    public bool IsOver { get; private set; }

    /// <summary>A commit failed because another process gained the head.</summary>
    public void Lost()
    {
        (lost, IsOver) = (true, false);
        contendedAt = TimeProvider.System.GetTimestamp();
    }

    /// <returns>Whose turn the next commit says it is.</returns>
    public string Sign()
    {
        var contended = contendedAt != 0 && Since(contendedAt) <= Contention;
        IsHeld = contended && Since(takenAt) < Length;
        IsOver = contended && !IsHeld;
        return IsHeld ? me : "";
    }

    /// <summary>Waits for this process's turn.</summary>
    /// <returns>The head; null in an empty ledger.</returns>
    public async Task<TableRow?> ReadHeadAsync()
    {
        if (IsOver)
        {
            // Whoever waits looks meanwhile.
            IsOver = false;
            await Task.Delay(3 * Look, TimeProvider.System);
        }

        var (owner, begun, seen) = (me, 0L, 0);
        var (eTag, since) = (default(ETag), 0L);
        while (true)
        {
            var head = await tables.GetAsync(table, LedgerRows.Log, LedgerRows.Head, CancellationToken.None);
            var turn = head is null ? "" : LedgerRows.ReadTurn(head);
            if (turn.Length == 0 && head is not null && lost)
            {
                // Somebody who takes no turns would go on gaining the head: that one's next commit fails, and then it waits.
                lost = false;
                await tables.SubmitAsync(table, LedgerRows.SetTurn(me), CancellationToken.None);
                continue;
            }

            var now = TimeProvider.System.GetTimestamp();
            if (turn.Length == 0 || turn == me || (head!.ETag == eTag && Since(since) > Patience))
            {
                takenAt = now;
                lost = false;
                return head;
            }

            (contendedAt, lost) = (now, false);
            (owner, begun, seen) = turn == owner ? (owner, begun, seen) : (turn, now, seen + 1);
            (eTag, since) = head.ETag == eTag ? (eTag, since) : (head.ETag, now);

            // A turn ends in its time, when who has waited through most of them looks first; or early, when there is nothing more to write.
            var rest = Length - Since(begun);
            var jitter = 0.5 + Random.Shared.NextDouble();
            await Task.Delay(rest > Length / 3 ? Length / 3 * jitter : rest > TimeSpan.Zero ? rest + (4 * Look / (seen * seen)) : Look * jitter, TimeProvider.System);
        }
    }

    /// <summary>Gives the turn back before its time.</summary>
    public async Task LeaveAsync()
    {
        IsHeld = false;
        try
        {
            await tables.SubmitAsync(table, LedgerRows.SetTurn(""), CancellationToken.None);
        }
        catch (StorageException)
        {
            // Not given back, it lapses; whether the store is there the next commit finds out.
        }
    }

    private static TimeSpan Since(long timestamp) => TimeProvider.System.GetElapsedTime(timestamp);
}
