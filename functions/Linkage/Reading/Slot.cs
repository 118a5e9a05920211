namespace TfFlow.Linkage;

/// <summary>Places in a record's row of integers; what is missing is 0.</summary>
internal static class Slot
{
    /// <summary>Number in the <see cref="NameBook"/>.</summary>
    public const int Given = 0, Middle = 1, Surname = 2, Previous = 3;

    /// <summary>A packed <see cref="BirthDate"/>.</summary>
    public const int Birth = 4;

    public const int Sex = 5;

    /// <summary>Codes of <see cref="AddressParser"/>.</summary>
    public const int Flat = 6, Number = 7;

    /// <summary>Texts of the place pool.</summary>
    public const int Street = 8, Name = 9, Town = 10;

    /// <summary>Codes of the code pool, as are all that follow.</summary>
    public const int Postcode = 11, Phone = 12, OtherPhone = 13, Email = 14, Uprn = 15, Nhs = 16, Nino = 17, Upn = 18, Other = 19;

    public const int Count = 20;
}
