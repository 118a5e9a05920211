namespace TfFlow.Linkage;

/// <summary>What two records are compared on.</summary>
public enum Field
{
    /// <summary>First name, or what stands for it.</summary>
    GivenName,

    /// <summary>Surname, or an earlier one.</summary>
    Surname,

    /// <summary>Names between the first and the surname.</summary>
    MiddleName,

    /// <summary>Date of birth, whole or in part.</summary>
    BirthDate,

    /// <summary>Sex, with whether the given names agree.</summary>
    Sex,

    /// <summary>Dwelling and area together: they do not vary apart.</summary>
    Place,

    /// <summary>Either of two phones.</summary>
    Phone,

    /// <summary>Email, with whether both names agree.</summary>
    Email,

    /// <summary>NHS number.</summary>
    NhsNumber,

    /// <summary>National Insurance number.</summary>
    Nino,

    /// <summary>Unique pupil number.</summary>
    Upn,

    /// <summary>Another number of the person's own.</summary>
    OtherNumber,

    /// <summary>Where the person was born, as a text.</summary>
    BirthPlace,

    /// <summary>What the person did for a living, as a text.</summary>
    Occupation,

    /// <summary>Whether the others of the two households are linked to each other.</summary>
    Household,
}

/// <summary>How the same dwelling it is.</summary>
public enum DwellingAgreement
{
    /// <summary>One of the addresses does not tell.</summary>
    Unknown,

    /// <summary>The same street, number and flat, or property number.</summary>
    Same,

    /// <summary>The street or number misspelt or missing, or a flat given on one side only.</summary>
    NearlySame,

    /// <summary>The same house, another flat.</summary>
    OtherFlat,

    /// <summary>The same street, the number off by one slip.</summary>
    NumberSlip,

    /// <summary>The same street, another number.</summary>
    SameStreet,

    /// <summary>The same number, another street.</summary>
    SameNumber,

    /// <summary>Different.</summary>
    Differ,
}

/// <summary>How the same area it is.</summary>
public enum AreaAgreement
{
    /// <summary>One of the addresses does not tell.</summary>
    Unknown,

    /// <summary>The same postcode.</summary>
    SamePostcode,

    /// <summary>Postcodes one character apart.</summary>
    PostcodeSlip,

    /// <summary>Postcodes of one sector.</summary>
    NearbyPostcode,

    /// <summary>The same town, another postcode.</summary>
    SameTown,

    /// <summary>Different.</summary>
    Differ,
}

/// <summary>How two phones, emails or identifiers agree.</summary>
public enum CodeAgreement
{
    /// <summary>One of the two records is silent.</summary>
    Missing,

    /// <summary>The same.</summary>
    Same,

    /// <summary>One character wrong, missing, added, or two swapped.</summary>
    Slip,

    /// <summary>Different.</summary>
    Differ,

    /// <summary>They differ and one of them fails its check digit.</summary>
    DifferMiscopied,
}

/// <summary>Sex, told apart by whether the given names agree: a shared name all but settles it.</summary>
public enum SexAgreement
{
    /// <summary>One of the two records is silent.</summary>
    Missing,

    /// <summary>The same.</summary>
    Same,

    /// <summary>Different.</summary>
    Differ,

    /// <summary>The same; the given names agree.</summary>
    SameWithName,

    /// <summary>Different; the given names agree.</summary>
    DifferWithName,
}

/// <summary>Email, told apart by whether both names agree: addresses are made of names, so namesakes' are alike.</summary>
public enum EmailAgreement
{
    /// <summary>One of the two records is silent.</summary>
    Missing,

    /// <summary>The same.</summary>
    Same,

    /// <summary>Two characters apart at most.</summary>
    Slip,

    /// <summary>Different.</summary>
    Differ,

    /// <summary>The same; both names agree.</summary>
    SameWithNames,

    /// <summary>Two characters apart at most; both names agree.</summary>
    SlipWithNames,

    /// <summary>Different; both names agree.</summary>
    DifferWithNames,
}

/// <summary>The rest of the two households.</summary>
public enum HouseholdAgreement
{
    /// <summary>One of the two lives alone, or where is not known.</summary>
    Unknown,

    /// <summary>None of the others is linked.</summary>
    NoneLinked,

    /// <summary>One of the others is linked.</summary>
    OneLinked,

    /// <summary>Two of the others or more are linked to each other.</summary>
    SeveralLinked,
}

/// <summary>The levels of all fields of a pair in one number.</summary>
internal static class Levels
{
    public const int FieldCount = 15;

    /// <summary>Bits of each field, in the order of <see cref="Field"/>.</summary>
    public static ReadOnlySpan<byte> Bits => [4, 4, 3, 4, 3, 6, 3, 3, 3, 3, 3, 3, 3, 3, 2];

    /// <summary>First bit of each field.</summary>
    public static ReadOnlySpan<byte> Shifts => [0, 4, 8, 11, 15, 18, 24, 27, 30, 33, 36, 39, 42, 45, 48];

    public static int Of(ulong levels, Field field) => (int)((levels >> Shifts[(int)field]) & ((1UL << Bits[(int)field]) - 1));

