using System.Runtime.InteropServices;
using System.Text;
using CsvHelper;
using TfFlow.Linkage;
using Ascii = TfFlow.Linkage.Ascii;
using TfFlow.Programme.Extracts.Rules;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Extracts;

/// <summary>Checks one row after another and normalises it into one reused <see cref="ExtractRow"/>.</summary>
internal sealed class RowChecker(DatasetSpecification specification, ExtractReadOptions options, FindingLog log, int[] cells, int width)
{
    private readonly bool[] broken = new bool[specification.Columns.Count];
    private readonly byte[][][] blanks = [.. specification.Columns.Select(column => column.BlankValues.Select(Encoding.UTF8.GetBytes).ToArray())];
    private readonly ColumnSpecification[] columns = [.. specification.Columns];
    private readonly Validator[] validators = [.. specification.Columns.Select(column => column.Validator)];
    private readonly bool[] required = [.. specification.Columns.Select(column => column.Required)];
    private readonly RowRule[] rules = [.. specification.RowRules];
    private readonly string[] expected = [.. specification.RowRules.Select(rule => rule.Expected(specification, options))];
    private readonly int[] unique = [.. specification.Unique];
    private readonly KeySet keys = new();
    private readonly CellMemo[] memos = Memos(specification.Columns);

    // After so many rows it is looked whether what is kept of cells is worth its while.
    private const int RowsToSettle = 1 << 12;
    private int rows;

    // An address over several lines has a comma or two.
    private const int FewestSeparators = 4;

    // No cell of the row was refused.
    private bool sound = true;

    public ExtractRow Row { get; } = new(specification);

    /// <returns>Whether the row is accepted; its faults are in the log.</returns>
    public bool Check(CsvReader csv, long number)
    {
        Row.Begin(number);
        if (!HasWidth(csv, number))
        {
            return false;
        }

        if (csv.FieldCount > width && IsShifted(csv))
        {
            LogRagged(csv, number, Ragged(csv));
            return false;
        }

        Row.Begin(number);
        if (!sound)
        {
            Array.Clear(broken);
        }

        if ((++rows & (RowsToSettle - 1)) == 0)
        {
            SettleMemos();
        }

        sound = true;
        var (places, row) = (cells, Row);
        for (var column = 0; column < places.Length; column++)
        {
            var cell = places[column];
            var written = cell < 0 ? default : csv.GetSpan(cell);

            // Most cells of many files are one figure or letter.
            ref readonly var one = ref memos[column].FindOne(written.Length == 1 ? written[0] : (byte)0);
            Rule? found;
            if (one.IsEmpty)
            {
                found = CheckCell(written, column);
            }
            else
            {
                row.SetCell(column, one.Value, one.Number);
                found = one.Rule;
            }

            if (found is { } rule)
            {
                log.Add(rule, number, column, cells[column]);
                if (rule.Consequence != Consequence.Warning)
                {
                    broken[column] = true;
                    sound = false;
                }
            }
        }

        return CheckRules(number) & sound && CheckUnique(number);
    }

    /// <summary>Overwrites with zeros what was kept of the rows: it is personal data.</summary>
    public void Clear()
    {
        Row.Clear();
        foreach (var memo in memos)
        {
            memo.Clear();
        }
    }

