using System.Globalization;

namespace TfFlow.Programme.Extracts;

/// <summary>Counts every breach, keeps the first of each rule, and judges the file by its specification's policy.</summary>
internal sealed class FindingLog(DatasetSpecification specification, ExtractReadOptions options)
{
    private readonly Dictionary<Rule, long> counts = [];
    private readonly List<(Finding Finding, Rule Rule, int Cell)> findings = [];

    // By row, the cell in which a quotation mark opens that closes rows later: what stands behind it are cells of another row.
    private readonly Dictionary<long, int> swallowed = [];

    /// <summary>Nothing of the file can be accepted any more.</summary>
    public bool Quarantined { get; private set; }

    /// <param name="row">0 for the whole file.</param>
    /// <param name="column">The specification's column, or -1.</param>
    /// <param name="cell">The 0-based position in the row, or -1.</param>
    /// <param name="expected">More exact words than the rule's own.</param>
    public void Add(Rule rule, long row, int column = -1, int cell = -1, string? expected = null)
    {
        counts.TryGetValue(rule, out var count);
        counts[rule] = count + 1;
        var quarantines = rule.Consequence == Consequence.Quarantine || specification.Refusals.QuarantineOn.Contains(rule.Code);
        Quarantined |= quarantines;
        if (rule == FileRules.QuoteLater)
        {
            swallowed[row] = cell;
        }
        // What refuses the file is told, however many findings there are before it.
        if ((quarantines && count == 0) || (count < options.MaxFindingsPerRule && findings.Count < options.MaxFindings))
        {
            var known = column >= 0 ? specification.Columns[column] : null;
            var place = (cell >= 0 ? HeaderMap.Letters(cell) : "") + (row > 0 ? row.ToString(CultureInfo.InvariantCulture) : "");
            var words = expected ?? Expected(rule, known);
            findings.Add((new(rule.Code, quarantines ? Consequence.Quarantine : rule.Consequence, row, known?.Header ?? "", place, words, rule.Remedy), rule, cell));
        }
    }

    public ExtractOutcome Close(long rows, long refused)
    {
        if (!Quarantined && specification.Refusals.Exceeded(refused, rows))
        {
            Add(FileRules.TooManyRefused, 0, expected: $"{specification.Refusals}; here {refused} of {rows} were");
        }

        var followed = findings.Where(Follows).ToList();
        foreach (var (_, rule, _) in followed)
        {
            counts[rule]--;
        }

        var state = Quarantined ? ExtractState.Quarantined
            : refused > 0 ? ExtractState.AcceptedWithRefusedRows
            : ExtractState.Accepted;
        var byCode = new SortedDictionary<string, long>(counts.Where(pair => pair.Value > 0).ToDictionary(pair => pair.Key.Code, pair => pair.Value), StringComparer.Ordinal);
        return new ExtractOutcome(state, specification.Id, specification.Version, options.AsOf, rows, refused, byCode, [.. findings.Except(followed).Select(found => found.Finding)]);
    }

    // One finding for the cause.
    private bool Follows((Finding Finding, Rule Rule, int Cell) found) => found.Rule != FileRules.QuoteLater
        && swallowed.TryGetValue(found.Finding.Row, out var opens) && (found.Cell < 0 || found.Cell > opens);

    // What a column holds is more use to its sender than the general words of the rule.
    private static string Expected(Rule rule, ColumnSpecification? column) =>
        column is not null && (rule == Validators.CodeValidator.NotInSet || rule == Validators.WholeNumberValidator.Range || rule == Validators.TextValidator.TooLong)
            ? column.Validator.Describes
            : rule.Expected;
}
