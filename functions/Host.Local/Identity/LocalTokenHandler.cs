using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TfFlow.WebConsole;

namespace TfFlow.Host.Local.Identity;

/// <summary>Authenticates <c>Authorization: Bearer TOKEN</c> by <see cref="LocalTokens"/>; in the console, the cookie of <see cref="LocalSignIn"/>.</summary>
internal sealed class LocalTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, LocalTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var token = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : Request.Path.StartsWithSegments(TfFlowConsole.Root) ? Request.Cookies[LocalSignIn.Cookie]
            : null;
        if (token is null)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(tokens.Read(token) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("The token is not this host's, or its time is over."));
    }
}
