using System.CommandLine;
using System.Globalization;
using System.Text;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Research.Statistics;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow statistics subjects|build|release|discard|list|show</c>: tables that are shared freely.</summary>
internal static class StatisticsCommand
{
    private static readonly ReferenceKind Table = new("table", "/statistics");

    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("statistics",
            "Share figures freely: build a table from the registers, have it made safe beside all that is out, release it.")
        {
            calls.Show<StatisticsSubject[]>("subjects", "List what can be counted, and how it can be grouped.",
                "tfflow statistics subjects", Role.Coordinator, [],
                _ => "/statistics/subjects",
                subjects => subjects.SelectMany(subject =>
                    subject.Dimensions.Select(by => new { Subject = subject.Name, By = by.Name, by.What })).ToArray()),
            Build(calls),
            Act(calls, "release", "Release a table: the second of two people, neither of whom built it, lets it go out."),
            Act(calls, "discard", "Discard a table that is not released."),
            calls.Show<StatisticsView[]>("list", "List tables, the newest first. Those that are released are for everybody.",
                "tfflow statistics list", Role.Coordinator, [],
                _ => "/statistics",
                tables => tables.Select(table => new
                {
                    table.Id,
                    table.State,
                    table.Subject,
                    table.Rows,
                    table.Columns,
                    Only = string.Join(", ", table.Only.Select(filter => $"{filter.Dimension} {filter.Group}")),
                    table.CountedAt,
                    table.Suppressed,
                    table.Approvals,
                }).ToArray()),
            Show(calls),
        };
    }

    private static Command Build(ApiCalls calls)
    {
        var subject = new Argument<string>("SUBJECT") { Description = $"One of {string.Join(", ", StatisticsSubject.All.Select(known => known.Name))}." };
        var rows = GovernanceCalls.Text("--rows", "What is counted down: a word that 'tfflow statistics subjects' lists.");
        var columns = new Option<string?>("--columns") { Description = "What is counted across. Default: nothing, a list." };
        var only = GovernanceCalls.Several("--only", "Only what is in a group: dimension=group, several times for several.");
        return calls.Act<StatisticsView>(
            "build",
            "Count a table, and make it safe beside every table that was released.",
            "tfflow statistics build families --rows problems --columns children --only state=InCohort",
            Role.Coordinator,
            [subject, rows, columns, only],
            _ => "/statistics",
            arguments => new StatisticsRequest(
                arguments.GetValue(subject), arguments.GetValue(rows), arguments.GetValue(columns),
                    [.. (arguments.GetValue(only) ?? []).Select(Filter)]));
    }

    private static StatisticsFilter Filter(string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? new(text[..at], text[(at + 1)..])
        : throw new CommandException(ExitCode.Usage, "--only is a dimension, an equals sign and a group: --only state=InCohort.");

    private static Command Act(ApiCalls calls, string name, string words)
    {
        var id = Id();
        return calls.Act<StatisticsView>(
            name, words, $"tfflow statistics {name} 0123456789abcdef0123", Role.InformationGovernance, [id],
                arguments => $"/statistics/{arguments.In(id)}/{name}", _ => null);
    }

    private static Command Show(ApiCalls calls)
    {
        var id = Id();
        var output = new Option<FileInfo?>("--out", "-o")
        {
            Description = "The file to write; not overwritten. Beside it goes the record of how it was made safe. Default: it is printed.",
        };
        return calls.Command(
            "show",
            "Print a table, or write it to a file. A blank is a count that is not shown.",
            "tfflow statistics show 0123456789abcdef0123 --out families.csv",
            [id, output],
            async (arguments, cancellationToken) =>
            {
                using var api = calls.Open(arguments, Role.Coordinator);
                var full = await api.FullAsync(Table, arguments.GetValue(id)!, cancellationToken);
                var table = await api.GetAsync<StatisticsText>($"/statistics/{ApiCalls.Segment(full)}", cancellationToken);
                if (arguments.GetValue(output) is not { } file)
                {
                    return calls.Print(arguments, table, () =>
                        arguments.InvocationConfiguration.Output.Write(table.Csv.ReplaceLineEndings()));
                }

                await WriteAsync(file, table.Csv, cancellationToken);
                await WriteAsync(new(Path.ChangeExtension(file.FullName, ".sdc-record.json")), table.Record.ToJson(), cancellationToken);
                return calls.Print(arguments, table, () => arguments.InvocationConfiguration.Output.WriteLine(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{file.Name} is written (SHA-256 {table.Sha256}), and beside it how it was made safe.")));
            });
    }

    private static async Task WriteAsync(FileInfo file, string text, CancellationToken cancellationToken)
    {
        if (file.Exists)
        {
            throw new CommandException(ExitCode.Usage,
                $"{file.Name} is there already and is not overwritten: name another file with --out.");
        }

        await using var content = new FileStream(file.FullName, FileMode.CreateNew);
        await content.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    private static Argument<string> Id() => GovernanceCalls.Id("The table, as 'tfflow statistics list' lists it.");
}
