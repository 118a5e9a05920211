using System.Text;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>What each cell of an export's rows is, told from its header row and the mapping.</summary>
internal sealed class ExportLayout
{
    private readonly DatasetSpecification specification;

    private ExportLayout(DatasetSpecification specification, IReadOnlyList<byte[]> row, IReadOnlyList<string> headers)
    {
        this.specification = specification;
        Row = row;
        Own = headers;
        Headers = [.. headers];
        Columns = new ColumnSpecification?[headers.Count];
    }

    /// <summary>The row they stand in.</summary>
    public IReadOnlyList<byte[]> Row { get; }

    /// <summary>As the export writes them; two rows of one header together.</summary>
    public IReadOnlyList<string> Own { get; }

    /// <summary>As the extract gets them.</summary>
    public string[] Headers { get; }

    /// <summary>The dataset's column of each cell; null for what is left out.</summary>
    public ColumnSpecification?[] Columns { get; }

    /// <summary>Cells whose values are not written in their own place: they are joined to another one, or left out.</summary>
    public HashSet<int> Unwritten { get; } = [];

    /// <summary>For a cell: all the cells whose values are joined there.</summary>
    public Dictionary<int, IReadOnlyList<int>> Joins { get; } = [];

    /// <summary>Columns that every row gets the same value in; they follow the export's own.</summary>
    public List<(string Header, byte[] Value)> Set { get; } = [];

    /// <summary>Headers of which something is to be told, such as why one is not the column of the dataset that it would be.</summary>
    public List<(int Cell, Rule What)> Told { get; } = [];

    public bool Mapped { get; private set; }

    /// <summary>Whether something of the cell gets into the extract.</summary>
    public bool Reads(int cell) => Columns[cell] is not null || Joins.Values.Any(parts => parts.Contains(cell));

    public int Known => Columns.Count(column => column is not null);

    /// <param name="row">The row the headers stand in.</param>
    /// <param name="headers">The headers: those of the row, or with those above them.</param>
    /// <returns>The layout, or what the mapping names and the file does not have.</returns>
    public static (ExportLayout Layout, IReadOnlyList<string> Missing) Of(
        IReadOnlyList<byte[]> row, IReadOnlyList<byte[]> headers, DatasetSpecification specification, ExportMapping mapping)
    {
        var layout = new ExportLayout(specification, row, [.. headers.Select(cell => Encoding.UTF8.GetString(cell))]);
        var missing = layout.Apply(mapping);
        layout.Recognise();
        return (layout, missing);
    }

    /// <summary>The headers of a row, so far as they are known, stand where those of this layout do.</summary>
    public bool Fits(IReadOnlyList<byte[]> row) => Enumerable.Range(0, row.Count).All(cell =>
        cell < Row.Count
            ? HeaderMap.Fold(Encoding.UTF8.GetString(row[cell])) is var folded
                && (folded.Length == 0 || folded == HeaderMap.Fold(Own[cell])
                    || folded == HeaderMap.Fold(Encoding.UTF8.GetString(Row[cell])))
            : row[cell].Length == 0);

    /// <summary>How many cells of a row are headers of the dataset, the mapping's and an address's lines included.</summary>
    public static int Recognised(IReadOnlyList<byte[]> row, HeaderMap headers, ExportMapping mapping)
    {
        var folded = row.Select(cell => HeaderMap.Fold(Encoding.UTF8.GetString(cell))).ToList();
        var named = mapping.Map.Keys.Concat(mapping.Join.Values.SelectMany(parts => parts)).Select(HeaderMap.Fold).ToHashSet(StringComparer.Ordinal);
        var parts = AddressParts.Find(folded).ToHashSet();
        return Enumerable.Range(0, row.Count).Count(cell =>
            folded[cell].Length > 0 && (headers.Find(row[cell]) >= 0 || named.Contains(folded[cell]) || parts.Contains(cell)));
    }

