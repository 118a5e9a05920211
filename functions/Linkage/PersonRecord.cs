namespace TfFlow.Linkage;

/// <summary>One record about a person, in memory. What is not known is left empty: it is missing, not different.</summary>
/// <param name="Id">Names the record; different for every record of a file.</param>
public sealed record PersonRecord(string Id)
{
    /// <summary>Given names: the first, and perhaps a middle one after it.</summary>
    public string GivenName { get; init; } = "";

    public string MiddleName { get; init; } = "";

    public string Surname { get; init; } = "";

    public string PreviousSurname { get; init; } = "";

    public DateOnly? Born { get; init; }

    /// <summary>As <see cref="Sexes.Parse"/> reads it.</summary>
    public string Sex { get; init; } = "";

    /// <summary>All of the address, or its lines joined by commas.</summary>
    public string Address { get; init; } = "";

    public string Postcode { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Email { get; init; } = "";

    public string NhsNumber { get; init; } = "";

    public string Uprn { get; init; } = "";
}
