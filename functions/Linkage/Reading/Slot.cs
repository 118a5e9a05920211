namespace TfFlow.Linkage;

/// <summary>Places in a record's row of integers; what is missing is 0.</summary>
internal static class Slot
{
    /// <summary>Number in the <see cref="NameBook"/>.</summary>
    public const int Given = 0, Middle = 1, Surname = 2, Previous = 3;

    /// <summary>Number of given name and surname together, where more than two records bear both; see <see cref="NamesTogether"/>.</summary>
    public const int Both = 4;

    /// <summary>A packed <see cref="BirthDate"/>.</summary>
    public const int Birth = 5;

    public const int Sex = 6;

    /// <summary>Codes of <see cref="AddressParser"/>.</summary>
    public const int Flat = 7, Number = 8;

    /// <summary>Texts of the place pool.</summary>
    public const int Street = 9, Name = 10, Town = 11;

    /// <summary>Codes of the code pool, as are all that follow.</summary>
    public const int Postcode = 12, Phone = 13, OtherPhone = 14, Email = 15, Uprn = 16, Nhs = 17, Nino = 18, Upn = 19, Other = 20, BirthPlace = 21, Occupation = 22;

    public const int Count = 23;
}
