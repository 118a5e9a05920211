namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A total equals the sum of its parts.</summary>
/// <remarks>seeds/002 App B rows 1, 2, 4, 5: numbers over twelve months, broken down by month.</remarks>
public sealed class SumRule(int total, int[] parts) : RowRule(Broken, [total, .. parts])
{
    public static readonly Rule Broken = new("row.sum",
        "a total equal to the sum of its months",
        "Add the months up again, and correct the month or the total.", "seeds/002 App B row 2");

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        if (row.IsBlank(total))
        {
            return true;
        }

        var sum = 0L;
        foreach (var part in parts)
        {
            var number = row.NumberOf(part);
            sum += number == ValueWriter.NoNumber ? 0 : number;
        }

        return sum == row.NumberOf(total);
    }
}
