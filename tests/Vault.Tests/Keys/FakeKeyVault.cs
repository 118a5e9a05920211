using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TfFlow.Vault.Tests.Keys;

/// <summary>The secrets of a Key Vault over https, in this process: challenge, versions, soft delete, pages of two.</summary>
internal sealed class FakeKeyVault : IAsyncDisposable
{
    private const string Tenant = "5d7b1c7e-0000-4000-8000-000000000001";
    private const string Token = "a-token-of-this-vault";

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, List<Version>> secrets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<Version>> deleted = new(StringComparer.Ordinal);
    private readonly X509Certificate2 certificate = SelfSigned();
    private readonly WebApplication app;
    private long clock = 1_900_000_000;

    private FakeKeyVault() => app = Build();

    private sealed record Version(string Id, string Value, long Created);

    /// <summary>The vault's clock, in whole seconds; by default every version is a second younger than the last.</summary>
    public Func<long>? Clock { get; set; }

    /// <summary>Names of versions to come; random when there is none.</summary>
    public ConcurrentQueue<string> VersionNames { get; } = new();

    /// <summary>Answers every request but the challenge with this status.</summary>
    public int? Broken { get; set; }

    public Uri Uri => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    public ConcurrentBag<TokenRequestContext> TokenRequests { get; } = [];

    public static async Task<FakeKeyVault> StartAsync()
    {
        var vault = new FakeKeyVault();
        await vault.app.StartAsync();
        return vault;
    }

    /// <summary>The real client. It checks the certificate against this vault's own, and the challenge but for its domain.</summary>
    public SecretClient CreateClient(TokenCredential? identity = null) => new(Uri, identity ?? new Credential(this), new SecretClientOptions
    {
        DisableChallengeResourceVerification = true,
        Retry = { MaxRetries = 0 },
        Transport = new HttpClientTransport(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, presented, _, _) => presented?.Thumbprint == certificate.Thumbprint,
        }),
    });

    public void Set(string name, string value)
    {
        lock (gate)
        {
            Put(name, value);
        }
    }

    public int VersionsOf(string name) => secrets.TryGetValue(name, out var versions) ? versions.Count : 0;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
    }

    private static IResult Error(int status, string code, string inner = "") =>
        Results.Json(new { error = new { code, message = code, innererror = new { code = inner } } }, statusCode: status);

    private WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var built = builder.Build();
        built.Use(AuthenticateAsync);
        built.MapGet("/secrets", (int? from) => Page("/secrets", [.. Snapshot().Select(s => Properties(s.Key, s.Value[^1], withVersion: false))], from ?? 0));
        built.MapGet("/secrets/{name}/versions", (string name, int? from) =>
            Page($"/secrets/{name}/versions", [.. Of(name).Select(version => Properties(name, version, withVersion: true))], from ?? 0));
        built.MapGet("/secrets/{name}/{version?}", (string name, string? version) =>
            Of(name).LastOrDefault(v => version is null || v.Id == version) is { } found ? Bundle(name, found) : Error(404, "SecretNotFound"));
        built.MapPut("/secrets/{name}", (string name, Dictionary<string, object> body) =>
        {
            lock (gate)
            {
                return deleted.ContainsKey(name) ? Error(409, "Conflict", "ObjectIsDeletedButRecoverable") : Bundle(name, Put(name, body["value"].ToString()!));
            }
        });
        built.MapDelete("/secrets/{name}", Delete);
        built.MapGet("/deletedsecrets/{name}", (string name) => deleted.ContainsKey(name) ? Results.Json(Deleted(name)) : Error(404, "SecretNotFound"));
        return built;
    }

    private async Task AuthenticateAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = $"Bearer authorization=\"https://login.microsoftonline.com/{Tenant}\", resource=\"https://vault.azure.net\"";
        }
        else if (Broken is { } status)
        {
            await Error(status, status == 403 ? "Forbidden" : "ServiceUnavailable").ExecuteAsync(context);
        }
        else
        {
            await next(context);
        }
    }

    private IResult Page(string path, List<object> all, int from) => Results.Json(new
    {
        value = all.Skip(from).Take(2),
        nextLink = from + 2 < all.Count ? $"{Uri.ToString().TrimEnd('/')}{path}?api-version=7.5&from={(from + 2).ToString(CultureInfo.InvariantCulture)}" : null,
    });

    private IResult Delete(string name)
    {
        lock (gate)
        {
            if (!secrets.Remove(name, out var versions))
            {
                return Error(404, "SecretNotFound");
            }

            deleted[name] = versions;
            return Results.Json(Deleted(name));
        }
    }

    private Version Put(string name, string value)
    {
        var id = VersionNames.TryDequeue(out var given) ? given : RandomNumberGenerator.GetHexString(32, lowercase: true);
        var version = new Version(id, value, Clock?.Invoke() ?? ++clock - 400_000_000);
        secrets.TryAdd(name, []);
        secrets[name].Add(version);
        return version;
    }

    private List<Version> Of(string name)
    {
        lock (gate)
        {
            return secrets.TryGetValue(name, out var versions) ? [.. versions] : [];
        }
    }

    private List<KeyValuePair<string, List<Version>>> Snapshot()
    {
        lock (gate)
        {
            return [.. secrets];
        }
    }

    private object Properties(string name, Version version, bool withVersion) =>
        new { id = $"{Uri}secrets/{name}{(withVersion ? $"/{version.Id}" : "")}", attributes = Attributes(version) };

    private IResult Bundle(string name, Version version) =>
        Results.Json(new { value = version.Value, id = $"{Uri}secrets/{name}/{version.Id}", attributes = Attributes(version) });

    private object Deleted(string name) => new
    {
        recoveryId = $"{Uri}deletedsecrets/{name}",
        id = $"{Uri}secrets/{name}/{deleted[name][^1].Id}",
        attributes = Attributes(deleted[name][^1]),
    };

    private static object Attributes(Version version) => new { enabled = true, created = version.Created, updated = version.Created, recoveryLevel = "Recoverable" };

    private sealed class Credential(FakeKeyVault vault) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            vault.TokenRequests.Add(requestContext);
            return new(Token, TimeProvider.System.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
