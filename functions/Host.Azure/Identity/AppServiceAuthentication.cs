using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TfFlow.WebConsole.Serving;

namespace TfFlow.Host.Azure.Identity;

/// <summary>Authenticates by App Service Authentication, which strips the header from requests it did not authenticate; where it is off, nobody is.</summary>
internal sealed class AppServiceAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IConfiguration configuration)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "AppService";

    /// <summary>The platform's own pages sign people of the console in and out.</summary>
    public static ConsoleSignIn Addresses { get; } = new(
        "/.auth/login/aad?post_login_redirect_uri=/console", "/.auth/logout?post_logout_redirect_uri=/console", SignOutPosts: false);

    /// <summary>Set by the platform when its authentication is on; a setting of that name is not ours to make.</summary>
    private bool IsOn => string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsOn || Request.Headers[AppServicePrincipal.Header] is not [{ } header])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(AppServicePrincipal.Read(header) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(Name), Name))
            : AuthenticateResult.Fail("The account needs exactly one of TfFlow's app roles, and an agency's account one agency (docs/azure.md)."));
    }
}
