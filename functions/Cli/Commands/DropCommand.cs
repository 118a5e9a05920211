using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Drops;
using TfFlow.Cli.Exports;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow drop FILE</c>, what an agency runs on its own machine, and <c>tfflow take FILE</c>, what an authority runs on its own for a file
/// that came by other means. Plaintext never leaves the machine.</summary>
internal static class DropCommand
{
    public static Command Create(Option<string> folder, IAnsiConsole console, TimeProvider time)
    {
        var plain = new Option<bool>("--plain") { Description = "Send the file as it is. Only where the agreement allows it; sealed is the normal way." };
        var command = new Command("drop", "Seal a file on this machine to a one-time key and drop it; wait for its intake to end.") { plain };
        return Send(command, folder, console, time, Role.AgencySubmitter, _ => null, arguments => arguments.GetValue(plain));
    }

    /// <summary>The same intake for a file that came by secure email, by hand or out of a system that is read.</summary>
    public static Command CreateTake(Option<string> folder, IAnsiConsole console, TimeProvider time)
    {
        Means[] choices = [.. Enum.GetValues<Means>().Where(way => !way.IsDrop() && !way.IsSpoken())];
        var means = new Option<Means>("--means")
        {
            Description = $"How the file came: one of {string.Join(", ", choices.Select(way => Programme.Documents.Kebab.Of(way)))}.",
            HelpName = "means",
            Required = true,
            CustomParser = result => Options.OneOf(result, choices),
        };
        var command = new Command("take", "Take in a file that came by other means than a drop, as the authority that received it; wait for its intake to end.") { means };
        return Send(command, folder, console, time, Role.Coordinator, arguments => arguments.GetValue(means), _ => false);
    }

    private static Command Send(
        Command command, Option<string> folder, IAnsiConsole console, TimeProvider time, Role role, Func<ParseResult, Means?> means,
        Func<ParseResult, bool> plain)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The CSV extract; or your own export, with --mapping, --map, --set, --join or --sheet, which is then prepared on its way." };
        var (agency, exchange, server, token, json) = (Options.Agency(), Options.Exchange(), Options.Server(), Options.Token(), Options.Json());
        var judgedBy = new Option<string?>("--judged-by") { Description = "The post of whoever judged that this batch should be shared, where the agreement asks for it." };
        var basis = new Option<string?>("--judgement-basis") { Description = "On what basis they judged." };
        var correction = new Option<bool>("--correction") { Description = "It replaces the extract accepted last under this exchange; the report says which." };
        var corrects = new Option<string?>("--corrects") { Description = "It replaces this extract, which need not be the last: its reference, or how that begins." };
        var refused = new Option<FileInfo?>("--refused") { Description = "A file for the refused rows, with a column of reasons. It holds personal data: it is for you alone." };
        var organisation = new Option<string?>("--organisation") { Description = "For which organisation the agency submits it, where the agreement lists several: oak-primary, …" };
        command.Arguments.Add(file);
        foreach (var option in (Option[])[agency, exchange, judgedBy, basis, correction, corrects, organisation, refused, server, token, json])
        {
            command.Options.Add(option);
        }

        var preparation = new DropPreparation(time);
        preparation.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var path = arguments.GetValue(file)!;
            if (!path.Exists)
            {
                throw new CommandException(ExitCode.Usage, $"There is no such file: {path.Name}.");
            }

            if (string.IsNullOrWhiteSpace(arguments.GetValue(judgedBy)) != string.IsNullOrWhiteSpace(arguments.GetValue(basis)))
            {
                throw new CommandException(ExitCode.Usage, "--judged-by and --judgement-basis go together: who judged that the batch should be shared, and on what basis.");
            }

            if (arguments.GetValue(refused) is { Exists: true })
            {
                throw new CommandException(ExitCode.Usage, "The file named by --refused exists already; nothing is overwritten.");
            }

            var prepares = preparation.IsAsked(arguments);
            if (prepares && arguments.GetValue(refused) is not null)
            {
                // Intake counts the rows of what was prepared, and never sees those that preparing left out.
                throw new CommandException(
                    ExitCode.Usage, "--refused goes with a file that conforms. 'tfflow prepare --refused' writes the rows that preparing leaves out.");
            }

            await using Stream? content = prepares
                ? await preparation.PrepareAsync(arguments, path, arguments.GetValue(exchange)!, arguments.GetValue(json) ? null : console, cancellationToken)
                : path.OpenRead();
            if (content is null)
            {
                return ExitCode.Refused;
            }

