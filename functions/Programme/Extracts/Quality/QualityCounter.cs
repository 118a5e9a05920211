namespace TfFlow.Programme.Extracts.Quality;

/// <summary>Counts an extract's accepted rows while they are read.</summary>
public sealed class QualityCounter(DatasetSpecification specification)
{
    private readonly long[] filled = new long[specification.Columns.Count];
    private readonly int[] events =
    [
        .. Enumerable.Range(0, specification.Columns.Count).Where(column =>
            specification.Columns[column] is { Role: ColumnRole.Indicator, Validator: Validators.DateValidator }),
    ];

    private readonly bool addresses = specification.Find(IdentityColumns.Address) >= 0;
    private long rows;
    private long located;
    private long newest = -1;

    /// <param name="placed">The row's address belongs to a household.</param>
    public void Add(ExtractRow row, bool placed)
    {
        rows++;
        located += placed ? 1 : 0;
        for (var column = 0; column < filled.Length; column++)
        {
            filled[column] += row.IsBlank(column) ? 0 : 1;
        }

        foreach (var column in events)
        {
            newest = row.IsBlank(column) ? newest : Math.Max(newest, row.NumberOf(column));
        }
    }

    /// <param name="outcome">Of the reading that called <see cref="Add"/>.</param>
    public QualityProfile Close(ExtractOutcome outcome)
    {
        var alike = outcome.Counts.GetValueOrDefault(CellRules.Duplicate.Code) + outcome.Counts.GetValueOrDefault(CellRules.Alike.Code);
        return new(
            specification.Id,
            outcome.AsOf,
            outcome.Rows,
            specification.Columns.Select((column, index) => (column.Name, Share: Share(filled[index], rows))).ToDictionary(pair => pair.Name, pair => pair.Share),
            Share(outcome.Rows - outcome.Refused, outcome.Rows),
            Share(outcome.Rows - alike, outcome.Rows),
            addresses ? Share(located, rows) : null,
            newest < 0 ? null : Math.Max(0, outcome.AsOf.DayNumber - (int)newest));
    }

    // Of nothing, everything is in order.
    private static double Share(long part, long whole) => whole == 0 ? 100 : Math.Round(100.0 * part / whole, 1);
}
