using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace TfFlow.Host.Local.Storage;

/// <summary>Signs each attempt with the account's key ("Authorize with Shared Key", Azure Storage REST reference).</summary>
/// <remarks>The service compares the date with its own clock, so it is the system's time, whatever time the host lives in.</remarks>
internal abstract class SharedKeyPolicy(StorageAccount account) : HttpPipelineSynchronousPolicy
{
    protected StorageAccount Account { get; } = account;

    protected abstract string Scheme { get; }

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        var signature = Sign(Account, StringToSign(request));
        request.Headers.SetValue("Authorization", $"{Scheme} {Account.Name}:{signature}");
    }

    public static string Sign(StorageAccount account, string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(account.Key, Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToBase64String(hash);
    }

    protected abstract string StringToSign(Request request);

    protected static string Header(Request request, string name) => request.Headers.TryGetValue(name, out var value) ? value! : "";

    /// <summary>The path as it goes over the wire. An emulator's path holds the account already; the account still comes before it.</summary>
    protected string CanonicalPath(Uri uri) => $"/{Account.Name}{uri.AbsolutePath}";
}

/// <summary>Shared Key, for the blob service.</summary>
internal sealed class BlobSharedKeyPolicy(StorageAccount account) : SharedKeyPolicy(account)
{
    protected override string Scheme => "SharedKey";

    protected override string StringToSign(Request request)
    {
        var uri = request.Uri.ToUri();
        var text = new StringBuilder(512);
        text.Append(request.Method.Method).Append('\n');
        text.Append(Header(request, "Content-Encoding")).Append('\n');
        text.Append(Header(request, "Content-Language")).Append('\n');
        if (request.Content is { } content && content.TryComputeLength(out var length) && length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{length}");
        }

        text.Append('\n');
        text.Append(Header(request, "Content-MD5")).Append('\n');
        text.Append(Header(request, "Content-Type")).Append('\n');
        text.Append('\n'); // Date: x-ms-date stands for it.
        text.Append(Header(request, "If-Modified-Since")).Append('\n');
        text.Append(Header(request, "If-Match")).Append('\n');
        text.Append(Header(request, "If-None-Match")).Append('\n');
        text.Append(Header(request, "If-Unmodified-Since")).Append('\n');
        text.Append(Header(request, "Range")).Append('\n');
        foreach (var header in request.Headers
            .Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: header.Name.ToLowerInvariant(), header.Value))
            .OrderBy(header => header.Name, StringComparer.Ordinal))
        {
            text.Append(header.Name).Append(':').Append(header.Value.Trim()).Append('\n');
        }

        text.Append(CanonicalPath(uri));
        foreach (var parameter in uri.Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(parameter => parameter.Split('=', 2))
            .OrderBy(parameter => parameter[0], StringComparer.Ordinal))
        {
            text.Append('\n').Append(parameter[0].ToLowerInvariant()).Append(':').Append(Uri.UnescapeDataString(parameter[1]));
        }

        return text.ToString();
    }
}

/// <summary>Shared Key Lite, for the table service.</summary>
internal sealed class TableSharedKeyPolicy(StorageAccount account) : SharedKeyPolicy(account)
{
    protected override string Scheme => "SharedKeyLite";

    protected override string StringToSign(Request request) => $"{Header(request, "x-ms-date")}\n{CanonicalPath(request.Uri.ToUri())}";
}