            if (ExportFile.NotToSend(content) is { Length: > 0 } problem)
            {
                throw new CommandException(ExitCode.Usage, problem);
            }

            using var api = ApiClient.Open(arguments, folder, server, token, role, arguments.GetValue(agency)!);
            var request = new GrantRequest(
                arguments.GetValue(exchange)!,
                arguments.GetValue(judgedBy),
                arguments.GetValue(basis),
                arguments.GetValue(correction),
                means(arguments),
                arguments.GetValue(organisation),
                arguments.GetValue(corrects) is { } typed ? await api.FullAsync(ReferenceKind.Extract, typed, cancellationToken) : null);
            var drops = new DropSender(api, arguments.GetValue(agency)!);
            var extract = await SendAsync(drops, request, content, plain(arguments), console, cancellationToken);
            var report = await ReportAsync(api, extract, cancellationToken);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(extract, Lifecycle.Outbox.Json));
            }
            else
            {
                ExtractsCommand.Write(console, extract);
                if (report is not null)
                {
                    Write(console, report);
                }

                console.WriteLine();
                console.WriteLine($"In the outbox: the report, {OutboxNames.Report(extract.Id)}; within minutes the receipt of your file, {OutboxNames.Receipt(extract.Id)}. 'tfflow outbox --agency {extract.Agency} --save DIR' copies them.");
            }

            if (arguments.GetValue(refused) is { } target && report is { RowsRefused: > 0 })
            {
                content.Position = 0;
                using var rows = new DelimitedRows(content, static _ => 0);
                var written = RefusedRows.Write(rows, headerRow: 1, report.Findings, target);
                console.WriteLine(written < report.RowsRefused
                    ? $"{written:N0} of {report.RowsRefused:N0} refused rows are in {target.Name}: the report lists no more. 'tfflow prepare --refused' writes all of them."
                    : $"{written:N0} refused rows are in {target.Name}. It holds personal data: delete it once they are corrected.");
            }

            return extract.RefusalCode.Length == 0 ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    /// <returns>What intake found; null for who takes a file in for another agency, whose outbox is its own.</returns>
    private static async Task<IntakeReport?> ReportAsync(ApiClient api, ExtractView extract, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<IntakeReport>(await OutboxCommand.ReadAsync(api, extract.Agency, OutboxNames.Report(extract.Id), cancellationToken), Lifecycle.Outbox.Json);
        }
        catch (CommandException e) when (e.ExitCode == ExitCode.Refused)
        {
            return null;
        }
    }

    // As validate prints it; where the drop itself was refused, why.
    private static void Write(IAnsiConsole console, IntakeReport report)
    {
        console.WriteLine();
        OutcomeReport.Write(
            console,
            new ExtractOutcome(Enum.Parse<ExtractState>(report.Result), report.Dataset, DatasetVersion: 0, AsOf: default, report.Rows, report.RowsRefused, report.Counts, report.Findings),
            $"{report.Dataset}, exchange {report.Exchange} of {report.Agreement}, version {report.AgreementVersion}",
            Reading.Sent);
        if (report.Replaces.Length > 0)
        {
            console.WriteLine(report.Replaces);
        }

        QualityCommand.Write(console, report.Quality, report.SinceLast);
        if (report.Findings.Count == 0 && report.Meaning.Length > 0)
        {
            console.MarkupLineInterpolated($"{report.Meaning}  [[{report.Code}]]");
        }
    }

    private static async Task<ExtractView> SendAsync(
        DropSender drops, GrantRequest request, Stream content, bool plain, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var now = new BarStep("Asking for a grant…");
        DropStep? step = null;
        var progress = new StepProgress(next =>
        {
            console.WriteLine(next.Words);
            step = next;
        });
        return await Bar.RunAsync(At, () => drops.SendAsync(request, content, plain, progress, cancellationToken));

        BarStep At()
        {
            try
            {
                return now = step is { Moving: { } moving } ? BarStep.Of(step.Words, moving) : new(step?.Words ?? now.Words);
            }
            catch (ObjectDisposedException)
            {
                // The step ended while it was asked.
                return now;
            }
        }
    }

    /// <summary>At once and in order, where <see cref="Progress{T}"/> would post.</summary>
    private sealed class StepProgress(Action<DropStep> report) : IProgress<DropStep>
    {
        public void Report(DropStep value) => report(value);
    }
}
