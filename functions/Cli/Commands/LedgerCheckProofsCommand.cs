using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow ledger check-proofs FILE</c>: says of each probe whether its proof is accepted. Needs no store.</summary>
internal static class LedgerCheckProofsCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("FILE") { Description = "A JSON file with one probe or an array of them, or a folder of such files." };
        var command = new Command("check-proofs", """
            Say of each Merkle proof whether it is accepted, as public test suites ask. Needs no store.

            A probe is {leafIdx,treeSize,root,leafHash,proof} or {size1,size2,root1,root2,proof}, bytes in base64; desc and wantErr may be there.
            Exit codes: 0 all were tried, and agree with wantErr where it is given; 1 one does not agree; 2 a file cannot be read.
            """)
        { path };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var configuration = parsed.InvocationConfiguration;
            return await RunAsync(parsed.GetValue(path)!, configuration.Output, configuration.Error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(string path, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path) && !File.Exists(path))
        {
            await error.WriteLineAsync($"There is no file or folder '{path}'.");
            return LedgerCommand.Unreadable;
        }

        var files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (file, Name: Path.GetRelativePath(path, file)))
            : [(file: path, Name: Path.GetFileName(path))];
        var (accepted, refused, agree, disagree, unreadable) = (0, 0, 0, 0, 0);
        foreach (var (file, name) in files)
        {
            try
            {
                foreach (var probe in await ReadAsync(file, name, cancellationToken))
                {
                    var accepts = probe.IsAccepted();
                    _ = accepts ? accepted++ : refused++;
                    var agreement = probe.WantsRefusal is not { } wants ? "" : wants != accepts ? " (agrees)" : wants ? " (DISAGREES: wanted refuse)" : " (DISAGREES: wanted accept)";
                    agree += probe.WantsRefusal == !accepts ? 1 : 0;
                    disagree += probe.WantsRefusal == accepts ? 1 : 0;
                    await output.WriteLineAsync($"{(accepts ? "accept" : "refuse")}  {probe.Name}{agreement}");
                }
            }
            catch (Exception exception) when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException)
            {
                unreadable++;
                await error.WriteLineAsync($"{name} cannot be read: {exception.Message}");
            }
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{accepted + refused} probes: {accepted} accepted, {refused} refused")
            + (agree + disagree > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {agree} as wanted, {disagree} not.") : "."));
        if (accepted + refused == 0 && unreadable == 0)
        {
            await error.WriteLineAsync($"There is no probe in '{path}'.");
        }

        return unreadable > 0 || accepted + refused == 0 ? LedgerCommand.Unreadable : disagree > 0 ? LedgerCommand.DoesNotHold : LedgerCommand.Holds;
    }

    private static async Task<IReadOnlyList<LedgerProbe>> ReadAsync(string file, string name, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        var root = document.RootElement.Clone();
        return root.ValueKind switch
        {
            JsonValueKind.Object => [new LedgerProbe(name, root)],
            JsonValueKind.Array when root.EnumerateArray().All(probe => probe.ValueKind == JsonValueKind.Object) =>
                [.. root.EnumerateArray().Select((probe, i) => new LedgerProbe(string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), probe))],
            _ => throw new FormatException("it is neither a probe nor an array of probes."),
        };
    }
}
