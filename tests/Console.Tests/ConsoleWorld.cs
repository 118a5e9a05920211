using System.Text.RegularExpressions;
using TfFlow.Api.Access;
using TfFlow.Host.Local.Hosting;
using TfFlow.TestKit;

namespace TfFlow.WebConsole.Tests;

/// <summary>A host under the agreements that ship, and browsers of people who are signed in to it.</summary>
public sealed partial class ConsoleWorld : IAsyncDisposable
{
    public const string Agency = "leicestershire-police";
    public const string Exchange = "leicestershire-2";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-console-");

    public LocalHost Host { get; private set; } = null!;

    public static async Task<ConsoleWorld> StartAsync(AzuriteFixture azurite)
    {
        var world = new ConsoleWorld();
        Vault.Keys.PrivateFolder.Create(Path.Combine(world.folder.FullName, "work"));
        world.Host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                Folder = Path.Combine(world.folder.FullName, "work"),
                ConnectionString = azurite.Personal,
                Prefix = AzuriteFixture.FreshName("c"),
                Watch = false,
                LogFile = Path.Combine(world.folder.FullName, "host.log"),
            },
            CancellationToken.None);
        return world;
    }

    /// <summary>What a browser does: it keeps cookies, follows nothing by itself, and says where a request comes from.</summary>
    public HttpClient Browser(string? site = "same-origin")
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Host.Address };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        if (site is not null)
        {
            client.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);
        }

        return client;
    }

    public string Link(Role role, string agency) => Host.Tokens.MintLink(new Caller("office-1", role, agency));

    public async Task<HttpClient> SignedInAsync(Role role, string agency)
    {
        var browser = Browser();
        using var form = Form(("link", Link(role, agency)));
        using var answer = await browser.PostAsync(new Uri("/console/sign-in", UriKind.Relative), form);
        Assert.Equal(303, (int)answer.StatusCode);
        return browser;
    }

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <summary>Text as people see it: without elements and their addresses.</summary>
    public static string TextOf(string html) => System.Net.WebUtility.HtmlDecode(Elements().Replace(html, " "));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Elements();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
