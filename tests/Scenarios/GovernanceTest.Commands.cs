using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;

namespace TfFlow.Scenarios;

/// <remarks>The same acts as a governance lead does them: each a command against the running host, its paper a file that the command hashes.</remarks>
public sealed partial class GovernanceTest
{
    private static string Everybody => string.Join(' ', [GovernanceWorld.Council, .. Schools]);

    [Fact]
    public async Task A_governance_lead_does_it_all_by_commands_and_types_no_hash()
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-papers-");
        try
        {
            await RunAllAsync(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAllAsync(string folder)
    {
        var (file, page) = (Path.Combine(folder, "paper.pdf"), Path.Combine(folder, "page.html"));
        await File.WriteAllTextAsync(file, "a paper that may name people");
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)));
        var paper = $"--paper {file}";
        var registers = world.Host.Services.GetRequiredService<Registers>();
        string Day(int days) => world.Today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        static string Id(JsonNode answer) => (string)answer["id"]!;
        static string State(JsonNode answer) => (string)answer["state"]!;

        // A suspension, from its notice to its lifting.
        var suspension = Id(await RunAsync($"agreement suspend agreed --by school-1 --in-writing --serious-breach {paper}"));
        Assert.Equal(hash, (await registers.Suspensions.GetAsync(suspension, World.Patience)).Row.Suspension.EvidenceHash);
        Assert.Contains("suspended by school-1", await world.RefusalAsync("agreed-attendance"), StringComparison.Ordinal);
        Assert.Equal(1, (await FailAsync($"agreement lift {suspension}")).ExitCode);
        Assert.Equal("MeetingHeld", State(await RunAsync($"agreement meeting {suspension} --panel {Everybody} {paper}")));
        Assert.Equal("Lifted", State(await RunAsync($"agreement lift {suspension}")));
        Assert.Contains(((JsonArray)await RunAsync("agreement suspensions"))!, row => Id(row!) == suspension);

        // Left out, it is now by the host's clock, which is not that of whoever types.
        Assert.Equal(world.Time.GetUtcNow(), (await registers.Suspensions.GetAsync(suspension, World.Patience)).Row.Suspension.MeetingAt);

        // A notice that is taken back, a review, a publication.
        foreach (var (act, register) in ((string, string)[])[("withdraw", "withdrawal"), ("terminate", "termination")])
        {
            var notice = await RunAsync($"agreement {act} agreed --by school-1 --told {Everybody} {paper}");
            Assert.Equal(hash, (string)notice["paperSha256"]!);
            Assert.Equal("Ended", State(await RunAsync($"register end {register} {Id(notice)}")));
        }

