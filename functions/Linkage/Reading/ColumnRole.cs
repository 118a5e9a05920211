namespace TfFlow.Linkage;

/// <summary>What a column says about a person; the words of <c>--columns role=header</c>.</summary>
public enum ColumnRole
{
    /// <summary>Not compared.</summary>
    None,

    /// <summary>Names the record; never compared.</summary>
    RecordId,

    GivenName,
    MiddleName,
    Surname,

    /// <summary>A maiden or earlier surname.</summary>
    PreviousSurname,

    /// <summary>All names in one column, "Given Surname" or "Surname, Given".</summary>
    FullName,

    /// <summary>Mr, Mrs: read for sex where sex is missing.</summary>
    Title,

    BirthDate,
    BirthDay,
    BirthMonth,
    BirthYear,
    Sex,

    /// <summary>One line of an address, or all of it; several columns are read in order.</summary>
    Address,

    Flat,
    HouseNumber,
    Street,
    Town,

    /// <summary>County, state or region: read where there is no town.</summary>
    County,

    Postcode,
    Uprn,
    Phone,
    Email,
    NhsNumber,

    /// <summary>National Insurance number.</summary>
    Nino,

    /// <summary>Unique pupil number.</summary>
    Upn,

    /// <summary>Another number of the person's own: social security, passport, case system.</summary>
    OtherNumber,

    /// <summary>Where the person was born.</summary>
    BirthPlace,

    Occupation,
}
