using System.CommandLine;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow agreement start --out DIR</c>: documents to begin an agreement of one's own with.</summary>
internal static class AgreementStartCommand
{
    private const string Prefix = "Starter/";

    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--out", "-o") { Description = "The folder to write to; made where it is not there.", Required = true };
        var command = new Command("start", "Write a small agreement, a dataset of your own and a matching plan to begin with; docs/agreements.md says how to go on.") { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (target, assembly) = (parsed.GetValue(folder)!, typeof(AgreementStartCommand).Assembly);
            var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            if (names.Select(name => Path.Combine(target.FullName, name[Prefix.Length..])).FirstOrDefault(File.Exists) is { } there)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"{there} exists already; nothing is overwritten.");
                return ExitCode.Usage;
            }

            target.Create();
            foreach (var name in names)
            {
                var path = Path.Combine(target.FullName, name[Prefix.Length..]);
                await using var source = assembly.GetManifestResourceStream(name)!;
                await using var destination = new FileStream(path, FileMode.CreateNew);
                await source.CopyToAsync(destination, cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(path);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
