using System.Runtime.CompilerServices;
using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts;

/// <summary>An accepted row: the normalised values of its columns, in the order of the specification. One object is reused for every row.</summary>
public sealed class ExtractRow
{
    private readonly ValueWriter writer = new();
    private readonly Cell[] cells;
    private readonly HouseholdPlace place = new();
    private readonly int addressColumn;
    private readonly int postcodeColumn;
    private bool placed;

    internal ExtractRow(DatasetSpecification specification)
    {
        Specification = specification;
        cells = new Cell[specification.Columns.Count];
        (addressColumn, postcodeColumn) = (specification.Find(IdentityColumns.Address), specification.Find(IdentityColumns.Postcode));
    }

    public DatasetSpecification Specification { get; }

    /// <summary>As a spreadsheet numbers it: the header is row 1.</summary>
    public long Number { get; private set; }

    /// <summary>The normalised value as UTF-8; empty when the cell was blank or the column absent. Valid until the next row.</summary>
    public ReadOnlySpan<byte> this[int column]
    {
        get
        {
            ref readonly var cell = ref cells[column];
            return writer.Written[cell.Start..cell.End];
        }
    }

    public bool IsBlank(int column)
    {
        ref readonly var cell = ref cells[column];
        return cell.Start == cell.End;
    }

    /// <summary>The value as a number (a date's <see cref="DateOnly.DayNumber"/>, a count, hundredths of a per cent), or <see cref="ValueWriter.NoNumber"/>.</summary>
    public long NumberOf(int column) => cells[column].Number;

    /// <summary>The canonical key of the household's address, from which its pseudonym is computed; empty when the row places nobody (blank, ZZ99).</summary>
    public ReadOnlySpan<byte> HouseholdKey() => Place().Key;

    /// <summary>What the row's address says. It is read once a row.</summary>
    public HouseholdPlace Place()
    {
        if (!placed)
        {
            placed = true;
            place.Read(addressColumn < 0 ? default : this[addressColumn], postcodeColumn < 0 ? default : this[postcodeColumn]);
        }

        return place;
    }

    internal void Begin(long number)
    {
        Number = number;
        placed = false;
        writer.Truncate(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ValueWriter BeginCell(int column)
    {
        cells[column].Start = writer.Length;
        writer.Number = ValueWriter.NoNumber;
        return writer;
    }

    /// <summary>Forgets what was written of a cell that was refused, before it is read again.</summary>
    internal void ClearCell(int column)
    {
        writer.Truncate(cells[column].Start);
        writer.Number = ValueWriter.NoNumber;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void EndCell(int column)
    {
        cells[column].End = writer.Length;
        cells[column].Number = writer.Number;
    }

    /// <summary>Writes a cell whose value is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetCell(int column, ShortText value, long number)
    {
        ref var cell = ref cells[column];
        cell.Start = writer.Length;
        value.CopyTo(writer);
        cell.End = writer.Length;
        cell.Number = number;
    }

    internal void Clear()
    {
        writer.Clear();
        placed = false;
        place.Clear();
    }

    // Where a value stands in the row's buffer, and what it is as a number.
    private struct Cell
    {
        public int Start;
        public int End;
        public long Number;
    }
}
