namespace TfFlow.Linkage;

/// <summary>One record about a person, in memory. What is not known is left empty: it is missing, not different.</summary>
/// <param name="Id">Names the record; different for every record of a file.</param>
public sealed record PersonRecord(string Id)
{
    /// <summary>Given names: the first, and perhaps a middle one after it.</summary>
    public string GivenName { get; init; } = "";

    /// <summary>Names between the given name and the surname.</summary>
    public string MiddleName { get; init; } = "";

    /// <summary>As written.</summary>
    public string Surname { get; init; } = "";

    /// <summary>A maiden or earlier surname.</summary>
    public string PreviousSurname { get; init; } = "";

    /// <summary>Date of birth; null if not known.</summary>
    public DateOnly? Born { get; init; }

    /// <summary>As <see cref="Sexes.Parse"/> reads it.</summary>
    public string Sex { get; init; } = "";

    /// <summary>All of the address, or its lines joined by commas.</summary>
    public string Address { get; init; } = "";

    /// <summary>With or without its space.</summary>
    public string Postcode { get; init; } = "";

    /// <summary>With or without the country's prefix.</summary>
    public string Phone { get; init; } = "";

    /// <summary>As written.</summary>
    public string Email { get; init; } = "";

    /// <summary>Ten digits, with or without spaces.</summary>
    public string NhsNumber { get; init; } = "";

    /// <summary>Unique property reference number.</summary>
    public string Uprn { get; init; } = "";
}
