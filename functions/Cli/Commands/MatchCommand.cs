using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow match</c>, <c>tfflow reviews</c>, <c>tfflow review ID</c>: a matching round, and the decisions it waits for.</summary>
internal static class MatchCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    public static Command CreateMatch(Option<string> folder, IAnsiConsole console)
    {
        var list = new Option<bool>("--list") { Description = "Start nothing; list the rounds there were." };
        var preview = new Option<bool>("--preview") { Description = "Start nothing; say what a round would read, find, go without and erase. Opens facts, and nobody's name." };
        var unmatched = new Option<bool>("--unmatched")
        {
            Description = "Start nothing; list the records of partners that nothing else places, by extract and row, "
                + "for 'tfflow question ask'. "
                + "Opens facts, and nobody's name.",
        };
        var fairness = new Option<bool>("--fairness")
        {
            Description = "Start nothing; say whom identification falls on: people in the cohort against people in the data, "
                + "by sex, age band and area. Small numbers are suppressed.",
        };
        var round = new Option<string?>("--round")
        {
            Description = "With --fairness: the round, as --list names it. Default: the newest that looked at all its households.",
        };
        var yes = new Option<bool>("--yes") { Description = "Match although datasets are missing that the plan waits for, without being asked." };
        var calls = new ApiCalls(folder);
        var command = new Command("match", "Match what came for identification and was not matched yet; wait until the cohort stands.")
        {
            list, preview, unmatched, fairness, round, yes, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            if (arguments.GetValue(preview))
            {
                var found = await api.GetAsync<MatchingPreview>("/matching/preview", cancellationToken);
                var forecast = await api.GetAsync<MatchingForecastView>("/matching/preview/households", cancellationToken);
                var places = await api.GetAsync<PlacesView>("/matching/places", cancellationToken);
                return calls.Print(
                    arguments,
                    new { Preview = found, Forecast = forecast, Places = places },
                    () => console.WriteLine(MatchPreview.Words(found, forecast) + Environment.NewLine + CohortCommand.Words(places)));
            }

            if (arguments.GetValue(unmatched))
            {
                var extracts = await api.GetAsync<UnmatchedExtract[]>("/matching/preview/unmatched", cancellationToken);
                return calls.Print(arguments, extracts, () => console.WriteLine(MatchPreview.Words(extracts)));
            }

            if (arguments.GetValue(fairness))
            {
                var named = arguments.GetValue(round) is { } id
                    ? $"?round={ApiCalls.Segment(await api.FullAsync(ReferenceKind.Round, id, cancellationToken))}"
                    : "";
                var view = await api.GetAsync<FairnessView>($"/matching/fairness{named}", cancellationToken);
                return calls.Print(arguments, view, () => Write(console, view));
            }

            var rounds = arguments.GetValue(list) ? await api.GetAsync<MatchingView[]>("/matching", cancellationToken) : [await RunAsync(api, await ConfirmAsync(api, console, arguments.GetValue(yes), cancellationToken), cancellationToken)];
            return calls.Print(arguments, rounds, () => Write(console, rounds));
        });
        return command;
    }

    public static Command CreateReviews(Option<string> folder, IAnsiConsole console)
    {
        var calls = new ApiCalls(folder);
        var command = new Command("reviews", "List the households that wait for a decision, the nearest deadline first.")
        {
            calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var reviews = await api.GetAsync<ReviewView[]>("/matching/reviews", cancellationToken);
            return calls.Print(arguments, reviews, () => Write(console, reviews));
        });
        return command;
    }

    public static Command CreateReview(Option<string> folder, IAnsiConsole console)
    {
        var id = new Argument<string>("ID")
        {
            Description = "The reference, as 'tfflow reviews' or 'tfflow cohort' lists it, or how it begins.",
        };
        var include = new Option<bool>("--include") { Description = "Decide: it belongs in the cohort." };
        var exclude = new Option<bool>("--exclude") { Description = "Decide: it does not, and is erased." };
        var one = People("--one-person", "With --include: who of the household is one person, held under two references: ONE+OTHER, as the records show them. May be given several times.");
        var two = People("--two-people", "With --include: who is not one person: ONE+OTHER. May be given several times.");
        var calls = new ApiCalls(folder);
        var command = new Command("review", "Show why a family is in the cohort or in review, or decide. Showing opens personal data, and is in the ledger.")
        {
            id, include, exclude, one, two, calls.Server, calls.Token, calls.Json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(include) && result.GetValue(exclude))
            {
                result.AddError("Decide --include or --exclude, not both.");
            }

            if (!result.GetValue(include) && result.GetValue(one)!.Length + result.GetValue(two)!.Length > 0)
            {
                result.AddError("Who is one person goes with --include.");
            }
        });
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var reference = ApiCalls.Segment(await api.FullAsync(ReferenceKind.Review, arguments.GetValue(id)!, cancellationToken));
            if (arguments.GetValue(include) || arguments.GetValue(exclude))
            {
                var decision = await PeopleAsync(api, reference, arguments.GetValue(one)!, arguments.GetValue(two)!, cancellationToken);
                await api.PostAsync($"/matching/reviews/{reference}/{(arguments.GetValue(include) ? "include" : "exclude")}", decision, cancellationToken);
                console.WriteLine(arguments.GetValue(include) ? "It is in the cohort." : "It is being erased.");
                return ExitCode.Done;
            }

            var family = await api.GetAsync<FamilyView>($"/matching/families/{reference}", cancellationToken);
            return calls.Print(arguments, family, () => Write(console, family));
        });
        return command;
    }

    private static Option<string[]> People(string name, string description) => new(name) { Description = description, DefaultValueFactory = _ => [] };

    /// <summary>What is said of the people of a household. Where anything is, its records are looked at again for their references.</summary>
    private static async Task<ReviewDecision> PeopleAsync(ApiClient api, string reference, string[] one, string[] two, CancellationToken cancellationToken)
    {
        if (one.Length + two.Length == 0)
        {
            return new(null, null);
        }

        var family = await api.GetAsync<FamilyView>($"/matching/families/{reference}", cancellationToken);
        var members = family.Sources.SelectMany(source => source.Rows).Select(row => row.Member).Where(member => member.Length > 0).ToHashSet();
        PersonVerdictRequest Said(string pair) => pair.Split('+') is [var first, var second]
            ? new(References.Full(first, members, "person"), References.Full(second, members, "person"), PersonPairReason.RecordsShow)
            : throw new CommandException(ExitCode.Usage, "Two people are ONE+OTHER, each by its reference or how that begins.");
        return new([.. one.Select(Said)], [.. two.Select(Said)]);
    }

    /// <summary>Asks the person who starts a round for confirmation, where datasets that the plan waits for are missing.</summary>
    /// <exception cref="CommandException">The answer is no, or there is nobody to ask.</exception>
    private static async Task<bool> ConfirmAsync(ApiClient api, IAnsiConsole console, bool yes, CancellationToken cancellationToken)
    {
        var preview = await api.GetAsync<MatchingPreview>("/matching/preview", cancellationToken);
        if (yes || preview.UnderWay || preview.Waiting.Count == 0 || preview.Missing.Count == 0)
        {
            return yes;
        }

        var words = preview.UnderSupplied("'tfflow match --yes'");
        return Console.IsInputRedirected || !console.Profile.Capabilities.Interactive ? throw new CommandException(ExitCode.Refused, words)
            : await new ConfirmationPrompt($"{Markup.Escape(words)} Match all the same?") { DefaultValue = false }.ShowAsync(console, cancellationToken) ? true
            : throw new CommandException(ExitCode.Refused, "Nothing was started.");
    }

    /// <summary>Starts a round and waits until it has nothing more to look at.</summary>
    public static async Task<MatchingView> RunAsync(ApiClient api, bool confirmed, CancellationToken cancellationToken)
    {
        var started = await api.PostAsync<MatchingView>(confirmed ? "/matching?confirm=true" : "/matching", body: null, cancellationToken);
        while (true)
        {
            var now = (await api.GetAsync<MatchingView[]>("/matching", cancellationToken)).Single(round => round.Id == started.Id);
            if (now.State is "Reviewing" or "Completed")
            {
                return now;
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }
    }

    private static void Write(IAnsiConsole console, IEnumerable<MatchingView> rounds)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Round", "On", "Extracts", "Households", "People looked at of", "New in the cohort", "To be reviewed", "State");
        foreach (var round in rounds)
        {
            table.AddRow(
                round.Id,
                round.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Number(round.Extracts),
                Number(round.Households),
                Number(round.CouldReach),
                Number(round.InCohort),
                Number(round.InReview),
                round.State);
        }

        console.Write(table);
    }

    private static void Write(IAnsiConsole console, IEnumerable<ReviewView> reviews)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Household", "To be decided by", "People", "Sources");
        foreach (var review in reviews)
        {
            table.AddRow(review.Id, Day(review.Deadline), Number(review.Members), Number(review.Sources));
        }

        console.Write(table);
    }

    private static void Write(IAnsiConsole console, FairnessView view)
    {
        console.WriteLine(
            $"Whom round {view.Round} of {view.On:yyyy-MM-dd} found. Counts are of people and rounded to five; "
            + "a dash is a count that is suppressed, because it is small or would give a small one away.");
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("By", "Group", "In the cohort", "Not in the cohort", "Share in the cohort");
        foreach (var line in view.Lines)
        {
            var share = line.Share is { } known ? $"{Number(known)} %" : "–";
            table.AddRow(Kebab.Of(line.By), line.Group, Count(line.InCohort), Count(line.NotInCohort), share);
        }

        console.Write(table);
    }

    private static string Count(long? count) => count is { } known ? Number(known) : "–";

    private static void Write(IAnsiConsole console, FamilyView family)
    {
        foreach (var line in family.Explanation)
        {
            console.WriteLine(line);
        }

        foreach (var doubt in family.Doubts)
        {
            console.WriteLine($"To decide: {doubt}");
        }

        foreach (var source in family.Sources)
        {
            console.WriteLine($"{source.Dataset} from {source.Originator}, as at {source.AsAt:yyyy-MM-dd}, under {source.Exchange}:");
            foreach (var row in source.Rows)
            {
                console.WriteLine($"  row {row.Row}, person {(row.Member.Length > 0 ? row.Member[..6] : "–")}: {string.Join("; ", row.Fields.Select(field => $"{field.Key} {field.Value}"))}");
            }
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
