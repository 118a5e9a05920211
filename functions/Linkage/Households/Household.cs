namespace TfFlow.Linkage;

/// <summary>Where a person lived, and when.</summary>
/// <param name="Person">Any name of the person: the cluster of their records, where records were linked.</param>
/// <param name="Address">All of the address, or its lines joined by commas.</param>
/// <param name="Postcode">As written; a pseudo-postcode (ZZ99) places nobody.</param>
/// <param name="Uprn">Unique property reference number; empty if not known. It decides where it is given.</param>
public sealed record Residence(string Person, string Address, string Postcode, string Uprn = "")
{
    /// <summary>First day there, as far as is known; the day a source was true.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day there; null while they live there.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Date of birth; null if not known.</summary>
    public DateOnly? Born { get; init; }

    /// <summary>As written.</summary>
    public string Surname { get; init; } = "";

    /// <summary>In full-time education: then 16 to 18 are dependent too.</summary>
    public bool InEducation { get; init; }
}

/// <summary>What a household is made of.</summary>
public enum HouseholdKind
{
    /// <summary>No dependent child.</summary>
    Adults,

    /// <summary>One adult and dependent children.</summary>
    LoneAdultWithChildren,

    /// <summary>Several adults and dependent children.</summary>
    AdultsWithChildren,

    /// <summary>Dependent children and nobody else on record: an adult is missing from the data, or worse.</summary>
    ChildrenAlone,

    /// <summary>Several unconnected people behind one door, as in a shared house or hostel; a family among them is not told apart.</summary>
    MultipleOccupancy,

    /// <summary>People of one house of flats whose flats are not known: no household can be made of them.</summary>
    FlatNotKnown,
}

/// <summary>The people of one dwelling on one day.</summary>
/// <param name="Dwelling">The canonical address, or the UPRN where only that is known. It tells where people live: personal data.</param>
/// <param name="Members">In ordinal order.</param>
/// <param name="DependentChildren">Members under 16, or under 19 and in full-time education.</param>
/// <param name="AgeNotKnown">Members without a date of birth, counted as adults.</param>
/// <param name="Kind">What they are together.</param>
public sealed record Household(string Dwelling, IReadOnlyList<string> Members, IReadOnlyList<string> DependentChildren, int AgeNotKnown, HouseholdKind Kind)
{
    /// <summary>"A household that includes one or more dependent children".</summary>
    public bool IsFamily => Kind is HouseholdKind.LoneAdultWithChildren or HouseholdKind.AdultsWithChildren or HouseholdKind.ChildrenAlone;
}

/// <summary>The households of a day, and whom no address places.</summary>
public sealed record HouseholdsOnDay(IReadOnlyList<Household> Households, IReadOnlyList<string> Unplaced);
