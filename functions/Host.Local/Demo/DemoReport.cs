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
    CanaryReport Canaries,
    IReadOnlyList<DemoInvariant> Invariants,
    IReadOnlyDictionary<string, double> Seconds);

/// <param name="Story">What the file was.</param>
/// <param name="Intake">As it stood after its intake.</param>
/// <param name="AtTheEnd">As it stands after its retention.</param>
public sealed record DemoExtract(string Story, int Rows, ExtractView Intake, ExtractView AtTheEnd);

/// <param name="Texts">Names, addresses and dates that were searched for.</param>
/// <param name="Bytes">Bytes searched: all that storage, the host and the console wrote.</param>
/// <param name="Hits">Where one was found; empty is as it must be.</param>
public sealed record CanaryReport(int Texts, long Bytes, IReadOnlyList<string> Hits);

/// <param name="Detail">What was found, in one line.</param>
public sealed record DemoInvariant(string Name, bool Holds, string Detail);
