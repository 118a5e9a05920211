using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.TestKit;
using TfFlow.WebConsole.Serving;

namespace TfFlow.WebConsole.Tests;

/// <summary>Every page, every role, own and other, asked of a real host; against a table written apart from the code.</summary>
[Collection(AzuriteFixture.Collection)]
public class PageAccessTest(AzuriteFixture azurite)
{
    // Which roles are let in: own: for their own agency alone. Nobody else is.
    private const string Second = """
        GET  /console/calendar                                  AgencySubmitter=own Coordinator=any InformationGovernance=any Auditor=any
        GET  /console/agencies/{agency}/drop/{exchange}           AgencySubmitter=own
        GET  /console/agencies/{agency}/specifications/{exchange} AgencySubmitter=own
        POST /console/agencies/{agency}/grants                    AgencySubmitter=own
        PUT  /console/agencies/{agency}/drops/{id}                AgencySubmitter=own
        GET  /console/agencies/{agency}/grants/{id}               AgencySubmitter=own Coordinator=any
        GET  /console/extracts                                  AgencySubmitter=own Coordinator=any InformationGovernance=any Auditor=any
        GET  /console/extracts/{id}                             AgencySubmitter=own Coordinator=any InformationGovernance=any Auditor=any
        GET  /console/agencies/{agency}/outbox                    AgencySubmitter=own Coordinator=own PoliceOperator=own
        GET  /console/agencies/{agency}/outbox/{**name}           AgencySubmitter=own Coordinator=own PoliceOperator=own
        GET  /console/questions                                 AgencySubmitter=own Coordinator=any InformationGovernance=any PoliceOperator=own Auditor=any
        GET  /console/agencies/{agency}/questions/{id}            AgencySubmitter=own PoliceOperator=own
        POST /console/agencies/{agency}/questions/{id}            AgencySubmitter=own PoliceOperator=own
        """;

    [Fact]
    public async Task Every_page_lets_in_only_whom_the_second_table_names_and_sends_a_stranger_to_sign_in()
    {
        await using var world = await ConsoleWorld.StartAsync(azurite);
        var pages = Second.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => $"{words[0]} {words[1]}", words => words[2..]);
        Assert.Equal(Mapped(world).Order(), pages.Keys.Order());

        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            using var browser = await world.SignedInAsync(role, ConsoleWorld.Agency);
            foreach (var (page, allowed) in pages)
            {
                var isOf = page.Contains("{agency}", StringComparison.Ordinal);
                foreach (var own in isOf ? [true, false] : new[] { true })
                {
                    var status = await AskAsync(browser, page, own ? ConsoleWorld.Agency : "leicester-city");
                    var reach = allowed.FirstOrDefault(word => word.StartsWith($"{role}=", StringComparison.Ordinal))?.Split('=')[1];
                    if (status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized == (reach == "any" || (own && reach == "own")))
                    {
                        wrong.Add($"{page} {role} {(own ? "own" : "other")}: {status}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
        using var stranger = world.Browser();
        foreach (var page in pages.Keys)
        {
            Assert.Contains(await AskAsync(stranger, page, ConsoleWorld.Agency), new[] { HttpStatusCode.Found, HttpStatusCode.Unauthorized });
        }
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient browser, string page, string agency)
    {
        var words = page.Split(' ');
        var path = words[1].Replace("{agency}", agency, StringComparison.Ordinal).Replace("{exchange}", ConsoleWorld.Exchange, StringComparison.Ordinal)
            .Replace("{**name}", "reports/none.json", StringComparison.Ordinal).Replace("{id}", "0123456789abcdef0123", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new(words[0]), path);
        request.Content = path.EndsWith("/grants", StringComparison.Ordinal)
            ? new StringContent("""{"exchange":"leicestershire-2"}""", System.Text.Encoding.UTF8, "application/json")
            : words[0] == "POST" ? ConsoleWorld.Form(("answer", "Current"))
            : words[0] == "PUT" ? new ByteArrayContent([1])
            : null;
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }

    private static IEnumerable<string> Mapped(ConsoleWorld world) =>
        from endpoint in world.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<PageAccess>() is not null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select $"{method} {endpoint.RoutePattern.RawText}";
}
