using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow cohort</c>: the families matching found, in order; <c>tfflow cohort remove ID</c> takes one out.</summary>
internal static class CohortCommand
{
    public static Command Create(Option<string> folder, IAnsiConsole console)
    {
        var calls = new ApiCalls(folder);
        var command = new Command("cohort", "List the families of the cohort in order of priority, by reference.")
        {
            calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var families = await api.GetAsync<CohortView[]>("/matching/cohort", cancellationToken);
            var places = await api.GetAsync<PlacesView>("/matching/places", cancellationToken);
            return calls.Print(arguments, families, () => Write(console, families, places));
        });
        command.Subcommands.Add(CreateRemove(calls, console));
        return command;
    }

    private static void Write(IAnsiConsole console, IEnumerable<CohortView> families, PlacesView places)
    {
        console.WriteLine(Words(places));
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Place", "Family", "Problems", "People", "Sources", "Found", "Support", "Why here");
        foreach (var family in families)
        {
            table.AddRow(
                Number(family.Place),
                family.Id,
                Number(family.Problems),
                Number(family.Members),
                Number(family.Sources),
                family.FoundAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                family.Support,
                family.Why);
        }

        console.Write(table);
    }

    private static Command CreateRemove(ApiCalls calls, IAnsiConsole console)
    {
        var id = new Argument<string>("ID") { Description = "The family's reference, as 'tfflow cohort' lists it, or how it begins." };
        var reason = new Option<string>("--reason") { Description = $"Why: {string.Join(", ", Removals.Reasons.Select(Kebab.Of))}. The ledger keeps it.", Required = true };
        reason.AcceptOnlyFromAmong([.. Removals.Reasons.Select(Kebab.Of)]);
        var command = new Command(
            "remove", "Take a family out of the cohort and have what is kept of it erased. Not once its case has begun.")
        {
            id, reason, calls.Server, calls.Token,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var family = await api.FullAsync(ReferenceKind.Family, arguments.GetValue(id)!, cancellationToken);
            await api.PostAsync($"/matching/cohort/{ApiCalls.Segment(family)}/removal/{arguments.GetValue(reason)}", cancellationToken);
            console.WriteLine("It is out of the cohort. What is kept of it is erased, with a certificate to each agency; what a legal hold covers, once it is released. Lists for partners that name it are withdrawn from their outboxes: the calendar says which are owed anew.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>How many families were agreed and how many places are left, a sentence or two.</summary>
    internal static string Words(PlacesView places) => places.Agreed is { } agreed
        ? $"{Number(agreed)} families are agreed ({places.Source}): {Number(places.Taken)} are taken on, "
            + $"{Number(places.Left ?? 0)} place{(places.Left == 1 ? " is" : "s are")} left. "
            + $"{Number(places.Waiting)} of the cohort wait{(places.Waiting == 1 ? "s" : "")} beyond that."
        : "No number of families is agreed: neither the programme nor the plan says one ('families'). There is room for all. "
            + $"{Number(places.Taken)} {(places.Taken == 1 ? "family is" : "families are")} taken on so far.";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
