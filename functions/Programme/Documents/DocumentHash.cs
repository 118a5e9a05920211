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

    /// <summary>A short hash of each part, to name what changed: <c>title=0123456789ab</c>, <c>exchanges/leicestershire-2=0123456789ab</c>.</summary>
    public static IReadOnlyList<string> Parts(DocumentMap map) =>
        [.. map.Children.Where(pair => !IsBlank(pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => Parts(pair.Key, pair.Value)).Select(part => $"{part.Name}={Of(part.Node)[..12]}")];

    private static IEnumerable<(string Name, DocumentNode Node)> Parts(string key, DocumentNode node) =>
        node is DocumentList { Items: var items } && items.All(item => NameOf(item) is not null) ? items.Select(item => ($"{key}/{NameOf(item)}", item)) : [(key, node)];

    private static string? NameOf(DocumentNode node) => node is DocumentMap map
        ? (map.Children.GetValueOrDefault("id") ?? map.Children.GetValueOrDefault("name")) is DocumentScalar { Text: { Length: > 0 } name } ? name : null
        : null;

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
