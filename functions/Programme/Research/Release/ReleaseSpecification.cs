using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Research.Release;

public enum ColumnUse
{
    /// <summary>A reference to a person or family, named anew.</summary>
    Reference,

    /// <summary>Somebody could be recognised by it, alone or with others.</summary>
    Quasi,

    /// <summary>Nobody may learn it about a person.</summary>
    Sensitive,

    /// <summary>Neither.</summary>
    Plain,
}

/// <summary>A column that may be released; what is not listed is not.</summary>
/// <param name="Form">What its cells may look like; null only for a <see cref="ColumnUse.Reference"/>.</param>
public sealed record ReleaseColumn(string Name, ColumnUse Use, ReleaseForm? Form);

/// <summary>What a release of records contains and must reach.</summary>
public sealed record ReleaseSpecification
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>The allow-list, in the order of the release.</summary>
    public required IReadOnlyList<ReleaseColumn> Columns { get; init; }

    public GeneralisationLimits Limits { get; init; } = new();

    /// <summary>The fewest different values of a sensitive column in a class. Default 2.</summary>
    public int DistinctL { get; init; } = 2;

    /// <summary>The least entropy l of a sensitive column in a class. Default 1: not asked for.</summary>
    public double EntropyL { get; init; } = 1;

    /// <summary>The furthest a class may be from the whole in a sensitive column. Default 1: not asked for.</summary>
    public double T { get; init; } = 1;

    /// <exception cref="ResearchDataException">A column is listed twice, has no form, or could identify and is not declared so.</exception>
    public void Check()
    {
        if (Columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ResearchDataException($"Release {Name}: column '{twice.Key}' is listed twice. List it once.");
        }

        foreach (var column in Columns.Where(column => column.Use != ColumnUse.Reference))
        {
            if (column.Form is null)
            {
                throw new ResearchDataException($"Release {Name}: column '{column.Name}' has no form. Give it one; free text is not released.");
            }

            if (column.Form.IsIdentifying && column.Use != ColumnUse.Quasi)
            {
                throw new ResearchDataException($"Release {Name}: column '{column.Name}' helps to recognise people. Declare it a quasi-identifier.");
            }
        }
    }
}
