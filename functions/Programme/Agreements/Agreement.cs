using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Agreements;

/// <summary>One version of an information sharing agreement.</summary>
public sealed record Agreement
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>The date the table is agreed as of: <c>2013-10-14</c>. With the id it names the version.</summary>
    /// <remarks>seeds/002 §4.3: "the revised table will be dated".</remarks>
    public required DateOnly Dated { get; init; }

    public required DateOnly InForceFrom { get; init; }

    /// <summary>The last day it is in force; <c>null</c> when open.</summary>
    public required DateOnly? Ends { get; init; }

    /// <summary>The version this one amends or builds on, as <see cref="Name"/> writes it.</summary>
    public required string? BuildsOn { get; init; }

    /// <summary>What this version changed, in words; empty for a first version.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>The agreement or protocol above it.</summary>
    public required string Tier1 { get; init; }

    public required Id<Party> Owner { get; init; }

    public required IReadOnlyList<Party> Parties { get; init; }

    public required IReadOnlyList<LegalBasis> Bases { get; init; }

    public required IReadOnlyList<Purpose> Purposes { get; init; }

    public required IReadOnlyList<Exchange> Exchanges { get; init; }

    public required IReadOnlyList<RetentionRule> Retention { get; init; }

    public required IReadOnlyList<Clause> Exclusions { get; init; }

    /// <summary>On what each stage rests: a gateway at identification, consent or a duty from allocation on.</summary>
    public required IReadOnlyList<Clause> Consent { get; init; }

    /// <summary>Rows about victims and witnesses are taken when their consent was specifically sought.</summary>
    public required bool VictimsAndWitnessesWithConsent { get; init; }

    public required Marking MarkingCeiling { get; init; }

    /// <summary>Most rows in a batch; <c>null</c> when there is no ceiling.</summary>
    public required long? BatchCeiling { get; init; }

    public required Review Review { get; init; }

    /// <summary>Nothing goes from or to a partner before its information governance lead agreed to the table of this version.</summary>
    /// <remarks>seeds/002 §4.3.</remarks>
    public bool TableAgreedByLeads { get; init; }

    public required string Source { get; init; }

    /// <summary>Of all it says, what it builds on included; see <see cref="Documents.DocumentHash"/>.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>A short hash of each part; see <see cref="Documents.DocumentHash.Parts"/>.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Id and version: <c>leicestershire@2013-10-14</c>.</summary>
    public string Name => $"{Id}@{Version}";

    public string Version => Dated.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public Party? Party(Id<Party> id) => Parties.FirstOrDefault(party => party.Id == id);

    public Exchange? Exchange(Id<Exchange> id) => Exchanges.FirstOrDefault(exchange => exchange.Id == id);

    public LegalBasis? BasisOf(Party party) => Bases.FirstOrDefault(basis => basis.Id == party.Basis);

    /// <summary>It came into force with the UK GDPR and the Data Protection Act 2018 or after, and is judged by them; one before by the Act of 1998.</summary>
    public bool UnderTodaysLaw => InForceFrom >= new DateOnly(2018, 5, 25);
}

/// <summary>What the agreement is for, in its own words, and the use it answers.</summary>
public sealed record Purpose(string Id, Use Use, string Words, string Source);

/// <summary>A term of the agreement, in words.</summary>
public sealed record Clause(string Id, string Words, string Source);

/// <param name="Due">The next review, after which decisions carry a warning; <c>null</c> when none is stated.</param>
/// <param name="EveryMonths">Months between reviews after the first.</param>
public sealed record Review(DateOnly? Due, int? EveryMonths, IReadOnlyList<string> Questions, string Source);
