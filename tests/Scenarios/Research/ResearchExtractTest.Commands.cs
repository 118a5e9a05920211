using System.Text.Json;
using System.Text.Json.Nodes;
using TfFlow.Api.Access;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Research;
using TfFlow.Programme.Research.Release;
using TfFlow.Vault.Sealing;

namespace TfFlow.Scenarios.Research;

/// <remarks>The same steps as people type them, each with a token of its own.</remarks>
public sealed partial class ResearchExtractTest
{
    /// <returns>The request, and what its recipient collected.</returns>
    private async Task<(string Id, ResearchDraft Collected)> ByCommandsAsync(RecipientKey key)
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-research-");
        try
        {
            var (statement, file) = (Path.Combine(folder.FullName, "statement.pdf"), Path.Combine(folder.FullName, "extract.sealed"));
            await File.WriteAllTextAsync(statement, "why it is lawful and necessary");
            var asked = await RunAsync($"research request --agency {Evaluator} --exchange caseshire-evaluation --paper {statement}",
                Role.AgencySubmitter, "evaluator-1", Evaluator);
            var id = (string)asked["id"]!;
            await FailsAsync($"research justify {id} --lawful", Role.InformationGovernance, "ig-1", "lawful and that it is necessary");
            await RunAsync($"research justify {id[..6]} --lawful --necessary", Role.InformationGovernance, "ig-1");
            await FailsAsync($"research collect {id} --agency {Evaluator} --out {file}", Role.AgencySubmitter, "evaluator-1", "",
                Evaluator);
            await RunAsync($"research approve {id}", Role.AssetOwner, "ao-1");
            await UntilAsync(id, row => row.State is ResearchExtractState.Built);
            var page = Path.Combine(folder.FullName, "record.html");
            await Typed.PrintAsync(world.Host, Create, $"research record {id} --out {page}", Role.InformationGovernance, "ig-1");
            Assert.Contains("<td>Highest risk after</td>", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
            await RunAsync($"research release {id}", Role.InformationGovernance, "ig-1");
            Assert.Equal("Released", (string)(await RunAsync($"research release {id}", Role.Coordinator, "co-1"))["state"]!);

            await Typed.PrintAsync(world.Host, Create, $"research collect {id} --agency {Evaluator} --out {file}", Role.AgencySubmitter,
                "evaluator-1", Evaluator);
            await FailsAsync($"research collect {id} --agency {Evaluator} --out {file}", Role.AgencySubmitter, "evaluator-1",
                "is there already", Evaluator);
            await using var content = File.OpenRead(file);
            var collected = JsonSerializer.Deserialize<ResearchDraft>(await key.OpenAsync(content, id, Evaluator, World.Patience),
                Outbox.Json)!;

            // One that is returned is never built.
            var other = (string)(await RunAsync($"research request --agency {Evaluator} --exchange caseshire-evaluation --paper {statement}", Role.AgencySubmitter, "evaluator-1", Evaluator))["id"]!;
            Assert.Equal("Refused", (string)(await RunAsync($"research return {other}", Role.InformationGovernance, "ig-1"))["state"]!);
            Assert.Contains((JsonArray)await RunAsync("research list", Role.Coordinator, "co-1"), row => (string)row!["id"]! == other);
            return (id, collected);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static System.CommandLine.Command Create(System.CommandLine.Option<string> folder) =>
        ResearchCommand.Create(Spectre.Console.AnsiConsole.Console, TextWriter.Null, folder);

    private Task<JsonNode> RunAsync(string line, Role role, string account, string agency = "") =>
        Typed.RunAsync(world.Host, Create, line, role, account, agency);

    private async Task FailsAsync(string line, Role role, string account, string why, string agency = "") =>
        Assert.Contains(why,
            (await Assert.ThrowsAsync<CommandException>(() => Typed.PrintAsync(world.Host, Create, line, role, account, agency))).Message,
                StringComparison.Ordinal);
}
