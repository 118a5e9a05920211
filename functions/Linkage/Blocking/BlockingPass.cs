namespace TfFlow.Linkage;

/// <summary>What a blocking key is made of.</summary>
[Flags]
internal enum KeyPart
{
    None = 0,

    /// <summary>Date of birth, the same with day and month swapped.</summary>
    Birth = 1 << 0,
    BirthYear = 1 << 1,
    BirthDayMonth = 1 << 2,
    GivenSound = 1 << 3,
    GivenInitial = 1 << 4,
    SurnameSound = 1 << 5,

    /// <summary>Given name and surname, in either order.</summary>
    BothNames = 1 << 6,

    /// <summary>Initials of given name and surname, in either order.</summary>
    BothInitials = 1 << 7,
    Postcode = 1 << 8,
    HouseNumber = 1 << 9,
    Street = 1 << 10,
    Phone = 1 << 11,
    Email = 1 << 12,
    NhsNumber = 1 << 13,
    Nino = 1 << 14,
    Upn = 1 << 15,
    OtherNumber = 1 << 16,
    Uprn = 1 << 17,

    /// <summary>The postcode without its last two letters.</summary>
    PostcodeSector = 1 << 18,
}

/// <summary>One way in which candidate pairs are found: records that agree on all <paramref name="Parts"/>.</summary>
/// <param name="Parts">What must agree.</param>
/// <param name="Refinement">What must agree besides, in blocks too large to compare whole.</param>
/// <param name="PairsPerBlock">Pairs beyond which a block is refined, and if still so large left out.</param>
internal sealed record BlockingPass(KeyPart Parts, KeyPart Refinement, long PairsPerBlock)
{
    /// <summary>For people: "postcode and given initial".</summary>
    public override string ToString() =>
        string.Join(" + ", Enum.GetValues<KeyPart>().Where(p => p != KeyPart.None && Parts.HasFlag(p)).Select(p => Words(p)));

    private static string Words(KeyPart part) => part switch
    {
        KeyPart.Birth => "date of birth",
        KeyPart.BirthYear => "year of birth",
        KeyPart.BirthDayMonth => "day and month of birth",
        KeyPart.GivenSound => "given name by sound",
        KeyPart.GivenInitial => "given initial",
        KeyPart.SurnameSound => "surname by sound",
        KeyPart.BothNames => "both names in either order",
        KeyPart.BothInitials => "both initials in either order",
        KeyPart.HouseNumber => "house number",
        KeyPart.NhsNumber => "NHS number",
        KeyPart.OtherNumber => "other number",
        KeyPart.PostcodeSector => "postcode sector",
        _ => part.ToString().ToLowerInvariant(),
    };
}
