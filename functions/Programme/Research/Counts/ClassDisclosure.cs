namespace TfFlow.Programme.Research.Counts;

public enum ClassShare
{
    /// <summary>Nobody of the group is in the category.</summary>
    None,

    /// <summary>Everybody of the group is.</summary>
    All,
}

/// <summary>A group all of whose members become known by belonging to it: 0 % or 100 % of a row are in one category.</summary>
/// <remarks>No count need be small for this, so it is for a person to judge, not for a rule to suppress.</remarks>
public sealed record ClassDisclosure(Cell Cell, ClassShare Share)
{
    public static IEnumerable<ClassDisclosure> Find(CountTable table) =>
        from cell in table.Cells
        let total = table.RowTotal(cell.Row)
        where table.Columns.Count > 1 && total > 0 && (table[cell] == 0 || table[cell] == total)
        select new ClassDisclosure(cell, table[cell] == 0 ? ClassShare.None : ClassShare.All);
}
