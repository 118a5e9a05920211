using System.CommandLine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow up</c>: serves the API and watches for drops until it is told to end.</summary>
internal static class UpCommand
{
    public static Command Create(Option<string> workFolder, Option<string?> storage)
    {
        var port = Options.Whole("--port", "Where the API listens on 127.0.0.1; 0 takes a free one.", number => number is >= 0 and <= 65535, "from 0 to 65535; 0 takes a free one", absent: 7080);
        var agreements = LibraryFolder.Option();
        var matching = new Option<FileInfo?>("--matching")
        {
            Description = "What the authority matches by: programme, school terms, deadlines (docs/matching.md). Default: the plan that ships.",
        };
        var study = new Option<string?>("--study") { Description = "Serve a study of this organisation, as the agreements name it, instead of an authority: in a folder of its own." };
        var authority = new Option<string?>("--organisation") { Description = "Whose deployment this is, as the agreements name it: what goes to others is refused. Default: the matching plan's authority." };
        var keep = Options.Whole(
            "--keep-instances", "Days for which a finished orchestration stays to be looked at with 'tfflow instances'.", SweepPolicy.Keeps, $"from 1 to {SweepPolicy.MaxDays} days", absent: 30);
        var accept = new Option<bool>("--accept-change") { Description = "Serve other documents, or another organisation, than this work folder was started with before." };
        var command = new Command("up", "Serve the API and watch for drops, until Ctrl-C. Without --agreements, --matching, --organisation and --study: with those of the last start on --folder.")
        {
            port, agreements, matching, authority, study, accept, keep,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var work = arguments.GetValue(workFolder)!;
            var before = WorkDocuments.Find(work);
            var documents = arguments.GetValue(agreements) ?? (LibraryFolder.Remembered(work, before?.Agreements, "--agreements") is { } folder ? new(folder) : null);
            var planFile = arguments.GetValue(matching) ?? (LibraryFolder.Remembered(work, before?.Matching, "--matching") is { } file ? new(file) : null);
            var deployment = (arguments.GetValue(study), arguments.GetValue(authority)) switch
            {
                ({ } organisation, _) => new Deployment(DeploymentKind.Study, organisation),
                (_, { } organisation) => new(DeploymentKind.Authority, organisation),
                _ => before is null ? Deployment.Authority : new(before.Kind, before.Organisation),
            };
            var library = LibraryFolder.Read(documents);
            var plan = Load(planFile, library) ?? library.Plan ?? MatchingPlan.Shipped;
            var now = WorkDocuments.Of(deployment, documents, planFile, library, plan);
            if (before?.Refusal(work, now) is { Length: > 0 } refusal && !arguments.GetValue(accept))
            {
                throw new CommandException(ExitCode.Usage, refusal);
            }

            await using var host = await StartAsync(
                new LocalHostOptions
                {
                    Folder = work,
                    Port = arguments.GetValue(port),
                    ConnectionString = Options.StorageIn(arguments, storage),
                    Deployment = deployment,
                    Agreements = library.Agreements,
                    Matching = plan,
                    SweepPolicy = SweepPolicy.OfDays(arguments.GetValue(keep)),
                    Progress = new Progress<string>(Console.Error.WriteLine),
                },
                cancellationToken);
            now.Save(work);
            Console.WriteLine($"TfFlow is up: {host.Address} (its interface: {host.Address}openapi/tfflow.json)");
            Console.WriteLine("Its pages: 'tfflow console --role R --account N' makes a link that signs in.");
            Console.WriteLine(
                $"It is {(deployment.Kind is DeploymentKind.Study ? "the study" : "the deployment")} of {deployment.OwnerOr(plan.Authority)}, under {string.Join(", ", library.Agreements.Versions.Select(agreement => agreement.Name))}; it matches by {plan.Name}.");
            Console.WriteLine("End it with Ctrl-C.");
            await host.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    /// <exception cref="CommandException">A document that was used says something else now, or the agreements do not know whose deployment this is.</exception>
    private static async Task<LocalHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await Options.OnStorageAsync(() => LocalHost.StartAsync(options, cancellationToken));
        }
        catch (Exception e) when (e is DocumentChangedException or DeploymentUnknownException)
        {
            throw new CommandException(ExitCode.Usage, e.Message);
        }
    }

    private static MatchingPlan? Load(FileInfo? file, Library library)
    {
        if (file is null)
        {
            return null;
        }

        try
        {
            using var text = file.OpenText();
            return MatchingPlan.Read(DocumentNode.Parse(file.Name, text), library.PlanBasis);
        }
        catch (DocumentException e)
        {
            throw new CommandException(ExitCode.Usage, e.Message);
        }
        catch (FileNotFoundException)
        {
            throw new CommandException(ExitCode.Usage, $"There is no file {file}.");
        }
    }
}
