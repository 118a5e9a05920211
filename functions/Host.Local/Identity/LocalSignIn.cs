using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.WebConsole;
using TfFlow.WebConsole.Layout;
using TfFlow.WebConsole.Serving;

namespace TfFlow.Host.Local.Identity;

/// <summary>Signs people in to the console of the local host: a one-time link becomes a cookie that lasts an hour and reaches the console alone.</summary>
internal sealed class LocalSignIn(LocalTokens tokens, TimeProvider time)
{
    public const string Cookie = "tfflow-console";

    public static ConsoleSignIn Addresses { get; } = new($"{TfFlowConsole.Root}/sign-in", $"{TfFlowConsole.Root}/sign-out", SignOutPosts: true);

    private static readonly TimeSpan Stay = TimeSpan.FromHours(1);

    // Used links until they are over. A link of before this host's start is not taken: what was used then is not remembered.
    private readonly ConcurrentDictionary<string, DateTimeOffset> used = new(StringComparer.Ordinal);
    private readonly DateTimeOffset started = time.GetUtcNow();

    public void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("/sign-in", (string? link) => Pages.Show<SignInPage>(new { Link = link ?? "" }));
        console.MapPost("/sign-in", (HttpContext http, [FromForm] string? link) => SignIn(http, link ?? "")).DisableAntiforgery(); // The console's own guard sees to it.
        console.MapPost("/sign-out", (HttpContext http) =>
        {
            http.Response.Cookies.Delete(Cookie, Options(http));
            return Pages.See(Addresses.SignIn);
        });
    }

    private IResult SignIn(HttpContext http, string link)
    {
        if (Redeem(link) is not { } caller)
        {
            return Pages.Show<SignInPage>(
                new { Fault = "This link was used before, is older than ten minutes, or is not this host's. Ask for another." }, StatusCodes.Status403Forbidden);
        }

        http.Response.Cookies.Append(Cookie, tokens.Mint(caller, Stay), Options(http));
        return Pages.See(TfFlowConsole.Root);
    }

    private Caller? Redeem(string text)
    {
        var now = time.GetUtcNow();
        foreach (var over in used.Where(pair => pair.Value <= now))
        {
            used.TryRemove(over);
        }

        return tokens.ReadLink(text) is { } link && link.Made >= started && used.TryAdd(link.Id, link.Made + LocalTokens.LinkLifetime) ? link.Caller : null;
    }

    // Without an expiry of its own it ends with the browser; what it holds ends after an hour.
    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = TfFlowConsole.Root,
    };
}
