using System.CommandLine;
using System.Text.Json.Nodes;
using TfFlow.Api.Access;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Hosting;

namespace TfFlow.Scenarios;

/// <summary>Commands as people type them, against a running host, each with a token of its own.</summary>
internal static class Typed
{
    /// <param name="line">Without <c>tfflow</c>; its words apart by a space.</param>
    /// <returns>What it prints for machines.</returns>
    /// <exception cref="CommandException">It ended otherwise than well; the words are those a person reads.</exception>
    public static async Task<JsonNode> RunAsync(LocalHost host, Func<Option<string>, Command> create, string line, Role role,
        string account, string agency = "") =>
        JsonNode.Parse(await PrintAsync(host, create, line + " --json", role, account, agency))!;

    /// <returns>What it prints.</returns>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<string> PrintAsync(LocalHost host, Func<Option<string>, Command> create, string line, Role role,
        string account, string agency = "")
    {
        using var output = new StringWriter();
        var folder = Options.Folder();
        var root = new RootCommand("tfflow") { create(folder) };
        root.Options.Add(folder);
        var token = host.Tokens.Mint(new Caller(account, role, agency), TimeSpan.FromDays(4000));
        var parsed = root.Parse([.. line.Split(' '), "--server", host.Address.ToString(), "--token", token]);
        Assert.True(parsed.Errors.Count == 0, $"{line}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return code == ExitCode.Done ? output.ToString() : throw new CommandException(code, output.ToString());
    }
}
