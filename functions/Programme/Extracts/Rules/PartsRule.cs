namespace TfFlow.Programme.Extracts.Rules;

/// <summary>Parts together do not exceed the whole.</summary>
public sealed class PartsRule(int whole, int[] parts) : RowRule(Broken, [whole, .. parts])
{
    public static readonly Rule Broken = new("row.parts",
        "parts that together do not exceed their whole",
        "Compare these figures with your records; look for a session counted under two of them.", "ours");

    public override string Expected(DatasetSpecification specification, ExtractReadOptions options) =>
        $"a number no smaller than {string.Join(" and ", parts.Select(part => specification.Columns[part].Header))} together";

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        var sum = 0L;
        foreach (var part in parts)
        {
            sum += row.IsBlank(part) ? 0 : row.NumberOf(part);
        }

        return row.IsBlank(whole) || sum <= row.NumberOf(whole);
    }
}
