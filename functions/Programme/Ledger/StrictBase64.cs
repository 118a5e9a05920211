namespace TfFlow.Programme.Ledger;

/// <summary>Base64 with one spelling a value: no white space, no stray bits before the padding.</summary>
/// <remarks>RFC 4648 §3.5: without it a changed character can leave the value as it was.</remarks>
public static class StrictBase64
{
    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }

        bytes = bytes[..length];
        return Convert.ToBase64String(bytes) == text;
    }

    public static bool TryDecode(string text, out Hash256 hash)
    {
        var isHash = TryDecode(text, out byte[] bytes) && bytes.Length == Hash256.Length;
        hash = isHash ? new Hash256(bytes) : default;
        return isHash;
    }
}
