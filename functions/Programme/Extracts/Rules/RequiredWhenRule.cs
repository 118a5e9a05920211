using System.Text;

namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A cell may not be blank when another holds one of some codes.</summary>
public sealed class RequiredWhenRule(int column, int when, IReadOnlyList<string> codes) : RowRule(Broken, column, when)
{
    public static readonly Rule Broken = new("row.required-when",
        "a value: another cell of the row makes this one necessary",
        "Fill the cell, or correct the other one.", "ours");

    private readonly string words = string.Join(" or ", codes);
    private readonly byte[][] codes = [.. codes.Select(Encoding.UTF8.GetBytes)];

    public override string Expected(DatasetSpecification specification, ExtractReadOptions options) =>
        $"a value, because {specification.Columns[when].Header} says {words}";

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        if (!row.IsBlank(column))
        {
            return true;
        }

        foreach (var code in codes)
        {
            if (row[when].SequenceEqual(code))
            {
                return false;
            }
        }

        return true;
    }
}
