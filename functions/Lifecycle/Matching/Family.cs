using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>A household that matching kept: a family of the cohort, or one that waits for clerical review. References, counts, states and dates alone.</summary>
public sealed record Family : IRegisterRow<CohortState>
{
    public required Id<Family> Id { get; init; }

    string IRegisterRow<CohortState>.Id => Id;

    public required CohortState State { get; init; }

    /// <summary>Id and version, as <see cref="EligibilityProgramme.Name"/> writes it.</summary>
    public required string Programme { get; init; }

    /// <summary>The authority whose cohort it is, as the agreements name it.</summary>
    public required Id<Party> Authority { get; init; }

    /// <summary>The round that found it.</summary>
    public required string RunId { get; init; }

    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>A random reference for each person in its records.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>What its review said of two references each: that they are one person, or two. Its case takes it over.</summary>
    public IReadOnlyList<PersonPair> Pairs { get; init; } = [];

    /// <summary>Which references are of one person.</summary>
    [JsonIgnore]
    public HeldReferences Held => new(Members, Pairs);

    /// <summary>What was received about it, a blob for each exchange it came under: retention and use are the exchange's, and erasure is never partial.</summary>
    public IReadOnlyList<FamilyBlob> Records { get; init; } = [];

    /// <summary>The explained outcome, sealed like the records; see <see cref="FamilyVault.ReadExplanationAsync"/>.</summary>
    public SealedBlob? Explanation { get; init; }

    /// <summary>The explanation before, while a new one takes its place.</summary>
    public SealedBlob? Replaced { get; init; }

    /// <summary>How many problems are shown; in review, how many there would be if what is uncertain held.</summary>
    public int Problems { get; init; }

    /// <summary>How many more came to light after work with it had begun.</summary>
    public int MoreProblems { get; init; }

    /// <summary>The weights of those problems and of what shows them, added up.</summary>
    public int Weight { get; init; }

    /// <summary>What they cost public services, in pounds a year; null: not agreed.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Calls on public services, as the programme counts them.</summary>
    public long Demand { get; init; }

    /// <summary>How many indicators are shown.</summary>
    public int Indicators { get; init; }

    /// <summary>How many children there are.</summary>
    public int Children { get; init; }

    /// <summary>Years of the youngest child when it was found; null: not known.</summary>
    public int? Youngest { get; init; }

    /// <summary>The account that decided its review; null when nobody had to.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was taken out of the cohort or of review; null while it was not.</summary>
    public RemovalReason? Removal { get; init; }

    /// <summary>A correction came after its case had begun, and by it the family does not meet the criteria: people decide what follows.</summary>
    public bool NoLongerMeets { get; init; }

    /// <summary>Which rule <see cref="DueAt"/> comes from, with its source.</summary>
    public string RetentionRule { get; init; } = "";

    /// <summary>In review: its deadline. In the cohort: when the sweep erases it; its case moves this as it goes.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>What earlier attempts named and may have written. It is erased before the next attempt writes.</summary>
    public IReadOnlyList<SealedBlob> Left { get; init; } = [];

    /// <summary>Every sealed blob it has, or may have from an attempt that was cut short.</summary>
    [JsonIgnore]
    public IEnumerable<SealedBlob> Blobs => Records.Select(records => records.Blob).Concat(new[] { Explanation, Replaced }.OfType<SealedBlob>()).Concat(Left);

    /// <summary>What it is put in order by: what it was found with, and what the newest list of each exchange says since.</summary>
    [JsonIgnore]
    public Standing Standing => FamilySignals.Since(
        new(Problems, Weight, Cost, null) { Demand = Demand, Indicators = Indicators, Children = Children, Youngest = Youngest, People = Held.People.Count },
        Records.Select(record => new FamilySignal(record.Exchange, record.AsAt, record.Score, record.Services)));

    /// <summary>The same family, put in order by this.</summary>
    public Family With(Standing standing) => this with
    {
        Problems = standing.Criteria,
        Weight = standing.Weight,
        Cost = standing.Cost,
        Demand = standing.Demand,
        Indicators = standing.Indicators,
        Children = standing.Children,
        Youngest = standing.Youngest,
    };

    /// <summary>The explanation that is written whole.</summary>
    [JsonIgnore]
    public SealedBlob Readable => Explanation is { Sha256.Length: > 0 } written ? written : Replaced ?? Explanation!;

    /// <summary>Out of the cohort or of review: erased from now on.</summary>
    public Family Leaving(RemovalReason reason, string rule, DateTimeOffset now) => this with { State = CohortState.Erasing, Removal = reason, RetentionRule = rule, DueAt = now };

    /// <summary>An act on this family: one of each kind in its life, unless its id is made longer.</summary>
    public LedgerAct Act(string act, string actor) => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Agency = Authority,
        References = [Id],
    };
}

/// <summary>What one extract held about one family, sealed anew under a data key of its own.</summary>
/// <param name="Blob">Its name is that of its key row too; its hash is empty until it is written whole.</param>
/// <param name="Originator">The agency it came from: its key-encryption key wraps the data key, and it gets the certificate.</param>
/// <param name="Uses">What the exchange allows it to be used for.</param>
/// <param name="AsAt">The day the extract describes.</param>
/// <param name="Rows">How many rows of the extract it holds.</param>
public sealed record FamilyBlob(
    SealedBlob Blob,
    Id<Party> Originator,
    string Agreement,
    string AgreementVersion,
    Id<Exchange> Exchange,
    IReadOnlyList<Use> Uses,
    string Dataset,
    int DatasetVersion,
    Id<Extract> ExtractId,
    DateOnly AsAt,
    long Rows)
{
    /// <summary>The score it gives, advisory; null: none. It goes with the blob.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AdvisoryScore? Score { get; init; }

    /// <summary>How many services it names; null: it is no list of services.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServicesInvolved? Services { get; init; }
}

/// <param name="FamilyId">The family's row in the register.</param>
public sealed record FamilyReference(Id<Family> FamilyId);