    public static ulong Pack(Field field, int level) => (ulong)level << Shifts[(int)field];

    /// <summary>
    /// Whether a pair differs in what tells people of one home apart, and no number of theirs says otherwise: another given name, another sex, births a generation apart.
    /// Such a pair may be one person, but nothing else that the two share can tell.
    /// </summary>
    public static bool ToldApart(ulong levels) =>
        (OtherName(levels) || (BirthDateAgreement)Of(levels, Field.BirthDate) == BirthDateAgreement.GenerationApart) && !NumberSame(levels);

    /// <summary>Whether they differ as twins, siblings or parent and child do: a doubt at most.</summary>
    /// <param name="levels">How the two compare.</param>
    /// <param name="distinct">Whether the given names are two that people bear. Adults born on one day are seldom twins: a name that
    /// nobody else bears may be an unusual form of one that it is like.</param>
    public static bool Doubtful(ulong levels, bool distinct) => (BirthDateAgreement)Of(levels, Field.BirthDate) switch
    {
        BirthDateAgreement.GenerationApart => !NumberSame(levels),
        BirthDateAgreement.SameOfChild or BirthDateAgreement.Differ => OtherName(levels) && !NumberSame(levels),
        BirthDateAgreement.Same => (distinct || Unlike(levels)) && OtherName(levels) && !NumberSame(levels),
        _ => false,
    };

    private static bool Unlike(ulong levels) => Of(levels, Field.GivenName) is (int)NameAgreement.Differ or (int)NameAgreement.SameInitial;

    /// <summary>Another given name, if only one that is alike where the middle name is the same; or a short form of the other sex.</summary>
    private static bool OtherName(ulong levels) => (NameAgreement)Of(levels, Field.GivenName) switch
    {
        NameAgreement.Differ or NameAgreement.SameInitial => true,
        NameAgreement.OtherName => Of(levels, Field.MiddleName) != (int)NameAgreement.Same,
        NameAgreement.ShortForm or NameAgreement.Sound or NameAgreement.Slip or NameAgreement.Near => (SexAgreement)Of(levels, Field.Sex) == SexAgreement.DifferWithName,

        // Of a name that several of a family bear: see PairComparer.
        NameAgreement.Part => (BirthDateAgreement)Of(levels, Field.BirthDate) == BirthDateAgreement.Differ,
        _ => false,
    };

    /// <summary>Whether nothing of the two births is alike. Two people who also live apart share a name at most, and each may be on one file
    /// only.</summary>
    public static bool BornApart(ulong levels) => (BirthDateAgreement)Of(levels, Field.BirthDate) is BirthDateAgreement.Differ or BirthDateAgreement.GenerationApart;

    /// <summary>Whether a pair lives apart, and shares no phone, email or number. Where neither has a given name, a surname and a date are somebody else's as well: unborn children have no more.</summary>
    public static bool LiveApart(ulong levels) =>
        Dwelling(Of(levels, Field.Place)) is DwellingAgreement.Differ or DwellingAgreement.SameNumber or DwellingAgreement.SameStreet
        && Of(levels, Field.Phone) != (int)CodeAgreement.Same && Of(levels, Field.Email) == 0 && !NumberSame(levels);

    /// <summary>Whether nothing of where the two live or are reached is known to be alike.</summary>
    public static bool MeetNowhere(ulong levels) => Of(levels, Field.Place) is var place
        && Dwelling(place) is DwellingAgreement.Unknown && Area(place) is AreaAgreement.Unknown or AreaAgreement.SameTown or AreaAgreement.Differ
        && Of(levels, Field.Phone) != (int)CodeAgreement.Same && (EmailAgreement)Of(levels, Field.Email) is EmailAgreement.Missing or EmailAgreement.Differ or EmailAgreement.DifferWithNames
        && Of(levels, Field.BirthPlace) != (int)CodeAgreement.Same && Of(levels, Field.Occupation) != (int)CodeAgreement.Same && !NumberSame(levels);

    /// <summary>Whether a pair has nothing of a person's own to compare: no name, no birth, no contact or number. Whose address is the same may be anybody.</summary>
    public static bool Nameless(ulong levels)
    {
        var own = 0UL;
        foreach (var field in (ReadOnlySpan<Field>)[Field.GivenName, Field.Surname, Field.MiddleName, Field.BirthDate, Field.Phone, Field.Email, Field.NhsNumber, Field.Nino, Field.Upn, Field.OtherNumber])
        {
            own |= levels & Pack(field, (1 << Bits[(int)field]) - 1);
        }

        return own == 0;
    }

    /// <summary>Whether two have a number of a person's own in common.</summary>
    public static bool NumberSame(ulong levels)
    {
        for (var field = Field.NhsNumber; field <= Field.OtherNumber; field++)
        {
            if (Of(levels, field) == (int)CodeAgreement.Same)
            {
                return true;
            }
        }

        return false;
    }

    public static int Place(DwellingAgreement dwelling, AreaAgreement area) => ((int)area << 3) | (int)dwelling;

    public static DwellingAgreement Dwelling(int place) => (DwellingAgreement)(place & 7);

    public static AreaAgreement Area(int place) => (AreaAgreement)(place >> 3);
}
