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
/// <remarks>seeds/001 Data to be shared: a low level assessment of the quality of data. The measures are those of the Government Data Quality Framework.</remarks>
public sealed record QualityProfile(
    string Dataset,
    DateOnly AsOf,
    long Rows,
    IReadOnlyDictionary<string, double> Completeness,
    double Validity,
    double Uniqueness,
    double? Located,
    int? Age)
{
    /// <summary>Every measure by the name people read, in per cent or days.</summary>
    public IEnumerable<(string Measure, double Value)> Measures()
    {
        yield return ("rows", Rows);
        yield return ("validity", Validity);
        yield return ("uniqueness", Uniqueness);
        if (Located is { } located)
        {
            yield return ("addresses that belong to a household", located);
        }

        if (Age is { } age)
        {
            yield return ("days since the newest event", age);
        }

        foreach (var (column, filled) in Completeness)
        {
            yield return ($"{column} filled", filled);
        }
    }
}
