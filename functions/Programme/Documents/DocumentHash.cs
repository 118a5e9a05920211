using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TfFlow.Programme.Documents;

/// <summary>The SHA-256 of what a document says: comments, layout, the order of keys and what is left blank do not count.</summary>
/// <remarks>Canonical bytes: <c>m</c>, the number of keys and each key (in ordinal order) with its value; <c>l</c>, the number of items and each;
/// <c>s</c> and a text. Numbers are 4 bytes, big-endian; texts are UTF-8, led by their length.</remarks>
public static class DocumentHash
{
    /// <returns>Lower-case hex.</returns>
    public static string Of(DocumentNode node)
    {
        using var bytes = new MemoryStream();
        Write(bytes, node);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private static void Write(MemoryStream bytes, DocumentNode node)
    {
        switch (node)
        {
            case DocumentMap map:
                var said = map.Children.Where(pair => !IsBlank(pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
                bytes.WriteByte((byte)'m');
                Write(bytes, said.Count);
                foreach (var (key, value) in said)
                {
                    Write(bytes, key);
                    Write(bytes, value);
                }

                break;
            case DocumentList list:
                bytes.WriteByte((byte)'l');
                Write(bytes, list.Items.Count);
                foreach (var item in list.Items)
                {
                    Write(bytes, item);
                }

                break;
            case DocumentScalar scalar:
                bytes.WriteByte((byte)'s');
                Write(bytes, scalar.Text);
                break;
        }
    }

    private static bool IsBlank(DocumentNode node) => node is DocumentScalar { Text: "" } or DocumentList { Items.Count: 0 };

    private static void Write(MemoryStream bytes, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Write(bytes, utf8.Length);
        bytes.Write(utf8);
    }

    private static void Write(MemoryStream bytes, int number)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, number);
        bytes.Write(four);
    }
}
