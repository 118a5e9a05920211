namespace TfFlow.TestKit.Authority;

/// <summary>What happened to a family, for counting by kind.</summary>
[Flags]
public enum FamilyKinds
{
    None = 0,
    Moved = 1,
    TwoSurnames = 2,
    Separated = 4,
    Twins = 8,
    Namesakes = 16,

    /// <summary>Lives where movers lived before.</summary>
    Newcomers = 32,
}

/// <summary>An invented person.</summary>
public sealed class Inhabitant
{
    public required string Forename { get; init; }

    public required string Surname { get; init; }

    public required DateOnly Born { get; init; }

    public required bool Woman { get; init; }

    /// <summary>The dwelling they live in, by its number.</summary>
    public required int Home { get; init; }

    /// <summary>A child's second home, with the other parent; null: none.</summary>
    public int? OtherHome { get; init; }

    // What is true of the person.
    internal int Unauthorised { get; set; }

    internal int Exclusions { get; set; }

    internal bool Offended { get; set; }

    internal int Incidents { get; set; }

    internal bool Claims { get; set; }

    internal bool Claimed { get; set; }
}

/// <summary>A family, or a household without children, and what is true of it. A child of separated parents lives in two homes: both are the family's.</summary>
/// <param name="Problems">The problems of the expanded programme that are there in truth, by what they are.</param>
/// <param name="OldHome">Where they lived a year ago; null: where they live now.</param>
public sealed record InventedFamily(
    int Number, IReadOnlyList<Inhabitant> Adults, IReadOnlyList<Inhabitant> Children, IReadOnlySet<string> Problems, FamilyKinds Kinds, int? OldHome)
{
    public IEnumerable<Inhabitant> Members => Adults.Concat(Children);

    /// <summary>A child, and two of the six problems.</summary>
    public bool IsEligible => Children.Count > 0 && Problems.Count >= 2;
}
