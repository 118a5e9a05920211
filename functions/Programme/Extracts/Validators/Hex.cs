using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>Sixteen bytes as hexadecimal digits.</summary>
internal static class Hex
{
    /// <summary>Writes 32 hexadecimal digits in lower case; <c>false</c> when the value is something else.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (value.Length != 32)
        {
            return false;
        }

        foreach (var b in value)
        {
            if (!char.IsAsciiHexDigit((char)b))
            {
                return false;
            }

            into.Write(Ascii.IsDigit(b) ? b : (byte)(b | 0x20));
        }

        return true;
    }
}
