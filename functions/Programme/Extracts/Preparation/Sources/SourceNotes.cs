namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>What is unlike an extract about an export: each with its places.</summary>
internal sealed class SourceNotes
{
    /// <summary>Places listed of one note; more are counted.</summary>
    private const int MaxPlaces = 100;

    private const string Both = "This column is the nearest to two of the specification. If it holds both, split it in your spreadsheet "
        + "(in Excel: Data, Text to Columns), or export again with a column for each; "
        + "if it is one of them, name it with tfflow prepare --map.";

    private readonly Dictionary<Rule, (long Count, List<Finding> Places)> notes = [];

    public bool Any => notes.Count > 0;

    /// <param name="row">0 for the whole file.</param>
    public void Add(Rule rule, long row, int cell = -1, string? expected = null)
    {
        var (count, places) = notes.GetValueOrDefault(rule, (0, []));
        notes[rule] = (count + 1, places);
        if (count < MaxPlaces)
        {
            places.Add(Of(rule, row, cell, expected ?? rule.Expected));
        }
    }

    /// <summary>
    /// The outcome with the notes before its findings and with the nearest headers of missing columns.
    /// Columns that were joined, or may be a missing one, are not among those left out.
    /// </summary>
    /// <param name="brokenAt">The row in which a quotation mark opens and never closes; 0 when there is none.</param>
    public ExtractOutcome Complete(ExtractOutcome outcome, DatasetSpecification specification, ExportLayout layout, int headerRow, long brokenAt)
    {
        var nearest = outcome.Findings.Where(finding => finding.Code == FileRules.ColumnMissing.Code)
            .SelectMany(missing => Nearest(missing, specification, layout, headerRow)).ToList();
        var cells = nearest.CountBy(finding => finding.Cell).ToDictionary();
        nearest = [.. nearest.Select(finding => cells[finding.Cell] == 1 ? finding : finding with { Remedy = Both })];
        if (layout.Known == 0 && brokenAt == 0 && Nothing(layout, specification, nearest.Count > 0, headerRow) is { } one)
        {
            // Every column is missing: one line says why.
            var count = new SortedDictionary<string, long>(StringComparer.Ordinal) { [one.Code] = 1 };
            return outcome with { State = ExtractState.Quarantined, Findings = [one], Counts = count };
        }

        if (brokenAt > 0)
        {
            // What it swallowed was not read: that there is too little, or too much of it is refused, follows from that.
            var unread = layout.Known == 0 || brokenAt <= headerRow;
            string[] follows = unread ? [.. outcome.Counts.Keys] : [FileRules.NoRows.Code, FileRules.TooManyRefused.Code];
            outcome = outcome with
            {
                Findings = [.. outcome.Findings.Where(finding => !follows.Contains(finding.Code))],
                Counts = outcome.Counts.Where(pair => !follows.Contains(pair.Key)).ToDictionary(),
            };
            nearest = unread ? [] : nearest;
        }

        var told = layout.Unwritten.Concat(layout.Told.Select(about => about.Cell)).Select(cell => $"{HeaderMap.Letters(cell)}{headerRow}")
            .Concat(nearest.Select(finding => finding.Cell)).ToHashSet(StringComparer.Ordinal);
        var kept = outcome.Findings.Where(finding => finding.Code != CellRules.Dropped.Code || !told.Contains(finding.Cell)).ToList();
        var counts = new SortedDictionary<string, long>(outcome.Counts.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal);
        if (outcome.Findings.Count > kept.Count && (counts[CellRules.Dropped.Code] -= outcome.Findings.Count - kept.Count) <= 0)
        {
            counts.Remove(CellRules.Dropped.Code);
        }

        List<Finding> before = brokenAt > 0 ? [Of(FileRules.Quote, brokenAt, -1, FileRules.Quote.Expected)] : [];
        foreach (var finding in before.Concat(nearest))
        {
            counts[finding.Code] = counts.GetValueOrDefault(finding.Code) + 1;
        }

        foreach (var (rule, (count, places)) in notes)
        {
            counts[rule.Code] = count;
            before.AddRange(places);
        }

        var whole = brokenAt > 0 || notes.Keys.Any(rule => rule.Consequence is Consequence.Quarantine);
        return outcome with
        {
            State = whole ? ExtractState.Quarantined : outcome.State,
            Findings = [.. before, .. kept, .. nearest],
            Counts = counts,
        };
    }

    private static Finding? Nothing(ExportLayout layout, DatasetSpecification specification, bool near, int headerRow)
    {
        var filled = Enumerable.Range(0, layout.Own.Count).Where(cell => layout.Own[cell].Length > 0).ToList();
        return filled is [var only] && HoldsHeaders(layout.Own[only], specification)
            ? Of(SourceRules.OneCell, headerRow, only, SourceRules.OneCell.Expected)
            : filled.Count == 1 || (filled.Count > 1 && !near) ? Of(SourceRules.NoHeaders, 0, -1, SourceRules.NoHeaders.Expected)
            : null;
    }

    private static bool HoldsHeaders(string cell, DatasetSpecification specification) =>
        HeaderMap.Fold(cell) is var folded && specification.Columns.Count(column =>
            column.Aliases.Prepend(column.Header).Any(header => folded.Contains(HeaderMap.Fold(header), StringComparison.Ordinal))) > 1;

    private static Finding Of(Rule rule, long row, int cell, string expected) => new(
        rule.Code, rule.Consequence, row, "", (cell < 0 ? "" : HeaderMap.Letters(cell)) + (row > 0 ? $"{row}" : ""), expected, rule.Remedy);

    // A header is named only by its place: a file without one has a person there.
    private static IEnumerable<Finding> Nearest(Finding missing, DatasetSpecification specification, ExportLayout layout, int headerRow)
    {
        var column = specification.Columns.First(column => column.Header == missing.Column);
        var free = Enumerable.Range(0, layout.Own.Count).Where(cell => layout.Columns[cell] is null && !layout.Unwritten.Contains(cell) && layout.Own[cell].Length > 0);
        var (cell, likeness) = free.Select(cell => (cell, Likeness: NearestHeader.Likeness(layout.Own[cell], column))).OrderByDescending(pair => pair.Likeness).FirstOrDefault();
        if (likeness > NearestHeader.Enough)
        {
            yield return Of(SourceRules.Nearest, headerRow, cell, SourceRules.Nearest.Expected) with
            {
                Column = column.Header,
                Remedy = $"If this column is the one, name it: tfflow prepare --map {HeaderMap.Letters(cell)}={column.Name} (or its header in place of the letter).",
            };
        }
    }
}
