using TfFlow.TestKit;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Host.Azure.Identity;

namespace TfFlow.Host.Azure.Tests.Identity;

public sealed class AppServiceAuthenticationTest
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("false")]
    [InlineData("1")]
    public async Task Where_the_platform_does_not_authenticate_its_header_names_nobody(string? enabled)
    {
        var result = await AuthenticateAsync(enabled, PrincipalHeader.Of(roles: "InformationGovernance"));
        Assert.False(result.Succeeded);
        Assert.Null(result.Principal);
    }

    [Theory]
    [InlineData("True")]
    [InlineData("true")]
    public async Task Where_the_platform_authenticates_its_header_names_the_caller(string enabled)
    {
        var result = await AuthenticateAsync(enabled, PrincipalHeader.Of(roles: ["AgencySubmitter", "agency:midshire-police"]));
        Assert.True(result.Succeeded);
        Assert.Equal(new Caller(PrincipalHeader.Account, Role.AgencySubmitter, "midshire-police"), Caller.From(result.Principal));
    }

    [Fact]
    public async Task Without_a_header_there_is_nobody()
    {
        var result = await AuthenticateAsync("True");
        Assert.True(result.None);
    }

    [Fact]
    public async Task A_header_that_comes_twice_names_nobody()
    {
        var header = PrincipalHeader.Of(roles: "Auditor");
        Assert.False((await AuthenticateAsync("True", header, header)).Succeeded);
    }

    [Fact]
    public async Task A_header_without_one_of_our_roles_is_refused_with_what_to_do()
    {
        var result = await AuthenticateAsync("True", PrincipalHeader.Of(roles: "SomethingElse"));
        Assert.Contains("docs/azure.md", result.Failure!.Message, StringComparison.Ordinal);
    }

    private static async Task<AuthenticateResult> AuthenticateAsync(string? enabled, params string[] headers)
    {
        var settings = new Dictionary<string, string?> { ["WEBSITE_AUTH_ENABLED"] = enabled };
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddAuthentication(AppServiceAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, AppServiceAuthentication>(AppServiceAuthentication.Name, configureOptions: null);
        await using var provider = services.BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = provider, User = new ClaimsPrincipal() };
        http.Request.Headers[AppServicePrincipal.Header] = headers;
        return await http.AuthenticateAsync();
    }
}
