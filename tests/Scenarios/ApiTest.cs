using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Programme.Agreements;

namespace TfFlow.Scenarios;

/// <summary>Every endpoint, as it is served, against every role: its own agency's and another's.</summary>
public sealed class ApiTest : IAsyncLifetime
{
    private World world = null!;
    private LocalHost host = null!;

    public async Task InitializeAsync()
    {
        world = await World.CreateAsync();
        host = await world.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public Task Every_served_endpoint_refuses_strangers_and_lets_in_exactly_the_roles_of_its_row() => WalkAsync(host, DeploymentKind.Authority);

    [Fact]
    public async Task A_study_serves_its_own_endpoints_and_none_of_an_authority()
    {
        await host.DisposeAsync();
        host = await world.StartAsync(deployment: new(DeploymentKind.Study, "niesr"), agreements: AgreementCatalogue.Shipped);
        await WalkAsync(host, DeploymentKind.Study);
    }

    private static async Task WalkAsync(LocalHost host, DeploymentKind kind)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        var interfaceDocument = JsonDocument.Parse(await http.GetStringAsync(new Uri("/openapi/tfflow.json", UriKind.Relative)));
        var endpoints = Endpoints(interfaceDocument).ToList();
        Assert.Equal(
            AccessTable.Rules.Keys.Where(name => AccessTable.ServedBy.GetValueOrDefault(name, kind) == kind).Append(AccessTable.Health).Order(),
            endpoints.Select(endpoint => endpoint.Name).Order());

        foreach (var (name, method, path) in endpoints.Where(endpoint => endpoint.Name != AccessTable.Health))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, method, path, token: null));
            Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, method, path, token: "not-a-token"));
            foreach (var role in Enum.GetValues<Role>())
            {
                foreach (var own in (bool[])[true, false])
                {
                    // Where the path names no agency, whose it is shows only behind the reference.
                    var applies = own || !path.Contains("{agency}", StringComparison.Ordinal);
                    var token = host.Tokens.Mint(new Caller("walker", role, own ? "school-0" : "school-1"), TimeSpan.FromMinutes(5));
                    var status = await SendAsync(http, method, path, token);
                    Assert.True(
                        (status != HttpStatusCode.Forbidden) == AccessTable.Allows(name, role, applies), $"{name} as {role}, own {own}: {status}");
                    Assert.NotEqual(HttpStatusCode.InternalServerError, status);
                }
            }
        }
    }

    [Fact]
    public async Task Health_says_that_store_and_key_ring_answer_and_when_the_store_does_not()
    {
        await using var alone = await World.CreateAloneAsync();
        await using var served = await alone.StartAsync();
        using var http = new HttpClient { BaseAddress = served.Address };
        var well = await http.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, well.StatusCode);

        await alone.Azurite.StopAsync();
        var ill = await http.GetAsync(new Uri("/health", UriKind.Relative));
        await alone.Azurite.StartAgainAsync(World.Patience);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ill.StatusCode);
        Assert.Contains("\"keyRing\":true", await ill.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_document_that_says_what_to_do()
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", host.Tokens.Mint(new Caller("walker", Role.AgencySubmitter, "school-0"), TimeSpan.FromMinutes(5)));

        var response = await http.PostAsync(
            new Uri("/agencies/school-0/grants", UriKind.Relative), new StringContent("""{"exchange":"testshire-nothing"}""", null, "application/json"));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("gate.unknown-exchange", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, HttpMethod Method, string Path)> Endpoints(JsonDocument document) =>
        from path in document.RootElement.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        select (method.Value.GetProperty("operationId").GetString()!, HttpMethod.Parse(method.Name), path.Name);

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, HttpMethod method, string path, string? token)
    {
        var concrete = path.Replace("{agency}", "school-0", StringComparison.Ordinal)
            .Replace("{id}", "0123456789abcdef0123", StringComparison.Ordinal)
            .Replace("{person}", "0123456789abcdef0123", StringComparison.Ordinal)
            .Replace("{name}", "reports/none.json", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(method, new Uri(concrete, UriKind.Relative));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(path.EndsWith("/grants", StringComparison.Ordinal) ? """{"exchange":"testshire-nothing"}""" : "{}", null, "application/json");
        }

        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