    /// <summary>A header row with the one above it: "Date of" over "birth", or "Home address" over "Line 1" and "Line 2".</summary>
    /// <param name="above">Where a cell is empty, the one before it is merged over it.</param>
    public static IReadOnlyList<byte[]> Stacked(IReadOnlyList<byte[]> above, IReadOnlyList<byte[]> row, HeaderMap headers)
    {
        var stacked = new List<byte[]>();
        byte[] over = [];
        for (var cell = 0; cell < Math.Max(above.Count, row.Count); cell++)
        {
            over = cell < above.Count && above[cell].Length > 0 ? above[cell] : over;
            var below = cell < row.Count ? row[cell] : [];
            stacked.Add(headers.Find(below) >= 0 ? below : below.Length == 0 ? cell < above.Count ? above[cell] : [] : [.. over, (byte)' ', .. below]);
        }

        return stacked;
    }

    private List<string> Apply(ExportMapping mapping)
    {
        var missing = new List<string>();
        foreach (var (own, name) in mapping.Map)
        {
            if (Cell(own) is var cell and >= 0)
            {
                Take(cell, ExportMapping.Column(specification, name)!);
            }
            else
            {
                missing.Add(own);
            }
        }

        foreach (var (name, parts) in mapping.Join)
        {
            var cells = parts.Select(Cell).ToList();
            missing.AddRange(parts.Where((_, part) => cells[part] < 0));
            if (cells.TrueForAll(cell => cell >= 0) && cells.Count > 0)
            {
                Join(ExportMapping.Column(specification, name)!, cells);
            }
        }

        foreach (var (name, value) in mapping.Set)
        {
            var column = ExportMapping.Column(specification, name)!;
            Set.Add((column.Header, Encoding.UTF8.GetBytes(value)));
            LetGo(column, except: -1);
        }

        Mapped = !(mapping with { Sheet = 0 }).IsEmpty;
        return missing;
    }

    private void Recognise()
    {
        var map = new HeaderMap(specification);
        var set = Set.Select(pair => pair.Header).ToHashSet(StringComparer.Ordinal);
        var named = Columns.OfType<ColumnSpecification>().Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var (taken, again) = (named.ToHashSet(StringComparer.Ordinal), new List<int>());

        var known = Enumerable.Range(0, Own.Count).Where(cell => Columns[cell] is null && !Unwritten.Contains(cell))
            .Select(cell => (Cell: cell, Index: map.Find(Encoding.UTF8.GetBytes(Own[cell])))).Where(pair => pair.Index >= 0).ToList();
        var others = OtherTables([.. known.Where(pair => !named.Contains(specification.Columns[pair.Index].Name))]);
        foreach (var table in others.GroupBy(TableOf).ToList())
        {
            Unwritten.UnionWith(table);
            table.ToList().ForEach(cell => Headers[cell] = "");
            Told.Add((table.First(), SourceRules.SideBySide));
        }

        // Of several headers of one column the specification's own wins, then its aliases in their order:
        // the legal name before the preferred one.
        known.RemoveAll(pair => others.Contains(pair.Cell));
        foreach (var (cell, index) in known.OrderBy(pair => Rank(specification.Columns[pair.Index], Own[pair.Cell])))
        {
            var column = specification.Columns[index];
            if (set.Contains(column.Header))
            {
                LeaveOut(cell, SourceRules.SetInstead);
            }
            else if (taken.Add(column.Name))
            {
                Columns[cell] = column;
            }
            else if (!named.Contains(column.Name) && Array.FindIndex(Columns, other => other == column) is var first and >= 0
                && HeaderMap.Fold(Own[first]) == HeaderMap.Fold(Own[cell]))
            {
                // Nothing tells which of the two is meant: left as it is, so that it is told as twice there.
                again.Add(cell);
            }
            else
            {
                LeaveOut(cell, SourceRules.OtherColumn);
            }
        }

        if (specification.Find(IdentityColumns.Address) is var address and >= 0 && !named.Contains(IdentityColumns.Address)
            && AddressParts.Find([.. Own.Select(HeaderMap.Fold)]) is { Count: > 1 } parts)
        {
            // A column that is the whole address beside its lines wins.
            var whole = Array.FindIndex(Columns, column => column?.Name == IdentityColumns.Address);
            if (whole < 0 || parts.Contains(whole) || AddressParts.IsLine(Own[whole]))
            {
                Join(specification.Columns[address], parts);
                foreach (var cell in again.Where(cell => map.Find(Encoding.UTF8.GetBytes(Own[cell])) == address && !Unwritten.Contains(cell)))
                {
                    LeaveOut(cell, SourceRules.OtherColumn);
                }
            }
        }

        var read = Enumerable.Range(0, Own.Count).Where(cell => Columns[cell] is { } column && !named.Contains(column.Name));
        foreach (var table in read.GroupBy(TableOf).Skip(1))
        {
            Told.Add((table.First(), SourceRules.Apart));
        }
    }

