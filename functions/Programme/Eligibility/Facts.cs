using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Eligibility;

/// <summary>Where a fact came from.</summary>
/// <param name="Extract">The extract's reference.</param>
/// <param name="Dataset">The id of its specification.</param>
/// <param name="Agreement">Id and version, as <see cref="Agreement.Name"/> writes it.</param>
/// <param name="Originator">The agency's id.</param>
/// <param name="AsAt">The day the extract describes.</param>
public sealed record FactSource(
    string Extract, string Dataset, string Agreement, Id<Exchange> Exchange, IReadOnlyList<Use> Uses, Id<Party> Originator, DateOnly AsAt)
{
    /// <summary>Only what was given to identify families may be read to identify them; what came for the key worker or for managing a case is not seen.</summary>
    /// <remarks>seeds/002 §5, App B "What this is to be used for".</remarks>
    public bool MayIdentify => Uses.Contains(Use.Identification);
}

/// <summary>A row of an extract, without identity. Personal data all the same.</summary>
/// <param name="Row">Its number in the extract.</param>
/// <param name="Person">An opaque reference, the same for one person in every extract; null: not linked yet.</param>
/// <param name="Born">Null: not opened yet, or not known.</param>
/// <param name="Fields">By the names of the dataset specification; normalised; blank or absent: not known.</param>
public sealed record Fact(FactSource Source, long Row, string? Person, DateOnly? Born, IReadOnlyDictionary<string, string> Fields)
{
    /// <returns>Null when it is blank.</returns>
    public string? Field(string name) => Fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}

/// <summary>What is known of a household when it is looked at.</summary>
/// <param name="Household">Its keyed pseudonym.</param>
public sealed record HouseholdFacts(string Household, IReadOnlyList<Fact> Facts);

/// <summary>What is the same for every household of one run.</summary>
public sealed record EligibilityRun
{
    /// <summary>The day on which everybody is looked at.</summary>
    public required DateOnly On { get; init; }

    public required TermCalendar Terms { get; init; }

    /// <summary>Every extract the run reads, whether or not it says something of a household.</summary>
    public required IReadOnlyList<FactSource> Received { get; init; }

    /// <summary>Datasets of which more is expected before the run ends: what they could still show counts as possible.</summary>
    public IReadOnlyList<string> Awaited { get; init; } = [];
}
