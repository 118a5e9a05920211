using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>An entity group transaction as a multipart/mixed message ("Performing entity group transactions").</summary>
internal sealed partial class TableBatch
{
    // No line of a part begins with two dashes, so a boundary need not be random; it is short, for a part of a hundred bytes bears it twice.
    public const string ContentType = "multipart/mixed; boundary=batch_1";

    private static readonly RequestMethod Merge = RequestMethod.Parse("MERGE");

    private readonly ArrayBufferWriter<byte> content = new(4096);

    public TableBatch(string address, string table, IReadOnlyList<TableWrite> writes)
    {
        using var json = new Utf8JsonWriter(content);
        content.Write("--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_1\r\n\r\n"u8);
        foreach (var write in writes)
        {
            var (method, path, ifMatch) = RequestLine(table, write);
            content.Write("--changeset_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8);
            Append($"{method} {address}{path} HTTP/1.1\r\nDataServiceVersion: 3.0\r\n");
            Append(ifMatch is null ? "" : $"If-Match: {ifMatch}\r\n");
            if (method == RequestMethod.Delete)
            {
                content.Write("\r\n\r\n"u8);
            }
            else
            {
                content.Write("Prefer: return-no-content\r\nContent-Type: application/json\r\n\r\n"u8);
                TableJson.Write(json, write.Row);
                json.Reset();
                content.Write("\r\n"u8);
            }
        }

        content.Write("--changeset_1--\r\n--batch_1--\r\n"u8);
        if (content.WrittenCount > TableLimits.TransactionBytes)
        {
            throw new ArgumentException($"A transaction takes at most {TableLimits.TransactionBytes} bytes, not {content.WrittenCount}.", nameof(writes));
        }
    }

    public ReadOnlyMemory<byte> Content => content.WrittenMemory;

    public static (RequestMethod Method, string Path, string? IfMatch) RequestLine(string table, TableWrite write)
    {
        var path = write.Kind == TableWriteKind.Insert ? $"/{table}" : RestTableStore.PathOf(table, write.Row.PartitionKey, write.Row.RowKey);
        return write.Kind switch
        {
            TableWriteKind.Insert => (RequestMethod.Post, path, null),
            TableWriteKind.Upsert => (RequestMethod.Put, path, null),
            TableWriteKind.Replace => (RequestMethod.Put, path, write.Row.ETag.ToString("H")),
            TableWriteKind.MergeAny => (Merge, path, "*"),
            TableWriteKind.Delete => (RequestMethod.Delete, path, write.Row.ETag.ToString("H")),
            _ => (RequestMethod.Delete, path, "*"),
        };
    }

    /// <summary>The refusal in a transaction's answer, or null when all was written.</summary>
    public static StorageException? FindFailure(Response response, string table, IReadOnlyList<TableWrite> writes)
    {
        const string operation = "Entity Group Transaction";
        var partition = $"{table}({writes[0].Row.PartitionKey})";
        if (response.IsError)
        {
            return ServiceErrors.From(response, operation, partition);
        }

        var answer = response.Content.ToMemory().Span;
        var parts = new Parts(answer);
        while (parts.MoveNext() && parts.IsSuccess)
        {
        }

        if (!parts.HasCurrent)
        {
            return null;
        }

        var (body, status) = (Encoding.UTF8.GetString(parts.Current), parts.Status);
        // The service's message begins with the number of the write that failed: "17:The specified entity already exists."
        var json = body.AsSpan();
        var brace = json.IndexOf('{');
        var code = brace < 0 ? "" : ServiceErrors.JsonCode(new BinaryData(json[brace..(json.LastIndexOf('}') + 1)].ToString()));
        var index = FailedIndex().Match(body) is { Success: true } match ? int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        return index is { } write && write < writes.Count
            ? StorageErrors.From(status, code, RestTableStore.OperationOf(writes[write]), RestTableStore.Describe(table, writes[write].Row), write)
            : StorageErrors.From(status, code, operation, partition);
    }

    public static IReadOnlyList<ETag> ReadETags(Response response, int count)
    {
        var eTags = new List<ETag>(count);
        var parts = new Parts(response.Content.ToMemory().Span);
        while (parts.MoveNext())
        {
            eTags.Add(parts.ETag);
        }

        return eTags.Count == count
            ? eTags
            : throw new InvalidDataException($"The Table service answered {eTags.Count} of {count} writes of one transaction.");
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, content);

    [GeneratedRegex("\"value\"\\s*:\\s*\"(?<index>[0-9]{1,3}):")]
    private static partial Regex FailedIndex();

    /// <summary>The answers within a transaction's answer, one a write, or one of the write that failed.</summary>
    private ref struct Parts(ReadOnlySpan<byte> answer)
    {
        private ReadOnlySpan<byte> rest = answer;

        public ReadOnlySpan<byte> Current { get; private set; }

        public readonly bool HasCurrent => !Current.IsEmpty;

        public readonly int Status => int.Parse(Current[..3], CultureInfo.InvariantCulture);

        public readonly bool IsSuccess => Current[0] == '2';

        public readonly ETag ETag
        {
            get
            {
                foreach (var line in Current.Split((byte)'\n'))
                {
                    var header = Current[line].Trim(" \r"u8);
                    if (header.Length > 5 && System.Text.Ascii.EqualsIgnoreCase(header[..5], "ETag:"u8))
                    {
                        return new ETag(Encoding.UTF8.GetString(header[5..].Trim((byte)' ')));
                    }
                }

                return default;
            }
        }

        public bool MoveNext()
        {
            var start = rest.IndexOf("HTTP/1.1 "u8);
            if (start < 0)
            {
                Current = default;
                return false;
            }

            rest = rest[(start + 9)..];
            var next = rest.IndexOf("HTTP/1.1 "u8);
            Current = next < 0 ? rest : rest[..next];
            return true;
        }
    }
}
