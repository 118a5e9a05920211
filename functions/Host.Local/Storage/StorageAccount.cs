namespace TfFlow.Host.Local.Storage;

/// <summary>One storage account: its name, shared key and endpoints.</summary>
public sealed class StorageAccount(string name, byte[] key, Uri blobEndpoint, Uri tableEndpoint)
{
    public string Name { get; } = name;

    public Uri BlobEndpoint { get; } = blobEndpoint;

    public Uri TableEndpoint { get; } = tableEndpoint;

    internal ReadOnlySpan<byte> Key => key;

    /// <summary>Reads a connection string as Azure gives it: AccountName, AccountKey, and BlobEndpoint with TableEndpoint or EndpointSuffix; or UseDevelopmentStorage=true.</summary>
    /// <exception cref="FormatException">A part is missing or malformed; the message names the part, never the key.</exception>
    public static StorageAccount Parse(string connectionString)
    {
        var parts = Split(connectionString);
        if (parts.GetValueOrDefault("UseDevelopmentStorage") == "true")
        {
            return Development;
        }

        var name = Required(parts, "AccountName");
        return new(name, ParseKey(Required(parts, "AccountKey")), Endpoint(parts, name, "blob"), Endpoint(parts, name, "table"));
    }

    /// <summary>The account's name and endpoint, never its key.</summary>
    public override string ToString() => $"{Name} at {BlobEndpoint}";

    /// <summary>The account every Azurite serves by default; its key is public.</summary>
    private static StorageAccount Development => new(
        "devstoreaccount1",
        Convert.FromBase64String("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="),
        new Uri("http://127.0.0.1:10000/devstoreaccount1"),
        new Uri("http://127.0.0.1:10002/devstoreaccount1"));

    private static Dictionary<string, string> Split(string connectionString)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new FormatException("The connection string is not of the form Name=value;Name=value.");
            }

            parts[part[..equals]] = part[(equals + 1)..];
        }

        return parts;
    }

    private static string Required(Dictionary<string, string> parts, string name) => parts.TryGetValue(name, out var value) && value.Length > 0
        ? value
        : throw new FormatException($"The connection string has no {name}.");

    private static byte[] ParseKey(string value)
    {
        try
        {
            return Convert.FromBase64String(value);
        }
        catch (FormatException)
        {
            throw new FormatException("The connection string's AccountKey is not base64.");
        }
    }

    private static Uri Endpoint(Dictionary<string, string> parts, string account, string service)
    {
        var named = service == "blob" ? "BlobEndpoint" : "TableEndpoint";
        var text = parts.GetValueOrDefault(named)
            ?? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{account}.{service}.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        return Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? endpoint
            : throw new FormatException($"The connection string's {named} is not an http address.");
    }
}