    // The cells of tables that stand beside another one and have its headers again: two in the same words, or three in any.
    private List<int> OtherTables(IReadOnlyList<(int Cell, int Index)> known)
    {
        var (before, others) = (new List<(int Cell, int Index)>(), new List<int>());
        foreach (var table in known.GroupBy(pair => TableOf(pair.Cell)))
        {
            var again = table.Where(pair => before.Exists(first => first.Index == pair.Index)).ToList();
            var words = before.Select(first => HeaderMap.Fold(Own[first.Cell])).ToList();
            if (again.Count > 2 || again.Count(pair => words.Contains(HeaderMap.Fold(Own[pair.Cell]))) > 1)
            {
                others.AddRange(Enumerable.Range(0, Own.Count)
                    .Where(cell => Own[cell].Length > 0 && Columns[cell] is null && TableOf(cell) == table.Key));
            }
            else
            {
                before.AddRange(table);
            }
        }

        return others;
    }

    // Cells without a header set tables apart: the first of the run that a cell belongs to.
    private int TableOf(int cell)
    {
        while (cell > 0 && Own[cell - 1].Length > 0)
        {
            cell--;
        }

        return cell;
    }

    private void LeaveOut(int cell, Rule why)
    {
        Headers[cell] = "";
        Unwritten.Add(cell);
        Told.Add((cell, why));
    }

    private static int Rank(ColumnSpecification column, string header) =>
        column.Aliases.Prepend(column.Header).Select(HeaderMap.Fold).ToList().IndexOf(HeaderMap.Fold(header));

    private void Join(ColumnSpecification column, IReadOnlyList<int> cells)
    {
        Take(cells[0], column);
        Joins[cells[0]] = cells;
        foreach (var cell in cells.Skip(1))
        {
            Unwritten.Add(cell);
            (Columns[cell], Headers[cell]) = (null, "");
        }
    }

    private void Take(int cell, ColumnSpecification column)
    {
        (Columns[cell], Headers[cell]) = (column, column.Header);
        Unwritten.Remove(cell);
        Told.RemoveAll(told => told.Cell == cell);
        LetGo(column, cell);
    }

    private void LetGo(ColumnSpecification column, int except)
    {
        for (var cell = 0; cell < Columns.Length; cell++)
        {
            if (cell != except && Columns[cell] == column)
            {
                (Columns[cell], Headers[cell]) = (null, "");
            }
        }
    }

    // By its header; or, where no header is so, by its letter: D.
    private int Cell(string own)
    {
        var folded = HeaderMap.Fold(own);
        var cell = Enumerable.Range(0, Own.Count).Where(cell => folded.Length > 0 && HeaderMap.Fold(Own[cell]) == folded).DefaultIfEmpty(-1).First();
        return cell >= 0 ? cell : Enumerable.Range(0, Own.Count).Where(cell => HeaderMap.Letters(cell) == own).DefaultIfEmpty(-1).First();
    }
}
