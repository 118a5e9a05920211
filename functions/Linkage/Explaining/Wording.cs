namespace TfFlow.Linkage;

/// <summary>Fields and levels in words.</summary>
internal static class Wording
{
    public static string Of(Field field) => field switch
    {
        Field.GivenName => "given name",
        Field.MiddleName => "middle name",
        Field.BirthDate => "date of birth",
        Field.NhsNumber => "NHS number",
        Field.Nino => "National Insurance number",
        Field.Upn => "pupil number",
        Field.OtherNumber => "other number",
        Field.BirthPlace => "place of birth",
        Field.Household => "rest of the household",
        _ => field.ToString().ToLowerInvariant(),
    };

    public static string Of(Field field, int level) => field switch
    {
        Field.GivenName or Field.Surname => Name((NameAgreement)level),
        Field.MiddleName => level switch { 1 => "the same", 2 => "one is the other's initial", 3 => "alike", _ => "different" },
        Field.BirthDate => Birth((BirthDateAgreement)level),
        Field.Sex => (SexAgreement)level switch
        {
            SexAgreement.Same => "the same",
            SexAgreement.SameWithName => "the same, and the given name",
            SexAgreement.DifferWithName => "different, under one given name",
            _ => "different",
        },
        Field.Place => $"{Dwelling(Levels.Dwelling(level))}, {Area(Levels.Area(level))}",
        Field.Email => (EmailAgreement)level switch
        {
            EmailAgreement.Same => "the same",
            EmailAgreement.SameWithNames => "the same, and both names",
            EmailAgreement.Slip => "two letters apart at most",
            EmailAgreement.SlipWithNames => "two letters apart at most, under the same names",
            EmailAgreement.DifferWithNames => "different, under the same names",
            _ => "different",
        },
        Field.Household => (HouseholdAgreement)level switch
        {
            HouseholdAgreement.NoneLinked => "none of the others is found there",
            HouseholdAgreement.OneLinked => "one of the others is found there too",
            _ => "several of the others are found there too",
        },
        _ => (CodeAgreement)level switch
        {
            CodeAgreement.Same => "the same",
            CodeAgreement.Slip => "one character apart",
            CodeAgreement.DifferMiscopied => "different, but one fails its check digit",
            _ => "different",
        },
    };

    private static string Name(NameAgreement level) => level switch
    {
        NameAgreement.Same => "the same",
        NameAgreement.ShortForm => "one is short for the other",
        NameAgreement.Part => "one is part of the other",
        NameAgreement.Sound => "sound alike",
        NameAgreement.Slip => "one letter apart",
        NameAgreement.Near => "nearly the same",
        NameAgreement.Initial => "one is the other's initial",
        NameAgreement.Swapped => "in each other's place",
        NameAgreement.Previous => "one is the other's earlier surname",
        NameAgreement.SameInitial => "different, with one initial",
        NameAgreement.DifferWomen => "different, as women's are who married",
        NameAgreement.Faint => "faintly alike",
        NameAgreement.OtherName => "alike, but both are names in their own right",
        _ => "different",
    };

    private static string Birth(BirthDateAgreement level) => level switch
    {
        BirthDateAgreement.Same => "the same",
        BirthDateAgreement.SameOfChild => "the same, of a child",
        BirthDateAgreement.Swapped => "day and month in each other's place",
        BirthDateAgreement.Slip => "one digit apart",
        BirthDateAgreement.YearOnly => "the same year, one of them no more than a year or 1 January",
        BirthDateAgreement.TwoParts => "two of day, month and year the same",
        BirthDateAgreement.Year => "little but the year the same",
        BirthDateAgreement.GenerationApart => "fourteen years apart or more",
        _ => "different",
    };

    private static string Dwelling(DwellingAgreement level) => level switch
    {
        DwellingAgreement.Same => "the same dwelling",
        DwellingAgreement.NearlySame => "the same dwelling, written otherwise",
        DwellingAgreement.OtherFlat => "another flat of one house",
        DwellingAgreement.NumberSlip => "house numbers a digit apart",
        DwellingAgreement.SameStreet => "one street",
        DwellingAgreement.SameNumber => "one house number in different streets",
        DwellingAgreement.Differ => "different dwellings",
        _ => "dwelling not known",
    };

    private static string Area(AreaAgreement level) => level switch
    {
        AreaAgreement.SamePostcode => "the same postcode",
        AreaAgreement.PostcodeSlip => "postcodes one character apart",
        AreaAgreement.NearbyPostcode => "neighbouring postcodes",
        AreaAgreement.SameTown => "the same town",
        AreaAgreement.Differ => "different areas",
        _ => "area not known",
    };
}
