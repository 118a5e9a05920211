using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using TfFlow.Cli.Demo;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow demo</c>: synthetic extracts from drop to certified erasure, in a folder of its own that is removed at the end.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var people = Options.Whole(
            "--people", "How many people live in the invented authority, from 1,000.", number => number is >= 1_000 and <= 1_000_000, "from 1,000 to 1,000,000", absent: 20_000);
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same people and files.", DefaultValueFactory = _ => 1 };
        var report = new Option<FileInfo?>("--report") { Description = "Write what happened to this file, as JSON." };
        var keep = new Option<DirectoryInfo?>("--keep") { Description = "Work in this folder and leave it there, to look into." };
        var command = new Command("demo", "Tell the whole story of an invented authority: drops, matching, consent, markers, research, erasure, proof.") { people, seed, report, keep };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            // Everything printed is also searched for canaries.
            using var transcript = new StringWriter();
            var console = Terminal.Create(new TeeWriter(Console.Out, transcript), Console.IsOutputRedirected);
            var kept = arguments.GetValue(keep);
            var folder = kept?.FullName ?? Directory.CreateTempSubdirectory("tfflow-demo-").FullName;
            try
            {
                var result = await new DemoRun(console, transcript, folder, arguments.GetValue(people), arguments.GetValue(seed)).RunAsync(cancellationToken);
                if (arguments.GetValue(report) is { } file)
                {
                    await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(result, Lifecycle.Outbox.Json), cancellationToken);
                }

                return result.Invariants.All(invariant => invariant.Holds) ? ExitCode.Done : ExitCode.Refused;
            }
            finally
            {
                if (kept is null)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        });
        return command;
    }
}
