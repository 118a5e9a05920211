using System.Text;

namespace TfFlow.Browser.Tests;

/// <summary>Looks for texts in bytes: as they are, in UTF-16 of either order, and in base64 at each of its three offsets.</summary>
internal static class CanarySearch
{
    public static IEnumerable<string> In(byte[] bytes, IEnumerable<string> texts) =>
        from text in texts
        from form in Forms(text)
        where bytes.AsSpan().IndexOf(form.Bytes) >= 0
        select $"{text} ({form.Name})";

    private static IEnumerable<(string Name, byte[] Bytes)> Forms(string text)
    {
        yield return ("UTF-8", Encoding.UTF8.GetBytes(text));
        yield return ("UTF-16 LE", Encoding.Unicode.GetBytes(text));
        yield return ("UTF-16 BE", Encoding.BigEndianUnicode.GetBytes(text));
        for (var offset = 0; offset < 3; offset++)
        {
            // The first and last letters also hold bits of what stands beside the text.
            var base64 = Convert.ToBase64String([.. new byte[offset], .. Encoding.UTF8.GetBytes(text)]).TrimEnd('=');
            yield return ("base64", Encoding.ASCII.GetBytes(base64[(offset == 0 ? 0 : offset + 1)..^1]));
        }
    }
}
