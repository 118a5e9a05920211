using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TfFlow.Api.Access;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Programme.Agreements;

namespace TfFlow.Browser.Tests;

/// <summary>A host of a council with ten schools, a browser, and what the browser sent.</summary>
internal sealed class BrowserWorld : IAsyncDisposable
{
    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-browser-");
    private AzuriteServer azurite = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public LocalHost Host { get; private set; } = null!;

    public RecordingProxy Proxy { get; private set; } = null!;

    public IPage Page { get; private set; } = null!;

    /// <summary>What the browser asked for elsewhere, and what its policy refused.</summary>
    public List<string> Wrong { get; } = [];

    public static async Task<BrowserWorld> StartAsync()
    {
        var world = new BrowserWorld();
        var path = ChromiumFactAttribute.Path();
        var work = Path.Combine(world.folder.FullName, "work");
        Vault.Keys.PrivateFolder.Create(work);
        world.azurite = await AzuriteServer.StartAsync(
            new AzuriteOptions { Folder = Path.Combine(world.folder.FullName, "azurite"), InMemory = true }, CancellationToken.None);
        var agreement = Path.Combine(AppContext.BaseDirectory, "Agreements", "testshire-2025-01-01.yaml");
        world.Host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                Folder = work,
                ConnectionString = world.azurite.ConnectionString(AzuriteAccounts.Personal),
                Agreements = AgreementCatalogue.Load([(Path.GetFileName(agreement), (TextReader)File.OpenText(agreement))]),
                Deployment = new(DeploymentKind.Authority, "testshire-council"),
                LogFile = Path.Combine(work, "host.log"),
            },
            CancellationToken.None);
        world.Proxy = new(world.Host.Address);
        world.playwright = await Playwright.CreateAsync();
        world.browser = await world.playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, ChromiumSandbox = false, Args = ["--disable-dev-shm-usage"] });
        world.Page = await world.OpenAsync();
        return world;
    }

    /// <param name="colours">A reader's own wish: more contrast, or their system's colours.</param>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? colours = null)
    {
        var context = await browser.NewContextAsync(colours ?? new() { ViewportSize = new() { Width = 1024, Height = 800 } });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        page.Request += (_, request) => Note(new Uri(request.Url) is { Scheme: "http" or "https" } uri && uri.Authority != Proxy.Address.Authority, $"asked {request.Url}");
        page.Console += (_, message) => Note(message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal), message.Text);
        page.PageError += (_, error) => Note(true, error);
        return page;
    }

    private void Note(bool isWrong, string what)
    {
        if (isWrong)
        {
            Wrong.Add(what);
        }
    }

    /// <summary>By the link that the authority sent.</summary>
    public async Task SignInAsync(IPage page, Role role, string agency)
    {
        await GoToLinkAsync(page, role, agency);
        await AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
    }

    /// <summary>The same where scripts do not run, and axe does not either.</summary>
    public async Task SignInPlainAsync(IPage page, Role role, string agency)
    {
        await GoToLinkAsync(page, role, agency);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    private Task GoToLinkAsync(IPage page, Role role, string agency) =>
        page.GotoAsync($"{Proxy.Address}console/sign-in?link={Host.Tokens.MintLink(new Caller("office-1", role, agency))}");

    /// <summary>No violation of WCAG 2.2 AA; nothing to be moved sideways where the page is enlarged four times (1.4.10).</summary>
    public static async Task AssertAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe(Wcag);
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(violation =>
            $"{page.Url}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}")));
        Assert.NotEmpty(found.Passes);
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(320, 256);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{page.Url} is wider than 320 pixels.");
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>A picture for the README, where documents are written; otherwise nothing.</summary>
    public static async Task ShowAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("TFFLOW_WRITE_DOCS") is not { Length: > 0 })
        {
            return;
        }

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "TfFlow.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(root.FullName, "docs", "console", $"{name}.png"), Style = "footer { visibility: hidden }" });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await Proxy.DisposeAsync();
        await Host.DisposeAsync();
        await azurite.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
