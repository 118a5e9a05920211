using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace TfFlow.WebConsole.Serving;

/// <summary>Style sheets, modules and the icon, out of the assembly. They hold no personal data, so everybody may read them.</summary>
internal static class ConsoleAssets
{
    private const string Folder = "assets/";

    private static readonly FrozenDictionary<string, Asset> All = typeof(ConsoleAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..], Read, StringComparer.Ordinal);

    public static void MapAssets(this IEndpointRouteBuilder console) => console.MapGet("/assets/{name}", (string name, HttpContext http) =>
    {
        if (!All.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        // A browser asks each time whether it still has the newest.
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Bytes(asset.Content, asset.Type, entityTag: asset.Tag);
    });

    private static Asset Read(string name)
    {
        using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".mjs" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        return new(content, type, new($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\""));
    }

    private sealed record Asset(byte[] Content, string Type, EntityTagHeaderValue Tag);
}
