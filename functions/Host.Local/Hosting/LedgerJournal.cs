using System.Globalization;
using Microsoft.Extensions.Logging;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Host.Local.Hosting;

/// <summary>Remembers, beside the store, the last entries the store acknowledged: an emulator that is killed forgets some of them, and this says which.</summary>
/// <remarks>One line an entry, "index act-id kind": opaque references only.</remarks>
internal sealed partial class LedgerJournal : IDisposable
{
    private const int Kept = 1_000;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly Ledger ledger;
    private readonly ILogger log;
    private StreamWriter file;

    public LedgerJournal(string path, Ledger ledger, ILogger<LedgerJournal> log)
    {
        this.path = path;
        this.ledger = ledger;
        this.log = log;
        file = Rewrite(Read(path).TakeLast(Kept));
        ledger.Appended += Remember;
    }

    /// <summary>Compares what the store holds with what it acknowledged; says what is missing, and forgets it once said.</summary>
    /// <returns>How many acknowledged entries the store no longer has.</returns>
    public async Task<int> CompareAsync(CancellationToken cancellationToken)
    {
        var head = await ledger.GetHeadAsync(cancellationToken);
        lock (gate)
        {
            file.Dispose();
            var lines = Read(path).ToList();
            var lost = lines.Where(line => line.Index >= head.Size).ToList();
            file = Rewrite(lines.Where(line => line.Index < head.Size).TakeLast(Kept));
            if (lost.Count > 0)
            {
                LogLost(head.Size, lost.Max(line => line.Index) + 1, string.Join(", ", lost.Select(line => $"{line.ActId} ({line.Kind})")));
            }

            return lost.Count;
        }
    }

    public void Dispose()
    {
        ledger.Appended -= Remember;
        lock (gate)
        {
            file.Dispose();
        }
    }

    private void Remember(LedgerEntry entry, LedgerPlace place)
    {
        lock (gate)
        {
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place.Index} {entry.ActId} {entry.Kind}"));
        }
    }

    private static IEnumerable<Line> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        // A line that a kill cut short says nothing.
        return File.ReadAllLines(path).Select(line => line.Split(' '))
            .Where(parts => parts.Length == 3)
            .Select(parts => new Line(long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2]));
    }

    private StreamWriter Rewrite(IEnumerable<Line> lines)
    {
        File.WriteAllLines(path + ".new", lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Index} {line.ActId} {line.Kind}")).ToList());
        File.Move(path + ".new", path, overwrite: true);
        return new StreamWriter(path, append: true) { AutoFlush = true };
    }

    private sealed record Line(long Index, string ActId, string Kind);

    [LoggerMessage(
        LogLevel.Critical,
        "The ledger in the store ends before what this host wrote: it has {Size} entries, and had {Was}. The store lost acknowledged writes. "
        + "Missing: {Acts}. What these acts concern must be looked at: 'tfflow ledger verify', then the extracts they name.")]
    private partial void LogLost(long size, long was, string acts);
}
