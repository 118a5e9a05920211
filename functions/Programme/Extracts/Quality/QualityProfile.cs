namespace TfFlow.Programme.Extracts.Quality;

/// <summary>How good an extract is, in shares and counts: no value of any cell. Kept when the extract is erased, for the trend.</summary>
/// <param name="Dataset">The dataset's id.</param>
/// <param name="AsOf">The day the extract describes.</param>
/// <param name="Rows">Rows read, the header not counted.</param>
/// <param name="Completeness">Per column, by its name: per cent of accepted rows in which it is filled.</param>
/// <param name="Validity">Per cent of rows accepted.</param>
/// <param name="Uniqueness">Per cent of rows that are not alike another one in the dataset's unique columns.</param>
/// <param name="Located">Per cent of accepted rows whose address belongs to a household; null where the dataset has no addresses.</param>
/// <param name="Age">Days from the newest event in the extract to <paramref name="AsOf"/>; null where no column of the dataset is the day of an event.</param>
/// <param name="Found">Per cent of accepted rows whose person is in the trusted source; null where none was compared with.</param>
/// <param name="SamePostcode">Per cent of those found who have the same postcode there; null where nobody was found.</param>
/// <remarks>seeds/001 Data to be shared: a low level assessment of the quality of data. The measures are those of the Government Data Quality Framework.</remarks>
public sealed record QualityProfile(
    string Dataset,
    DateOnly AsOf,
    long Rows,
    IReadOnlyDictionary<string, double> Completeness,
    double Validity,
    double Uniqueness,
    double? Located,
    int? Age,
    double? Found = null,
    double? SamePostcode = null)
{
    /// <summary>Every measure, by the name people read.</summary>
    public IEnumerable<QualityMeasure> Measures()
    {
        yield return new("rows", Rows, QualityUnit.Rows);
        yield return new("validity", Validity, QualityUnit.PerCent);
        yield return new("uniqueness", Uniqueness, QualityUnit.PerCent);
        if (Located is { } located)
        {
            yield return new("addresses that belong to a household", located, QualityUnit.PerCent);
        }

        if (Age is { } age)
        {
            yield return new("days since the newest event", age, QualityUnit.Days);
        }

        if (Found is { } found)
        {
            yield return new("people found in the trusted source", found, QualityUnit.PerCent);
        }

        if (SamePostcode is { } same)
        {
            yield return new("of these, at the same postcode", same, QualityUnit.PerCent);
        }

        foreach (var (column, filled) in Completeness)
        {
            yield return new($"{column} filled", filled, QualityUnit.PerCent);
        }
    }
}

/// <param name="Name">As people read it.</param>
public sealed record QualityMeasure(string Name, double Value, QualityUnit Unit);

public enum QualityUnit
{
    Rows = 1,
    PerCent = 2,
    Days = 3,
}
