using System.CommandLine;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow template EXCHANGE</c>: an empty file with the headers of an exchange, and its codebook beside it.</summary>
public static class TemplateCommand
{
    public static Command Create(TimeProvider time)
    {
        var exchange = new Argument<string>("EXCHANGE") { Description = "Like leicestershire-2." };
        var folder = new Option<DirectoryInfo?>("--out", "-o") { Description = "The folder to write to; made where it is not there. Default: the current one." };
        var agreements = LibraryFolder.Option();
        var command = new Command("template", "Write an empty file with the headers of an exchange, and a codebook that says what each column holds.") { exchange, folder, agreements };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var id = parsed.GetValue(exchange)!;
            if (!LibraryFolder.TryRead(parsed, agreements, out var library))
            {
                return ExitCode.Usage;
            }

            if (!ValidateCommand.TryFindExchange(library.Agreements, id, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), out var agreement, out var specification, out var problem))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(problem);
                return 2;
            }

            // A household list is prepared before it is sent: the template is of what prepare reads.
            var refusals = specification.Refusals;
            specification = HouseholdListPreparation.Applies(specification) ? HouseholdListPreparation.WithAddresses(specification) : specification;
            var withheld = agreement.Exchange(id)!.Withheld;
            var path = parsed.GetValue(folder)?.FullName ?? Directory.GetCurrentDirectory();
            var (template, codebook) = (Path.Combine(path, $"{id}.csv"), Path.Combine(path, $"{id}-codebook.md"));
            if (File.Exists(path) || File.Exists(template) || File.Exists(codebook))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(File.Exists(path) ? $"{path} is a file: --out names a folder." : $"{path} already has {id}.csv or its codebook; nothing is overwritten.");
                return 2;
            }

            Directory.CreateDirectory(path);

            await using (var file = new FileStream(template, FileMode.CreateNew))
            await using (var writer = CsvOutput.ForPeople(file))
            {
                foreach (var column in specification.Columns.Where(column => !withheld.Contains(column.Name)))
                {
                    writer.WriteField(column.Header);
                }

                await writer.EndRecordAsync(cancellationToken);
            }

            await File.WriteAllTextAsync(codebook, Codebook.Render(specification, withheld, refusals), cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(template);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(codebook);
            return 0;
        });
        return command;
    }
}
