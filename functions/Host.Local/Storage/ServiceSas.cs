using System.Globalization;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>A service SAS on one blob ("Create a service SAS", version 2020-12-06 and later).</summary>
internal static class ServiceSas
{
    /// <summary>The permission to create one blob in one Put Blob, and nothing else.</summary>
    public static Uri CreateOnly(StorageAccount account, Uri address, BlobAddress blob, DateTimeOffset expiresOn, string? ipRange)
    {
        const string permission = "c";
        var expiry = expiresOn.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var protocol = address.Scheme == Uri.UriSchemeHttps ? "https" : "https,http";
        string[] signed =
        [
            permission,
            "", // start
            expiry,
            $"/blob/{account.Name}/{blob.Container}/{blob.Name}",
            "", // stored access policy
            ipRange ?? "",
            protocol,
            BlobRequests.Version,
            "b", // resource: a blob
            "", // snapshot
            "", // encryption scope
            "", "", "", "", "", // response headers
        ];
        var signature = SharedKeyPolicy.Sign(account, string.Join('\n', signed));
        (string Name, string? Value)[] parameters =
        [
            ("sv", BlobRequests.Version), ("sp", permission), ("se", expiry), ("sr", "b"), ("spr", protocol), ("sip", ipRange), ("sig", signature),
        ];
        var query = parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}");
        return new Uri($"{address.AbsoluteUri}?{string.Join('&', query)}");
    }
}
