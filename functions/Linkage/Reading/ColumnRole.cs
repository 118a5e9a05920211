namespace TfFlow.Linkage;

/// <summary>What a column says about a person; the words of <c>--columns role=header</c>.</summary>
public enum ColumnRole
{
    /// <summary>Not compared.</summary>
    None,

    /// <summary>Names the record; never compared.</summary>
    RecordId,

    /// <summary>First name, or all given names.</summary>
    GivenName,

    /// <summary>Names between the first and the surname.</summary>
    MiddleName,

    /// <summary>Present surname.</summary>
    Surname,

    /// <summary>A maiden or earlier surname.</summary>
    PreviousSurname,

    /// <summary>All names in one column, "Given Surname" or "Surname, Given".</summary>
    FullName,

    /// <summary>Mr, Mrs: read for sex where sex is missing.</summary>
    Title,

    /// <summary>Whole date of birth, in any common layout.</summary>
    BirthDate,

    /// <summary>Day of the month of birth.</summary>
    BirthDay,

    /// <summary>Month of birth as a number.</summary>
    BirthMonth,

    /// <summary>Year of birth.</summary>
    BirthYear,

    /// <summary>Sex, as word, letter or code.</summary>
    Sex,

    /// <summary>One line of an address, or all of it; several columns are read in order.</summary>
    Address,

    /// <summary>Flat number alone.</summary>
    Flat,

    /// <summary>House number or name alone.</summary>
    HouseNumber,

    /// <summary>Street alone, or with the number.</summary>
    Street,

    /// <summary>Town or suburb.</summary>
    Town,

    /// <summary>County, state or region: read where there is no town.</summary>
    County,

    /// <summary>Postcode.</summary>
    Postcode,

    /// <summary>Unique property reference number.</summary>
    Uprn,

    /// <summary>Phone; two columns are read.</summary>
    Phone,

    /// <summary>Email.</summary>
    Email,

    /// <summary>NHS number.</summary>
    NhsNumber,

    /// <summary>National Insurance number.</summary>
    Nino,

    /// <summary>Unique pupil number.</summary>
    Upn,

    /// <summary>Another number of the person's own: social security, passport, case system.</summary>
    OtherNumber,

    /// <summary>Where the person was born.</summary>
    BirthPlace,

    /// <summary>What the person did for a living.</summary>
    Occupation,
}
