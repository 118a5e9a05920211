using TfFlow.Api.Endpoints;

namespace TfFlow.Cli.Demo;

/// <summary>What <c>--report</c> writes.</summary>
/// <param name="Began">On the demo's clock, as is <paramref name="Ended"/>.</param>
/// <param name="Rows">In all files together.</param>
/// <param name="Seconds">Real time, by part.</param>
public sealed record DemoReport(
    int Seed,
    DateTimeOffset Began,
    DateTimeOffset Ended,
    int People,
    int Households,
    int Files,
    long Rows,
    long RowsAccepted,
    long RowsRefused,
    int Quarantined,
    IReadOnlyList<DemoExtract> Extracts,
    DemoMatching Matching,
    DemoCases Cases,
    DemoRelease Evaluation,
    DemoStudyResult Study,
    DemoProof Proof,
    CanaryReport Canaries,
    IReadOnlyList<DemoInvariant> Invariants,
    IReadOnlyDictionary<string, double> Seconds);

/// <param name="Story">What the file was.</param>
/// <param name="Intake">As it stood after its intake.</param>
public sealed record DemoExtract(string Story, int Rows, ExtractView Intake);

/// <summary>What matching found, against the truth.</summary>
/// <param name="Rounds">As the register has them.</param>
/// <param name="ByProblems">Families of the cohort by how many problems are shown.</param>
/// <param name="RecordsErased">Records from partners that were erased as soon as matching was completed.</param>
/// <param name="RecordsKept">Records from partners that were sealed anew for families.</param>
/// <param name="Reviewed">Uncertain households decided by a person.</param>
/// <param name="Lapsed">Uncertain households nobody decided in time.</param>
/// <param name="BeforeReview">The cohort as the first round found it.</param>
/// <param name="Quality">The cohort with what was decided.</param>
public sealed record DemoMatching(
    IReadOnlyList<MatchingView> Rounds,
    IReadOnlyDictionary<int, int> ByProblems,
    long RecordsErased,
    long RecordsKept,
    int Reviewed,
    int Lapsed,
    CohortQuality BeforeReview,
    CohortQuality Quality);

/// <param name="Journeys">Families by what they decided, or what was decided about them.</param>
/// <param name="ByState">Cases by their last state.</param>
/// <param name="IncidentsRead">Items about families they support that key workers read.</param>
/// <param name="ByOutcome">Families whose support was completed, by what their measurement decided.</param>
public sealed record DemoCases(
    IReadOnlyDictionary<string, int> Journeys, IReadOnlyDictionary<string, int> ByState, int IncidentsRead, IReadOnlyDictionary<string, int> ByOutcome);

/// <summary>What the ledger holds at the end.</summary>
/// <param name="Acts">Acts that were done, by kind.</param>
public sealed record DemoProof(
    IReadOnlyList<DemoDisclosure> Disclosures, DemoErasures Erasures, DemoMarkers Markers, IReadOnlyDictionary<string, int> Acts, ReceiptReport Receipts, LedgerHeadView Ledger);

/// <summary>Information that passed from one party to another.</summary>
/// <param name="Agency">The agency it came from or went to.</param>
/// <param name="Records">Records or people.</param>
public sealed record DemoDisclosure(string Agency, string Act, string Exchange, string Agreement, string Gateway, string Purpose, int Times, long Records);

/// <param name="ByAct">Erasures by what was erased.</param>
public sealed record DemoErasures(IReadOnlyDictionary<string, int> ByAct, int Certificates);

/// <param name="Set">Instructions to set one that the police confirmed.</param>
/// <param name="Overtaken">Instructions to set one that lost their basis on their way.</param>
/// <param name="Removed">Removals that the police confirmed.</param>
/// <param name="Open">Not ended.</param>
public sealed record DemoMarkers(int Set, int Overtaken, int Removed, int Open);

/// <param name="Checked">Receipts that hold, each checked offline with the public key alone.</param>
/// <param name="CheckpointSize">How many entries the checkpoint covers that the agencies hold.</param>
public sealed record ReceiptReport(int Checked, long CheckpointSize);

/// <param name="Texts">Names, addresses and dates that were searched for.</param>
/// <param name="Bytes">Bytes searched: all that storage, the hosts and the console wrote.</param>
/// <param name="Hits">Where one was found; empty is as it must be.</param>
public sealed record CanaryReport(int Texts, long Bytes, IReadOnlyList<string> Hits);

/// <param name="Detail">What was found, in one line.</param>
public sealed record DemoInvariant(string Name, bool Holds, string Detail);
