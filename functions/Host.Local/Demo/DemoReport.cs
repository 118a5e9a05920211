using TfFlow.Api.Endpoints;

namespace TfFlow.Host.Local.Demo;

/// <summary>What <c>--report</c> writes.</summary>
/// <param name="Rows">In all files together.</param>
public sealed record DemoReport(
    int Seed,
    int Files,
    long Rows,
    IReadOnlyList<DemoExtract> Extracts,
    long RowsAccepted,
    long RowsRefused,
    int Quarantined,
    int PlainDrops,
    int BlobsSealed,
    long BytesSealed,
    int ExtractsErased,
    int BlobsErased,
    DateTimeOffset Began,
    DateTimeOffset Ended,
    LedgerHeadView Ledger,
    ReceiptReport Receipts,
    CanaryReport Canaries,
    IReadOnlyList<DemoInvariant> Invariants,
    IReadOnlyDictionary<string, double> Seconds);

/// <param name="Story">What the file was.</param>
/// <param name="Intake">As it stood after its intake.</param>
/// <param name="AtTheEnd">As it stands after its retention.</param>
public sealed record DemoExtract(string Story, int Rows, ExtractView Intake, ExtractView AtTheEnd);

/// <param name="Checked">Receipts that hold, each checked offline with the public key alone.</param>
/// <param name="CheckpointSize">How many entries the checkpoint covers that the agencies hold.</param>
public sealed record ReceiptReport(int Checked, long CheckpointSize);

/// <param name="Texts">Names, addresses and dates that were searched for.</param>
/// <param name="Bytes">Bytes searched: all that storage, the host and the console wrote.</param>
/// <param name="Hits">Where one was found; empty is as it must be.</param>
public sealed record CanaryReport(int Texts, long Bytes, IReadOnlyList<string> Hits);

/// <param name="Detail">What was found, in one line.</param>
public sealed record DemoInvariant(string Name, bool Holds, string Detail);
