using System.Text.Json;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure.Functions;

/// <summary>Where Event Grid says that a blob was created. It may say so twice, late, or in another order than it happened.</summary>
internal static class BlobCreated
{
    private const string Containers = "blobServices/default/containers/";
    private const string Blobs = "/blobs/";

    /// <param name="message">A CloudEvent 1.0 of type Microsoft.Storage.BlobCreated, as JSON or in base64: Event Grid has sent both.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static BlobAddress Parse(string message)
    {
        using var json = ParseJson(message);
        var subject = json.RootElement.ValueKind is JsonValueKind.Object && Text(json.RootElement, "type") == "Microsoft.Storage.BlobCreated"
            ? Text(json.RootElement, "subject")?.TrimStart('/')
            : null;

        // The subject carries the names as they are, not escaped as in an address.
        return subject?.StartsWith(Containers, StringComparison.Ordinal) == true
            && subject.IndexOf(Blobs, Containers.Length, StringComparison.Ordinal) is > 0 and var blobs
            ? new(subject[Containers.Length..blobs], subject[(blobs + Blobs.Length)..])
            : throw Unexpected();
    }

    private static JsonDocument ParseJson(string message)
    {
        try
        {
            return message.StartsWith('{') ? JsonDocument.Parse(message) : JsonDocument.Parse(Convert.FromBase64String(message));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Unexpected();
        }
    }

    /// <summary>Says nothing of the message: blob names are not always ours.</summary>
    private static FormatException Unexpected() =>
        new("The queue holds a message that is no CloudEvent of a created blob: see the event subscription in infra/main.bicep.");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
