using System.CommandLine;
using System.Globalization;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault.Envelope;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow department match</c>: what a department runs on its own machine. Its own data never leaves it; what does names nobody.</summary>
/// <remarks>seeds/003 How will this work in practice.</remarks>
internal static class DepartmentCommand
{
    public static Command Create(TimeProvider time)
    {
        var linkage = new Argument<FileInfo>("LINKAGE") { Description = "The sealed linkage file from your outbox at the study." };
        var key = new Option<FileInfo>("--key") { Description = "Your private key, as 'tfflow key create' wrote it.", Required = true };
        var round = new Option<string>("--round") { Description = "The study's round: it is in the file's name.", Required = true };
        var agency = Options.Agency();
        var people = new Option<FileInfo>("--people") { Description = "Your own people: CSV with names, dates of birth, addresses and an id.", Required = true };
        var id = new Option<string>("--id") { Description = "The column of --people and --outcomes that holds your own id of a person.", Required = true };
        var outcomes = new Option<FileInfo>("--outcomes") { Description = "What you know of them: CSV with the id and the columns of the return.", Required = true };
        var dataset = new Option<string>("--return") { Description = $"The dataset of your return: {string.Join(", ", StudyMeasure.All.Select(measure => measure.Dataset).Distinct())}.", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "Where to write the return: send it with 'tfflow drop' to the study.", Required = true };
        var match = new Command("match", "Match a study's linkage file to your own data, strip every identifier, check the return.")
        {
            linkage, key, round, agency, people, id, outcomes, dataset, output,
        };
        match.SetAction(async (arguments, cancellationToken) =>
        {
            using var own = RecipientKeyFile.Open(arguments.GetValue(key)!);
            try
            {
                await using var file = arguments.GetValue(linkage)!.OpenRead();
                var opened = await own.OpenAsync(file, arguments.GetValue(round)!, arguments.GetValue(agency)!, cancellationToken);
                var matched = await DepartmentMatch.RunAsync(
                    opened,
                    arguments.GetValue(people)!,
                    arguments.GetValue(id)!,
                    arguments.GetValue(outcomes)!,
                    arguments.GetValue(dataset)!,
                    DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
                    cancellationToken);
                await File.WriteAllBytesAsync(arguments.GetValue(output)!.FullName, matched.Return, cancellationToken);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{matched.People} of {matched.Asked} people matched; {matched.Rows} rows, no identifiers, checked as {arguments.GetValue(dataset)}."));
                return ExitCode.Done;
            }
            catch (SealException e)
            {
                throw RecipientKeyFile.DoesNotOpen(arguments.GetValue(linkage)!, arguments.GetValue(agency)!, e);
            }
            catch (IOException e)
            {
                throw new CommandException(ExitCode.Unavailable, e.Message);
            }
        });
        return new Command("department", "Take part in a study as a department that matches.") { match };
    }
}