        Assert.Equal("[true,true,false]", (await RunAsync($"agreement review agreed --answers yes yes no --next {Day(300)} {paper}"))["answers"]!.ToJsonString());
        var publication = await RunAsync($"agreement publish testshire@2025-01-01 --by school-1 --out {page} --agreements {World.AgreementFolder}");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(page))), (string)publication["paperSha256"]!);
        Assert.Equal(2, (await FailAsync($"agreement publish testshire@2025-01-01 --by school-1 --out {page} --agreements {World.AgreementFolder}")).ExitCode);

        // A breach, from its report to its conclusion.
        var breach = Id(await RunAsync($"breach open --exchange testshire-attendance --by school-1 --provider school-2 --kind wrong-disclosure --serious --third-party {paper}"));
        await world.Host.Engine.IdleAsync(World.Patience);
        Assert.Equal(world.Time.GetUtcNow(), (await registers.Breaches.GetAsync(breach, World.Patience)).Row.Breach.AwareAt);
        Assert.Contains("the police's word", (await FailAsync($"breach assess {breach} --as investigated {paper}")).Message, StringComparison.Ordinal);
        await RunAsync($"breach report {breach} --to police {paper}");
        await RunAsync($"breach report {breach} --to commissioner {paper}");
        Assert.Equal("Investigated", State(await RunAsync($"breach assess {breach} --as investigated --staff-responsible {paper}")));
        await RunAsync($"breach assess {breach} --as discipline-considered {paper}");
        await RunAsync($"breach conclude {breach} {paper}");
        await world.Host.Engine.IdleAsync(World.Patience);
        Assert.Equal("Concluded", State(((JsonArray)await RunAsync("breach list")).Single(row => Id(row!) == breach)!));

        // A hold, a request, a sweep.
        var extract = (await world.DropAsync("testshire-attendance", "school-7")).Id;
        var hold = Id(await RunAsync($"hold place {extract} --reason court-order --review-on {Day(60)} {paper}"));
        Assert.Equal(hash, (await registers.Holds.GetAsync(hold, World.Patience)).Row.Hold.OrderHash);
        Assert.Equal(Day(90), (string)(await RunAsync($"hold review {hold} --next {Day(90)}"))["reviewOn"]!);
        Assert.Equal("Released", State(await RunAsync($"hold release {hold}")));
        Assert.NotEmpty((JsonArray)await RunAsync("hold list"));
        var request = Id(await RunAsync($"request open --kind access --received {Day(0)}"));
        await world.Host.Engine.IdleAsync(World.Patience);
        Assert.Equal("Decided", State(await RunAsync($"request decide {request} {paper}")));
        Assert.Equal("Answered", State(await RunAsync($"request close {request}")));
        Assert.NotEmpty((JsonArray)await RunAsync("request list"));
        Assert.StartsWith("sweep-", (string)(await RunAsync("sweep run"))["instanceId"]!, StringComparison.Ordinal);

        // A register of each shape, and who is let in.
        var risk = Id(await RunAsync($"register record risk --agreement testshire --levels 3 4 1 2 --review-on {Day(100)} {paper}"));
        Assert.Equal(Day(200), (string)(await RunAsync($"register review risk {risk} --review-on {Day(200)}"))["reviewOn"]!);
        Assert.Contains((JsonArray)await RunAsync("register list risk"), row => (string)row!["priority"]! == "12 red, residual 2 green");
        Assert.Contains("one of source, database", (await FailAsync($"register record asset-approval --exchange testshire-attendance --scope all {paper}", Role.AssetOwner)).Message, StringComparison.Ordinal);
        var access = Id(await RunAsync($"access ask w.orker --role key-worker --until {Day(100)} {paper}", Role.Coordinator));
        Assert.Equal("Authorised", State(await RunAsync($"access authorise {access}", Role.Coordinator)));
        Assert.Equal("InForce", State(await RunAsync($"access grant {access}", Role.PermissionsAdministrator, "b.i")));
        Assert.Equal(Day(200), (string)(await RunAsync($"access review {access} --until {Day(200)}", Role.Coordinator))["until"]!);
        Assert.Equal("InForce", State(await RunAsync("access contact w.orker --name Worker --contact 0116-496-0777", Role.Coordinator)));
        Assert.Contains("an entry of the account", (await FailAsync("access contact nobody --name Worker --contact 0116", Role.Coordinator)).Message, StringComparison.Ordinal);
        Assert.Equal("Ended", State(await RunAsync($"access revoke {access}", Role.Coordinator)));
        Assert.Contains((JsonArray)await RunAsync("access list"), row => (string)row!["account"]! == "w.orker");
        Assert.Equal(Day(0), (string)(await RunAsync($"access reads --from {Day(-30)} --to {Day(0)}"))["to"]!);

        // Everything of it is in the ledger, for who has no access to the store; the look is an entry too, by the person who looked.
        var entries = Path.Combine(folder, "entries.csv");
        Assert.Equal(ExitCode.Done, await FetchAsync($"ledger fetch {entries} --reference {suspension} --purpose audit"));
        var lines = await File.ReadAllLinesAsync(entries);
        Assert.Equal(["agreement.suspend", "agreement.meet", "agreement.lift-suspension"], lines[1..].Where(line => line.Contains("outcome", StringComparison.Ordinal)).Select(line => line.Split(',')[4]));
        Assert.Equal(1, await world.CountAsync("ledger.export", suspension));
        Assert.Contains("not overwritten", (await Assert.ThrowsAsync<CommandException>(() => FetchAsync($"ledger fetch {entries} --purpose audit"))).Message, StringComparison.Ordinal);
        Assert.Contains((JsonArray)(await RunAsync("access reads"))["counts"]!, count => (string)count!["account"]! == "an.auditor");

        // No paper, no act.
        Assert.Equal(2, (await FailAsync($"breach conclude {breach} --paper {file}.none")).ExitCode);
    }

    private async Task<JsonNode> RunAsync(string line, Role role = Role.InformationGovernance, string account = "a.lead")
    {
        using var output = new StringWriter();
        var token = world.Host.Tokens.Mint(new Caller(account, role, ""), TimeSpan.FromDays(4000));
        var parsed = Root().Parse([.. line.Split(' '), "--server", world.Host.Address.ToString(), "--token", token, "--json"]);
        Assert.True(parsed.Errors.Count == 0, $"{line}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return code == ExitCode.Done ? JsonNode.Parse(output.ToString())! : throw new CommandException(code, output.ToString());
    }

    private Task<int> FetchAsync(string line)
    {
        var token = world.Host.Tokens.Mint(new Caller("an.auditor", Role.Auditor, ""), TimeSpan.FromDays(4000));
        var root = new RootCommand("tfflow") { LedgerCommand.Create((_, _) => throw new InvalidOperationException("It needs no store."), Options.Folder()) };
        return root.Parse([.. line.Split(' '), "--server", world.Host.Address.ToString(), "--token", token])
            .InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null, EnableDefaultExceptionHandler = false });
    }

    private Task<CommandException> FailAsync(string line, Role role = Role.InformationGovernance) => Assert.ThrowsAsync<CommandException>(() => RunAsync(line, role));

    private static RootCommand Root()
    {
        var folder = Options.Folder();
        var root = new RootCommand("tfflow")
        {
            AgreementCommand.Create(TimeProvider.System, folder), BreachCommand.Create(folder), HoldCommand.Create(folder), RequestCommand.Create(folder), SweepCommand.Create(folder), RegisterCommand.Create(folder), AccessCommand.Create(folder),
        };
        root.Options.Add(folder);
        return root;
    }
}
