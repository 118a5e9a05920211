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
    DemoMatching Matching,
    LedgerHeadView Ledger,
    ReceiptReport Receipts,
    CanaryReport Canaries,
    IReadOnlyList<DemoInvariant> Invariants,
    IReadOnlyDictionary<string, double> Seconds);

/// <param name="Story">What the file was.</param>
/// <param name="Intake">As it stood after its intake.</param>
/// <param name="AtTheEnd">As it stands after its retention.</param>
public sealed record DemoExtract(string Story, int Rows, ExtractView Intake, ExtractView AtTheEnd);

/// <summary>What the matching round found, against the truth.</summary>
/// <param name="People">Who live in the authority.</param>
/// <param name="Households">Of the authority.</param>
/// <param name="Round">As its register has it.</param>
/// <param name="ByProblems">Families of the cohort by how many problems are shown.</param>
/// <param name="RecordsErased">Records from partners that were erased as soon as matching was completed.</param>
/// <param name="RecordsKept">Records from partners that were sealed anew for families.</param>
/// <param name="Reviewed">Uncertain households decided by a person.</param>
/// <param name="Lapsed">Uncertain households nobody decided in time.</param>
/// <param name="BeforeReview">The cohort as the round found it.</param>
/// <param name="AfterReview">The cohort with what was decided.</param>
public sealed record DemoMatching(
    int People,
    int Households,
    MatchingView Round,
    IReadOnlyDictionary<int, int> ByProblems,
    long RecordsErased,
    long RecordsKept,
    int Reviewed,
    int Lapsed,
    CohortQuality BeforeReview,
    CohortQuality AfterReview);

/// <param name="Checked">Receipts that hold, each checked offline with the public key alone.</param>
/// <param name="CheckpointSize">How many entries the checkpoint covers that the agencies hold.</param>
public sealed record ReceiptReport(int Checked, long CheckpointSize);

/// <param name="Texts">Names, addresses and dates that were searched for.</param>
/// <param name="Bytes">Bytes searched: all that storage, the host and the console wrote.</param>
/// <param name="Hits">Where one was found; empty is as it must be.</param>
public sealed record CanaryReport(int Texts, long Bytes, IReadOnlyList<string> Hits);

/// <param name="Detail">What was found, in one line.</param>
public sealed record DemoInvariant(string Name, bool Holds, string Detail);
