using System.CommandLine;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow agreement check FILE|DIR…</c>: all that is wrong with documents, by file and line; then what the gate says of each exchange.</summary>
internal static class AgreementCheckCommand
{
    public static Command Create(TimeProvider time)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Documents, or a folder of them: agreements, datasets, programmes, a matching plan. What one of them builds on comes with it, or ships.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(
            "check",
            "Tell everything that is wrong with your documents, by file and line; and of each exchange whether it can ever pass, and why not. Exit code 1: there is a fault, no exchange of an agreement can pass, or the plan's authority is no party.")
        {
            paths,
        };
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                var library = Library.Look(LibraryFolder.Documents(parsed.GetValue(paths)!), out var faults);
                Write(output, library, [.. faults.Select(fault => fault.File).Distinct()], DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
                List<string> wrong = [.. faults.Select(fault => fault.Message), .. Dead(library)];
                wrong.ForEach(error.WriteLine);
                return wrong.Count > 0 ? ExitCode.Refused : ExitCode.Done;
            }
            catch (CommandException e)
            {
                error.WriteLine(e.Message);
                return ExitCode.Usage;
            }
        });
        return command;
    }

    /// <summary>What is no fault of a line, and leaves nothing that could be done by the documents.</summary>
    private static IEnumerable<string> Dead(Library library) => ExchangeProspect.All(library.Agreements).GroupBy(prospect => prospect.Agreement.Name)
        .Where(version => version.All(prospect => prospect.Kind is ProspectKind.Never)).Select(version => $"No exchange of {version.Key} can ever pass.");

    private static void Write(TextWriter output, Library library, IReadOnlyList<string> faulty, DateOnly today)
    {
        var (catalogue, giver) = (library.Agreements, library.Plan?.Authority);
        if (catalogue.Versions.Count == 0 && faulty.Count == 0)
        {
            output.WriteLine("There is no agreement among these documents (*.yaml): nothing can be sent or given under them.");
        }

        foreach (var version in ExchangeProspect.All(catalogue).GroupBy(prospect => prospect.Agreement.Name))
        {
            output.WriteLine($"{version.Key}  {version.Select(prospect => prospect.Exchange.Id).Distinct().Count()} exchanges");
            foreach (var prospect in version)
            {
                output.WriteLine($"  {prospect.Exchange.Id}{(prospect.Receiver != default ? $" at {prospect.Receiver}" : "")}: {When(prospect, today)}{(IsOver(prospect, today) ? OverWords(prospect) : Words(prospect, giver))}");
                if (!IsOver(prospect, today) && prospect.Unkept.Count > 0)
                {
                    output.WriteLine(
                        $"    Warning: it is taken in, and no retention line of it is of class {string.Join(" or ", prospect.Unkept.Select(about => Kebab.Of(about)))}: "
                        + "what comes to that is kept without an end, or is not kept. Write the line, and name it in 'retention' of the exchange.");
                }
            }
        }

        foreach (var note in catalogue.Versions.SelectMany(version => version.Bases.Select(basis => (version, basis)))
            .Where(pair => pair.basis.Idle(pair.version.UnderTodaysLaw).Count > 0))
        {
            var (lines, todays) = (note.basis.Idle(note.version.UnderTodaysLaw), note.version.UnderTodaysLaw);
            output.WriteLine(
                $"{note.version.Name}, basis {note.basis.Id}: {string.Join(" and ", lines)} {(lines.Count == 1 ? "counts" : "count")} for nothing. "
                + (todays
                    ? "A version in force from 25 May 2018 is judged on the UK GDPR and the Data Protection Act 2018."
                    : "A version in force before 25 May 2018 is judged on the Data Protection Act 1998."));
        }

        foreach (var empty in catalogue.Versions.Where(version => version.Exchanges.Count == 0))
        {
            output.WriteLine($"{empty.Name}  0 exchanges");
        }

        if (faulty.Count > 0)
        {
            output.WriteLine(
                $"Not judged until its faults are mended, and what builds on it: {string.Join(", ", faulty)}. "
                + "A host does not start on these documents before.");
        }
        else if (library.Plan is null && catalogue.Parties.Count > 0 && !catalogue.Parties.Contains(MatchingPlan.Shipped.Authority))
        {
            output.WriteLine("There is no matching plan here that says whose deployment it is: a host does not start on these documents without --organisation (or --study) and one of their parties.");
        }
    }

    // What can pass does so within the version's term, and once both have signed.
    private static string When(ExchangeProspect prospect, DateOnly today) =>
        prospect.Kind is ProspectKind.Never ? ""
        : IsOver(prospect, today) ? $"until {prospect.Until:yyyy-MM-dd}, which is over: "
        : prospect.On > today ? $"not before {prospect.On:yyyy-MM-dd}{(prospect.Until is { } last ? $", and until {last:yyyy-MM-dd}" : "")}; then it "
        : prospect.Until is { } end ? $"until {end:yyyy-MM-dd}: "
        : "";

    private static bool IsOver(ExchangeProspect prospect, DateOnly today) => prospect.Kind is not ProspectKind.Never && prospect.Until < today;

    private static string OverWords(ExchangeProspect prospect) => prospect.Kind switch
    {
        ProspectKind.Dropped => "may not be dropped any more",
        ProspectKind.Recorded => "may not be told any more",
        _ => "may not be taken in or given any more",
    } + (prospect.Kept.Count > 0 ? $". {Kept(prospect)}" : "");

    private static string Kept(ExchangeProspect prospect) => $"Kept: {string.Join("; ", prospect.Kept.Select(term => term.Rule))}";

    private static string Words(ExchangeProspect prospect, Id<Party>? giver) => prospect.Kind switch
    {
        _ when prospect.Kind is not (ProspectKind.Never or ProspectKind.Recorded) && giver is { } us && prospect.Exchange.From.Contains(us) && prospect.Receiver != us =>
            $"is given by {us} with 'tfflow give' ({Kebab.Of(prospect.Means!.Value)}). {Kept(prospect)}",
        ProspectKind.Dropped => $"may be dropped ({Kebab.Of(prospect.Means!.Value)}). {Kept(prospect)}",
        ProspectKind.ByOtherMeans => $"comes by {Kebab.Of(prospect.Means!.Value)} and is taken in with 'tfflow take'; a drop is refused. {Kept(prospect)}",
        ProspectKind.Recorded => $"is told ({string.Join(" or ", prospect.Exchange.Means.Where(means => means.IsSpoken()).Select(means => Kebab.Of(means)))}), not sent: that it was told is recorded",
        _ => $"can never pass. {prospect.Words}",
    };
}
