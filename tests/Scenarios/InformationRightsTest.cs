using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Programme.Governance;
using TfFlow.Programme.Rights;

namespace TfFlow.Scenarios;

/// <summary>Somebody asks what an authority holds of its own working, by commands against a running host, in virtual time.</summary>
public sealed class InformationRightsTest(GovernanceWorld world) : IClassFixture<GovernanceWorld>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-foi-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_held_is_found_partners_are_asked_and_the_response_gives_what_is_not_exempt()
    {
        await world.DropAsync("testshire-attendance", "school-9");
        var risk = await world.RecordAsync(RegisterKind.Risk,
            new RegisterRecord(Agreement: "testshire", Levels: new(3, 4, 1, 2), ReviewOn: world.Today.AddDays(100),
            PaperSha256: new string('a', 64)));
        var access = await world.RecordAsync(RegisterKind.Access,
            new RegisterRecord(Account: "w.orker", Scope: "key-worker", Until: world.Today.AddDays(90)));
        var paper = Path.Combine(folder.FullName, "paper.pdf");
        await File.WriteAllTextAsync(paper, "reasons");

        var request = (string)(
            await RunAsync($"foi open --subject agreements registers counts --from {Day(-400)} --to {Day(0)} --received {Day(0)} --paper {paper}"))["id"]!;
        var finding = await RunAsync($"foi find {request[..7]}");
        var found = finding["found"]!.AsArray().Select(item => (string)item!["reference"]!).ToList();
        Assert.Contains("agreement-testshire-2025-01-01", found);
        Assert.Contains($"entry-{risk.Id}", found);
        Assert.Contains("counts-records", found);
        Assert.DoesNotContain($"entry-{access.Id}", found);
        Assert.Contains($"requests/foi-{request}.json", await world.OutboxAsync("school-1"));
        Assert.Contains("the views of", (await FailAsync($"foi decide {request} --paper {paper}")).Message, StringComparison.Ordinal);

        Assert.Contains("public interest",
            (await FailAsync($"foi exempt {request} --item entry-{risk.Id} --exemption public-affairs --paper {paper}"))
            .Message, StringComparison.Ordinal);
        await RunAsync($"foi exempt {request} --item entry-{risk.Id} --exemption public-affairs --public-interest withhold --paper {paper}");
        foreach (var partner in finding["request"]!["unheard"]!.AsArray().Select(one => (string)one!))
        {
            await RunAsync($"foi consult {request} --agency {partner} --paper {paper}");
        }

        Assert.Equal("Decided", (string)(await RunAsync($"foi decide {request} --paper {paper}"))["state"]!);
        var written = Path.Combine(folder.FullName, "response");
        await RunAsync($"foi respond {request} --out {written}");
        var response = JsonSerializer.Deserialize<InformationResponse>(await File.ReadAllBytesAsync(written + ".json"), Outbox.Json)!;
        Assert.Equal(found.Order(), response.Items.Select(item => item.Reference).Order());
        var withheld = response.Items.Single(item => item.Withheld.Length > 0);
        Assert.Equal(($"entry-{risk.Id}", 0), (withheld.Reference, withheld.Words.Count));

        // Five rows of one file are too few to be told.
        Assert.All(response.Items.Single(item => item.Reference == "counts-records").Counts, count => Assert.Null(count.Count));
        Assert.Contains("section 36 of the Freedom of Information Act 2000", await File.ReadAllTextAsync(written + ".html"),
            StringComparison.Ordinal);
        Assert.Equal("Answered", (string)(await RunAsync($"foi close {request}"))["state"]!);
        Assert.Equal(1, await world.CountAsync("information.respond", request));
        Assert.Equal(2, (await FailAsync($"foi open --subject gossip --from {Day(-9)} --to {Day(0)} --received {Day(0)}")).ExitCode);
    }

    [Fact]
    public async Task What_is_not_answered_in_twenty_working_days_is_escalated_and_extended_in_forty()
    {
        var late = (string)(await RunAsync($"foi open --subject suspensions --from {Day(-30)} --to {Day(0)} --received {Day(0)}"))["id"]!;
        var longer = await RunAsync(
            $"foi open --regime environmental-information --subject breaches --from {Day(-30)} --to {Day(0)} --received {Day(0)}");
        var extended = await RunAsync($"foi extend {(string)longer["id"]!} --complex");
        var due = DateOnly.Parse((string)longer["dueOn"]!, CultureInfo.InvariantCulture);
        Assert.Equal(WorkingDays.After(world.Today, 20, new HashSet<DateOnly>()), due);
        Assert.Equal(WorkingDays.After(world.Today, 40, new HashSet<DateOnly>()),
            DateOnly.Parse((string)extended["dueOn"]!, CultureInfo.InvariantCulture));

        await world.PassToAsync(new(due.AddDays(-1), TimeOnly.MinValue, TimeSpan.Zero));
        Assert.Equal(0, await world.CountAsync("information.escalate", late));
        await world.PassToAsync(new(due, TimeOnly.MinValue, TimeSpan.Zero));
        Assert.Equal(1, await world.CountAsync("information.escalate", late));
        Assert.Equal(0, await world.CountAsync("information.escalate", (string)longer["id"]!));
        Assert.Contains($"escalations/foi-{late}.json", await world.OutboxAsync(GovernanceWorld.Council));
        await world.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal(2, await world.CountAsync("information.escalate", late));
    }

    private string Day(int days) => world.Today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<JsonNode> RunAsync(string line)
    {
        using var output = new StringWriter();
        var work = Options.Folder();
        var root = new RootCommand("tfflow") { FoiCommand.Create(work) };
        root.Options.Add(work);
        var token = world.Host.Tokens.Mint(new Caller("a.lead", Role.InformationGovernance, ""), TimeSpan.FromDays(4000));
        var parsed = root.Parse([.. line.Split(' '), "--server", world.Host.Address.ToString(), "--token", token, "--json"]);
        Assert.True(parsed.Errors.Count == 0, $"{line}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return code == ExitCode.Done ? JsonNode.Parse(output.ToString())! : throw new CommandException(code, output.ToString());
    }

    private Task<CommandException> FailAsync(string line) => Assert.ThrowsAsync<CommandException>(() => RunAsync(line));
}
