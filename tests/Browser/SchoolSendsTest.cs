using System.Text;
using Microsoft.Playwright;
using TfFlow.Api.Access;
using TfFlow.Cli.Demo;

namespace TfFlow.Browser.Tests;

/// <summary>A school sends its first file without a command line, in Debian's own browser.</summary>
public class SchoolSendsTest
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [ChromiumFact]
    public async Task A_school_puts_its_file_right_and_sends_it_and_no_name_in_it_leaves_the_browser()
    {
        await using var world = await BrowserWorld.StartAsync();
        var page = world.Page;
        await world.SignInAsync(page, Role.AgencySubmitter, "school-0");
        await BrowserWorld.AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "School attendance by term" }).First.ClickAsync();
        await page.GetByLabel("Choose the file").WaitForAsync();
        await BrowserWorld.AssertAccessibleAsync(page);

        // Nothing chosen; then a file that cannot be taken as it is.
        var file = new SyntheticExtracts(1, Today).SchoolAttendance(200, Canaries.For(Today)).Csv;
        var beforeHeader = Encoding.UTF8.GetString(file).Replace("Post code", "Post town", StringComparison.Ordinal);
        await ChooseAsync(page, Encoding.UTF8.GetBytes(beforeHeader));
        await page.GetByRole(AriaRole.Heading, new() { Name = "This file would be refused" }).WaitForAsync();
        Assert.Contains("only the columns of the specification", await page.Locator("#checked").InnerTextAsync(), StringComparison.Ordinal);
        await BrowserWorld.AssertAccessibleAsync(page);
        await BrowserWorld.ShowAsync(page, "check");
        Assert.DoesNotContain("/console/agencies/school-0/grants", Encoding.ASCII.GetString(world.Proxy.Sent), StringComparison.Ordinal);

        await ChooseAsync(page, file);
        await page.GetByText("Your browser found nothing wrong").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lock and send" }).ClickAsync();
        await page.WaitForURLAsync("**/grants/**");
        await page.WaitForURLAsync("**/console/extracts/**", new() { Timeout = 60_000 });
        Assert.Contains("Taken in", await page.Locator(".govuk-tag").InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        await page.GetByRole(AriaRole.Heading, new() { Name = "What was found" }).WaitForAsync();
        Assert.Matches("^E[0-9]+$", await page.Locator("tbody th").First.InnerTextAsync());
        await BrowserWorld.AssertAccessibleAsync(page);
        await BrowserWorld.ShowAsync(page, "report");

        foreach (var part in new[] { "Files sent", "Questions", "Outbox" })
        {
            await page.GetByRole(AriaRole.Link, new() { Name = part, Exact = true }).First.ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            await BrowserWorld.AssertAccessibleAsync(page);
        }

        await page.Locator("tbody a").First.ClickAsync();
        await page.GetByText("Download it as it is").WaitForAsync();
        await BrowserWorld.AssertAccessibleAsync(page);

        // Every byte that the browser sent: the file is among them, its people are not.
        var sent = world.Proxy.Sent;
        Assert.Contains("PUT /console/agencies/school-0/drops/", Encoding.ASCII.GetString(sent), StringComparison.Ordinal);
        Assert.True(sent.AsSpan().IndexOf("TFD\u0001"u8) >= 0 && sent.Length > file.Length, "The sealed file is not among what was captured.");
        Assert.NotEmpty(CanarySearch.In(file, Canaries.Texts(Today)));
        Assert.Empty(CanarySearch.In(sent, Canaries.Texts(Today)));
        Assert.Empty(world.Wrong);
    }

    [ChromiumFact]
    public async Task Where_the_browser_cannot_lock_a_file_the_page_says_so_and_names_the_command()
    {
        await using var world = await BrowserWorld.StartAsync();
        await world.SignInAsync(world.Page, Role.AgencySubmitter, "school-0");

        // What a page over plain HTTP finds.
        await world.Page.AddInitScriptAsync("Object.defineProperty(globalThis, 'isSecureContext', { value: false })");
        await world.Page.GotoAsync($"{world.Proxy.Address}console/agencies/school-0/drop/testshire-attendance");
        await world.Page.GetByText("was not reached over a secure connection").WaitForAsync();
        Assert.False(await world.Page.GetByLabel("Choose the file").IsVisibleAsync());
        Assert.Contains("tfflow drop FILE --agency school-0 --exchange testshire-attendance", await world.Page.Locator("#insecure").InnerTextAsync(), StringComparison.Ordinal);
        await BrowserWorld.AssertAccessibleAsync(world.Page);

        // Without JavaScript the rest of the console works.
        var plain = await world.OpenAsync(new() { JavaScriptEnabled = false });
        await world.SignInPlainAsync(plain, Role.Coordinator, "testshire-council");
        Assert.Equal("Expected files", await plain.Locator("h1").InnerTextAsync());
        await plain.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        Assert.Equal("Sign in", await plain.Locator("h1").InnerTextAsync());

        // More contrast, and colours of the system's own.
        var contrast = await world.OpenAsync(new() { ForcedColors = ForcedColors.Active, Contrast = Contrast.More, ViewportSize = new() { Width = 1024, Height = 800 } });
        await world.SignInAsync(contrast, Role.InformationGovernance, "");
        await BrowserWorld.AssertAccessibleAsync(contrast);
        Assert.Empty(world.Wrong);
    }

    private static Task ChooseAsync(IPage page, byte[] file) =>
        page.GetByLabel("Choose the file").SetInputFilesAsync(new FilePayload { Name = "attendance.csv", MimeType = "text/csv", Buffer = file });
}
