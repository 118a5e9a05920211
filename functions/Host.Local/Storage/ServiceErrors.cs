using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>A service's refusal in the port's words.</summary>
internal static class ServiceErrors
{
    public static bool IsTransport(Exception exception) =>
        exception is RequestFailedException or IOException or HttpRequestException or OperationCanceledException or AggregateException;

    public static StorageException Unreachable(string operation, string resource, Uri endpoint, Exception exception) => new(
        StorageError.Unavailable, operation, resource, $"the store at {endpoint.GetLeftPart(UriPartial.Authority)} does not answer; is it running?", exception);

    public static StorageException From(Response response, string operation, string resource, int? failedWrite = null) =>
        From(response.Status, ErrorCode(response), operation, resource, failedWrite);

    public static StorageException From(int status, string code, string operation, string resource, int? failedWrite = null)
    {
        var error = Classify(status, code);
        return new(error, operation, resource, $"{Explain(error)} ({status}{(code.Length > 0 ? " " : "")}{code})") { FailedWrite = failedWrite };
    }

    /// <summary>The service's own code: a header on blobs, JSON or XML in the body on tables.</summary>
    public static string ErrorCode(Response response)
    {
        if (response.Headers.TryGetValue("x-ms-error-code", out var code) && code is not null)
        {
            return code;
        }

        // What is read as a stream (a download) says it in the header, or not at all.
        var body = response.ContentStream is MemoryStream ? response.Content : BinaryData.Empty;
        return body.ToMemory().Span is [(byte)'{', ..] ? JsonCode(body) : XmlCode(body);
    }

    public static string JsonCode(BinaryData body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("odata.error", out var error) && error.TryGetProperty("code", out var code) ? code.GetString() ?? "" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string XmlCode(BinaryData body)
    {
        try
        {
            var root = XDocument.Parse(body.ToString()).Root;
            return root?.Elements().FirstOrDefault(element => element.Name.LocalName is "Code" or "code")?.Value ?? "";
        }
        catch (XmlException)
        {
            return "";
        }
    }

    private static StorageError Classify(int status, string code) => (status, code) switch
    {
        (409 or 412, _) when code.StartsWith("Lease", StringComparison.Ordinal) => StorageError.LeaseHeld,
        (409, _) when code.EndsWith("AlreadyExists", StringComparison.Ordinal) => StorageError.AlreadyExists,
        (409, _) when code.EndsWith("BeingDeleted", StringComparison.Ordinal) => StorageError.Unavailable,
        (413, _) or (_, "EntityTooLarge" or "PropertyValueTooLarge" or "RequestBodyTooLarge" or "BlockCountExceedsLimit") => StorageError.TooLarge,
        (404, _) => StorageError.NotFound,
        (412, _) => StorageError.ConditionNotMet,
        (401 or 403, _) => StorageError.Refused,
        (408 or 429 or >= 500, _) => StorageError.Unavailable,
        _ => StorageError.Invalid,
    };

    private static string Explain(StorageError error) => error switch
    {
        StorageError.NotFound => "it is not there",
        StorageError.AlreadyExists => "it is there already",
        StorageError.ConditionNotMet => "it was changed by another",
        StorageError.LeaseHeld => "another holds its lease",
        StorageError.Refused => "the service refused the account key or the upload address",
        StorageError.Unavailable => "the service is busy or failing",
        StorageError.TooLarge => "it is larger than the service takes",
        _ => "the service does not take the request",
    };
}