    /// <summary>A row of blank cells, as spreadsheets leave behind.</summary>
    public static bool IsBlank(CsvReader csv)
    {
        for (var cell = 0; cell < csv.FieldCount; cell++)
        {
            if (!Trim(csv.GetSpan(cell)).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    // More cells than the header are forgiven when blank; fewer, when what is missing may be blank: Excel leaves trailing commas out.
    private bool HasWidth(CsvReader csv, long number)
    {
        for (var cell = width; cell < csv.FieldCount; cell++)
        {
            if (!Trim(csv.GetSpan(cell)).IsEmpty)
            {
                LogRagged(csv, number, Ragged(csv));
                return false;
            }
        }

        if (csv.FieldCount >= width)
        {
            return true;
        }

        for (var column = 0; column < cells.Length; column++)
        {
            if (cells[column] >= csv.FieldCount && columns[column].Required)
            {
                LogRagged(csv, number, Ragged(csv));
                return false;
            }
        }

        log.Add(CellRules.TrailingCells, number);
        return true;
    }

    private string Ragged(CsvReader csv) => $"{width} cells, as many as the header has; this row has {csv.FieldCount}";

    // A comma inside a cell without quotation marks, in a row whose last cells are blank: as it is some cell is refused, and with the
    // two parts of that cell together none is.
    private bool IsShifted(CsvReader csv)
    {
        if (IsSound(csv, at: width, by: 0))
        {
            return false;
        }

        for (var by = 1; by <= csv.FieldCount - width; by++)
        {
            for (var at = 0; at < width; at++)
            {
                if (IsSound(csv, at, by))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether no cell is refused, were one cell and those behind it one.</summary>
    /// <param name="at">The cell.</param>
    /// <param name="by">How many behind it.</param>
    private bool IsSound(CsvReader csv, int at, int by)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var place = cells[column];
            if (place < 0)
            {
                continue;
            }

            var rule = place == at ? CheckCell(column, Together(csv, at, by)) : CheckCell(column, Trim(csv.GetSpan(place < at ? place : place + by)));
            if (rule is { Consequence: not Consequence.Warning })
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Together(CsvReader csv, int at, int by)
    {
        var together = new List<byte>();
        for (var cell = at; cell <= at + by; cell++)
        {
            together.AddRange(together.Count > 0 ? ", "u8 : default);
            together.AddRange(Trim(csv.GetSpan(cell)));
        }

        return [.. together];
    }

    private void LogRagged(CsvReader csv, long number, string expected)
    {
        var swallowed = -1;
        for (var cell = 0; cell < csv.FieldCount && swallowed < 0; cell++)
        {
            swallowed = HoldsRows(csv.GetSpan(cell), width) ? cell : -1;
        }

        if (swallowed >= 0)
        {
            log.Add(FileRules.QuoteLater, number, cell: swallowed);
        }
        else
        {
            log.Add(CellRules.Ragged, number, expected: expected);
        }
    }

    /// <summary>Whether a quotation mark that was lost ran on to the next one: line ends, and between them as many separators as a row
    /// has.</summary>
    internal static bool HoldsRows(ReadOnlySpan<byte> cell, int width)
    {
        if (!cell.ContainsAny((byte)'\n', (byte)'\r'))
        {
            return false;
        }

        var separators = Math.Max(width - 1, FewestSeparators);
        return cell.Count((byte)',') >= separators || cell.Count((byte)';') >= separators
            || cell.Count((byte)'\t') >= separators || cell.Count((byte)'|') >= separators;
    }

    private Rule? CheckCell(ReadOnlySpan<byte> written, int column)
    {
        var memo = memos[column];
        if (written.Length is 0 or > CellMemo.Longest || memo.IsGivenUp)
        {
            return CheckCell(column, Trim(written));
        }

        var text = new ShortText(written);
        ref readonly var known = ref memo.Find(text);
        if (known.Cell.Equals(text))
        {
            Row.SetCell(column, known.Value, known.Number);
            return known.Rule;
        }

        var rule = CheckCell(column, Trim(written));
        if (Row[column].Length <= CellMemo.Longest)
        {
            memo.Keep(text, rule, Row[column], Row.NumberOf(column));
        }

        return rule;
    }

    private Rule? CheckCell(int column, ReadOnlySpan<byte> value)
    {
        var writer = Row.BeginCell(column);
        if (value.Length > CellMemo.Longest && HoldsRows(value, width))
        {
            Row.EndCell(column);
            return FileRules.QuoteLater;
        }

        var rule = value.IsEmpty || (blanks[column].Length > 0 && IsBlankValue(column, value))
            ? required[column] ? validators[column].Blank : null
            : BlankWords.IsError(value) ? CellRules.Error
            : validators[column].Normalise(value, writer);
        if (rule == NhsNumberValidator.TestOnly && options.TestNhsNumbers)
        {
            rule = null;
        }

        // A dash alone begins as a formula does, and means nothing.
        if (!value.IsEmpty
            && (rule is { Consequence: not Consequence.Warning } || (rule == CellRules.Formula && BlankWords.IsBlank(value))))
        {
            rule = CheckAgain(column, value, writer, rule);
        }

        Row.EndCell(column);
        return rule;
    }

    // A refused value again, by what people and spreadsheets write: a word for nothing, an invisible character, Excel's marks.
    private Rule? CheckAgain(int column, ReadOnlySpan<byte> value, ValueWriter writer, Rule rule)
    {
        Row.ClearCell(column);
        if (BlankWords.IsBlank(value))
        {
            return required[column] ? validators[column].Blank : null;
        }

        if (BlankWords.IsError(value))
        {
            return CellRules.Error;
        }

        if (value.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
        {
            var invisible = TextHygiene.Plain(value, out var clean);
            var again = clean.Length == 0 ? (required[column] ? validators[column].Blank : null) : clean.AsSpan().SequenceEqual(value) ? rule : validators[column].Normalise(clean, writer);
            return again is null && invisible ? TextHygiene.Invisible : again;
        }

        return value[0] == '\'' || value.StartsWith("=\""u8) ? CellRules.ExcelText
            : Ascii.LooksRounded(value) ? CellRules.Rounded
            : rule;
    }

    private bool CheckRules(long number)
    {
        var holds = true;
        for (var i = 0; i < rules.Length; i++)
        {
            var rule = rules[i];
            if ((sound || !rule.Reads(broken)) && !rule.Holds(Row, options))
            {
                log.Add(rule.Rule, number, rule.Column, cells[rule.Column], expected[i]);
                holds &= rule.Rule.Consequence == Consequence.Warning;
            }
        }

        return holds;
    }

    private bool CheckUnique(long number)
    {
        if (unique.Length == 0)
        {
            return true;
        }

        var (hash, blank) = (0UL, true);
        foreach (var column in unique)
        {
            blank &= Row.IsBlank(column);
            hash = KeySet.Mix(hash, Row[column], validators[column] is NameValidator);
        }

        // Two children who have no UPN yet are not one child.
        if (blank)
        {
            return true;
        }

        if (keys.TryAdd(hash, number, out var earlier))
        {
            return true;
        }

        if (specification.Counts)
        {
            log.Add(CellRules.Alike, number, expected: $"{CellRules.Alike.Expected}; row {earlier} is alike");
            return true;
        }

        log.Add(CellRules.Duplicate, number, expected: $"{CellRules.Duplicate.Expected}; row {earlier} has the same {string.Join(", ", unique.Select(column => columns[column].Header))}");
        return false;
    }

    private bool IsBlankValue(int column, ReadOnlySpan<byte> value)
    {
        foreach (var blank in blanks[column])
        {
            if (System.Text.Ascii.EqualsIgnoreCase(value, blank))
            {
                return true;
            }
        }

        return false;
    }

    // Columns that are checked alike, such as twelve months, share what their cells came to.
    private static CellMemo[] Memos(IReadOnlyList<ColumnSpecification> columns)
    {
        var memos = new Dictionary<(Validator, bool, string), CellMemo>();
        return [.. columns.Select(column => CollectionsMarshal.GetValueRefOrAddDefault(memos, (column.Validator, column.Required, string.Join('\n', column.BlankValues)), out _) ??= new())];
    }

    private void SettleMemos()
    {
        foreach (var shared in memos.GroupBy(memo => memo))
        {
            shared.Key.Settle(RowsToSettle * shared.Count());
        }
    }

    private static bool IsInk(byte b) => b is > 0x20 and < 0x80;

    // White space at the ends, the no-break space of web pages too.
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) =>
        value.IsEmpty || (IsInk(value[0]) && IsInk(value[^1])) ? value : TrimEnds(value);

    private static ReadOnlySpan<byte> TrimEnds(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t\r\n"u8);
        while (value is [0xC2, 0xA0, ..])
        {
            value = value[2..].TrimStart(" \t\r\n"u8);
        }

        while (value is [.., 0xC2, 0xA0])
        {
            value = value[..^2].TrimEnd(" \t\r\n"u8);
        }

        return value;
    }
}
