using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Extracts;

/// <summary>Where a column's values go.</summary>
public enum ColumnRole
{
    /// <summary>Says who or where: sealed per household, opened only for households that could reach the threshold.</summary>
    Identity = 1,

    /// <summary>A fact that evidences a criterion: kept beside the household's pseudonym.</summary>
    Indicator,

    /// <summary>Read by the checks and then dropped.</summary>
    Check,
}

/// <summary>How the Data Protection Act 1998 s2 classes a column: offences, health and ethnicity are sensitive.</summary>
public enum Sensitivity
{
    Personal = 1,
    Sensitive,
}

/// <summary>One column of a dataset.</summary>
public sealed record ColumnSpecification
{
    /// <summary>The column's name in code and records: lower case, digits, underscores. The names of <see cref="IdentityColumns"/> mean the same in every dataset.</summary>
    public required string Name { get; init; }

    /// <summary>The header a template is written with; matched, as the aliases are, ignoring case, spaces and punctuation.</summary>
    public required string Header { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required Validator Validator { get; init; }

    /// <summary>A cell may not be blank.</summary>
    public required bool Required { get; init; }

    /// <summary>A file may leave the whole column out.</summary>
    public required bool Optional { get; init; }

    public required ColumnRole Role { get; init; }

    public required Sensitivity Sensitivity { get; init; }

    /// <summary>Values some systems write for nothing (<c>NULL</c>, <c>N/A</c>), read as blank.</summary>
    public required IReadOnlyList<string> BlankValues { get; init; }

    public required string Description { get; init; }

    /// <summary>An invented value.</summary>
    public required string Example { get; init; }

    /// <summary>The line of the exchange that asks for this column, or <c>ours</c>.</summary>
    public required string Source { get; init; }
}

/// <summary>The names identity columns have in every dataset, so that matching finds them.</summary>
/// <remarks>seeds/002 App B: full names, dates of birth, addresses.</remarks>
public static class IdentityColumns
{
    public const string Surname = "surname";
    public const string Forenames = "forenames";
    public const string DateOfBirth = "date_of_birth";
    public const string Address = "address";
    public const string Postcode = "postcode";

    public const string Sex = "sex";

    /// <summary>A household pseudonym computed by the agency, in place of name and address.</summary>
    public const string Household = "household";
}
