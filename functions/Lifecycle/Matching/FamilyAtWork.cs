using TfFlow.Lifecycle.Intake;
using TfFlow.Linkage;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Families that are looked at again after a correction: in memory only.</summary>
/// <param name="Correction">What takes the place of <paramref name="Corrected"/>.</param>
/// <param name="Licence">Leave to read the correction; null when it may not be read now, or was matched and erased already.</param>
public sealed record FamiliesAtWork(Extract Correction, IReadOnlyList<Extract> Corrected, MatchingLicence? Licence, IReadOnlyList<FamilyAtWork> Families)
{
    public string Authority => Families[0].Family.Authority;

    public bool IsCorrected(FamilyBlob blob) => Corrected.Any(extract => extract.Id == blob.ExtractId);
}

/// <summary>A family that is looked at again.</summary>
public sealed class FamilyAtWork(Family family)
{
    private HouseholdAtWork? fresh;

    public Family Family { get; } = family;

    public HouseholdPseudonym Household { get; set; }

    /// <summary>Why it was a family until now.</summary>
    public FamilyExplanation Explained { get; set; } = new("", [], []);

    /// <summary>Every household that is its own.</summary>
    public IEnumerable<HouseholdPseudonym> Households =>
        Explained.OtherHouseholds.Select(other => HouseholdPseudonym.TryParse(other, out var household) ? household : throw new InvalidDataException("An explanation names no household.")).Prepend(Household);

    /// <summary>What its records say, without those that were corrected.</summary>
    public List<KnownRow> Known { get; } = [];

    /// <summary>What was corrected: nothing is concluded from it, and it tells who is who.</summary>
    public List<FamilyRow> Wrong { get; } = [];

    /// <summary>What the correction says of it.</summary>
    public HouseholdAtWork Fresh => fresh ??= new(Household);

    /// <summary>All that is to be judged: what is known, then what is new.</summary>
    public IReadOnlyList<HouseholdRecord> Records => [.. Known.Select(row => row.Record), .. Fresh.Rows.Select(row => row.Record)];

    /// <summary>What was corrected, as the correction's own source would have said it; none where that may not be read.</summary>
    public IReadOnlyList<HouseholdRecord> Replaced(FamiliesAtWork work) => work.Licence is not { } licence ? []
        :
        [
            .. Wrong.Select(row => new HouseholdRecord(
                new Fact(licence.Source, row.Row, Person: null, Born: null, row.Fields), PeopleReader.IdentityOf(row.Fields))),
        ];
}

/// <summary>A row of a family's record.</summary>
public sealed record KnownRow(FamilyBlob Blob, FamilyRow Row)
{
    public HouseholdRecord Record => new(
        new Fact(
            new FactSource(Blob.ExtractId, Blob.Dataset, $"{Blob.Agreement}@{Blob.AgreementVersion}", Blob.Exchange, Blob.Uses, Blob.Originator, Blob.AsAt),
            Row.Row,
            Person: null,
            Born: null,
            Row.Fields),
        PeopleReader.IdentityOf(Row.Fields));
}
