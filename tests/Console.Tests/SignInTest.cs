using System.Net;
using TfFlow.Api.Access;
using TfFlow.TestKit;

namespace TfFlow.WebConsole.Tests;

/// <summary>How people come in, and what a browser is told to refuse.</summary>
[Collection(AzuriteFixture.Collection)]
public class SignInTest(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_link_signs_in_once_by_a_cookie_that_reaches_the_console_alone_and_signing_out_takes_it_away()
    {
        await using var world = await ConsoleWorld.StartAsync(azurite);
        using var browser = world.Browser();
        var link = world.Link(Role.AgencySubmitter, ConsoleWorld.Agency);

        // Looking at the page uses nothing up.
        using var first = await browser.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal("/console", first.Headers.Location!.OriginalString);
        using var asked = await browser.GetAsync(new Uri("/console", UriKind.Relative));
        Assert.Equal("/console/sign-in", asked.Headers.Location!.OriginalString);
        await browser.GetStringAsync(new Uri($"/console/sign-in?link={link}", UriKind.Relative));

        using var form = ConsoleWorld.Form(("link", link));
        using var signedIn = await browser.PostAsync(new Uri("/console/sign-in", UriKind.Relative), form);
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^tfflow-console=[^;]+; path=/console; samesite=strict; httponly$", cookie);

        var page = ConsoleWorld.TextOf(await browser.GetStringAsync(new Uri("/console/calendar", UriKind.Relative)));
        Assert.Contains("Expected files", page, StringComparison.Ordinal);
        Assert.Contains("office-1", page, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/extracts");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var api = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);

        using var second = world.Browser();
        using var again = ConsoleWorld.Form(("link", link));
        using var refused = await second.PostAsync(new Uri("/console/sign-in", UriKind.Relative), again);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Set-Cookie"));

        using var signedOut = await browser.PostAsync(new Uri("/console/sign-out", UriKind.Relative), content: null);
        using var after = await browser.GetAsync(new Uri("/console/calendar", UriKind.Relative));
        Assert.Equal("/console/sign-in", after.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    [InlineData(null)]
    public async Task What_no_page_of_the_console_sent_is_refused_and_does_nothing(string? site)
    {
        await using var world = await ConsoleWorld.StartAsync(azurite);
        using var browser = world.Browser(site);
        var link = world.Link(Role.Coordinator, "");
        using var form = ConsoleWorld.Form(("link", link));
        using var refused = await browser.PostAsync(new Uri("/console/sign-in", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var own = world.Browser(site: null);
        own.DefaultRequestHeaders.Add("Origin", world.Host.Address.GetLeftPart(UriPartial.Authority));
        using var again = ConsoleWorld.Form(("link", link));
        using var taken = await own.PostAsync(new Uri("/console/sign-in", UriKind.Relative), again);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
    }

    [Fact]
    public async Task Every_page_runs_its_own_scripts_alone_and_asks_nobody_else_for_anything()
    {
        await using var world = await ConsoleWorld.StartAsync(azurite);
        using var browser = await world.SignedInAsync(Role.AgencySubmitter, ConsoleWorld.Agency);
        foreach (var path in new[] { "/console/sign-in", "/console/calendar", "/console/extracts", "/console/nowhere", $"/console/agencies/{ConsoleWorld.Agency}/drop/{ConsoleWorld.Exchange}" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            var html = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("://", html, StringComparison.Ordinal);
            Assert.DoesNotMatch("<script(?![^>]* src=)|<style| style=| on[a-z]+=", html);
        }
    }
}
