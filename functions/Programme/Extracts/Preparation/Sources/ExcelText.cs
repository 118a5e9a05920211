namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>The marks by which people make Excel keep a value as text: an apostrophe before it, or <c>="…"</c> around it; and marks of quotation that became a part of the cell.</summary>
internal static class ExcelText
{
    /// <returns>Whether there was a mark; <paramref name="value"/> is then without it.</returns>
    public static bool Strip(ref ReadOnlySpan<byte> value)
    {
        if (value is [(byte)'=', (byte)'"', .., (byte)'"'] && value.Length > 3)
        {
            value = value[2..^1];
            return true;
        }

        // Marks of quotation that were meant to stand around the cell.
        if (value is [(byte)'\'', _, .., (byte)'\''] or [(byte)'"', _, .., (byte)'"'])
        {
            value = value[1..^1];
            return true;
        }

        if (value.Length > 6 && value.StartsWith("\u201C"u8) && value.EndsWith("\u201D"u8))
        {
            value = value[3..^3];
            return true;
        }

        // 't Hart and 's-Gravenhage are names.
        if (value is [(byte)'\'', var first, ..] && !(first is (byte)'t' or (byte)'s' or (byte)'n' && (value.Length < 3 || value[2] is (byte)' ' or (byte)'-')))
        {
            value = value[1..];
            return true;
        }

        return false;
    }
}
