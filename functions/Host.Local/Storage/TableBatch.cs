using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>An entity group transaction as a multipart/mixed message ("Performing entity group transactions").</summary>
internal sealed partial class TableBatch
{
    private readonly ArrayBufferWriter<byte> content = new(4096);

    public TableBatch(string address, string table, IReadOnlyList<TableWrite> writes)
    {
        var id = Guid.NewGuid().ToString();
        ContentType = $"multipart/mixed; boundary=batch_{id}";
        Append($"--batch_{id}\r\nContent-Type: multipart/mixed; boundary=changeset_{id}\r\n\r\n");
        for (var index = 0; index < writes.Count; index++)
        {
            var (method, path, ifMatch) = RequestLine(table, writes[index]);
            Append($"--changeset_{id}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: {index}\r\n\r\n");
            Append($"{method} {address}{path} HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n");
            Append(ifMatch is null ? "" : $"If-Match: {ifMatch}\r\n");
            if (method == RequestMethod.Delete)
            {
                Append("\r\n\r\n");
            }
            else
            {
                Append("Prefer: return-no-content\r\nContent-Type: application/json\r\n\r\n");
                TableJson.Write(content, writes[index].Row);
                Append("\r\n");
            }
        }

        Append($"--changeset_{id}--\r\n--batch_{id}--\r\n");
        if (content.WrittenCount > TableLimits.TransactionBytes)
        {
            throw new ArgumentException($"A transaction takes at most {TableLimits.TransactionBytes} bytes, not {content.WrittenCount}.", nameof(writes));
        }
    }

    public string ContentType { get; }

    public ReadOnlyMemory<byte> Content => content.WrittenMemory;

    public static (RequestMethod Method, string Path, string? IfMatch) RequestLine(string table, TableWrite write)
    {
        var path = write.Kind == TableWriteKind.Insert ? $"/{table}" : RestTableStore.PathOf(table, write.Row.PartitionKey, write.Row.RowKey);
        return write.Kind switch
        {
            TableWriteKind.Insert => (RequestMethod.Post, path, null),
            TableWriteKind.Upsert => (RequestMethod.Put, path, null),
            TableWriteKind.Replace => (RequestMethod.Put, path, write.Row.ETag.ToString("H")),
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

        var body = response.Content.ToString();
        var failed = StatusLine().Matches(body).FirstOrDefault(match => match.Groups["status"].ValueSpan is not ['2', ..]);
        if (failed is null)
        {
            return null;
        }

        // The service's message begins with the number of the write that failed: "17:The specified entity already exists."
        var status = int.Parse(failed.Groups["status"].ValueSpan, CultureInfo.InvariantCulture);
        var json = body.AsSpan(failed.Index);
        var brace = json.IndexOf('{');
        var code = brace < 0 ? "" : ServiceErrors.JsonCode(new BinaryData(json[brace..(json.LastIndexOf('}') + 1)].ToString()));
        var index = FailedIndex().Match(body, failed.Index) is { Success: true } match ? int.Parse(match.Groups["index"].ValueSpan, CultureInfo.InvariantCulture) : (int?)null;
        return index is { } write && write < writes.Count
            ? StorageErrors.From(status, code, RestTableStore.OperationOf(writes[write]), RestTableStore.Describe(table, writes[write].Row), write)
            : StorageErrors.From(status, code, operation, partition);
    }

    public static IReadOnlyList<ETag> ReadETags(Response response, int count)
    {
        var eTags = new List<ETag>(count);
        foreach (var part in response.Content.ToString().Split("HTTP/1.1 ")[1..])
        {
            eTags.Add(ETagHeader().Match(part) is { Success: true } match ? new ETag(match.Groups["etag"].Value) : default);
        }

        return eTags.Count == count
            ? eTags
            : throw new InvalidDataException($"The Table service answered {eTags.Count} of {count} writes of one transaction.");
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, content);

    [GeneratedRegex("^HTTP/1.1 (?<status>[0-9]{3})", RegexOptions.Multiline)]
    private static partial Regex StatusLine();

    [GeneratedRegex("\"value\"\\s*:\\s*\"(?<index>[0-9]{1,3}):")]
    private static partial Regex FailedIndex();

    [GeneratedRegex(@"^ETag:\s*(?<etag>\S.*?)\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ETagHeader();
}
