using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Api.Endpoints;

/// <summary>A matching round as its register has it: counts alone.</summary>
/// <param name="Households">Households that something new was received about.</param>
/// <param name="CouldReach">Of them, those whose people were looked at.</param>
/// <param name="InCohort">New families of the cohort.</param>
/// <param name="InReview">Households that were found uncertain.</param>
/// <param name="InstanceId">The orchestration to watch.</param>
public sealed record MatchingView(
    string Id,
    string State,
    string Programme,
    string Authority,
    DateOnly On,
    DateTimeOffset StartedAt,
    int Extracts,
    long Households,
    long CouldReach,
    long InCohort,
    long InReview,
    DateTimeOffset? CompletedAt,
    string InstanceId)
{
    public static MatchingView Of(MatchingRun run) => new(
        run.Id,
        run.State.ToString(),
        run.Programme,
        run.Authority,
        run.On,
        run.StartedAt,
        run.Extracts.Count,
        run.Counts.Sum(count => count.Households),
        run.Counts.Sum(count => count.CouldReach),
        run.Counts.Sum(count => count.InCohort),
        run.Counts.Sum(count => count.InReview),
        run.CompletedAt,
        Matchings.InstanceOf(run.Id));
}

/// <summary>A family's place in the cohort: no name, no problem's name.</summary>
/// <param name="Sources">How many extracts speak of it.</param>
/// <param name="Place">From 1, the same for those who are level in everything.</param>
/// <param name="Why">What it stands by and what puts it before the next, a sentence.</param>
/// <param name="Room">Whether there is room for it among the families agreed: taken, left, shared or waits.</param>
/// <param name="KeptUntil">When it is erased at the latest while no case has taken it up; null: its case decides.</param>
/// <param name="Support">How much support the programme has for so many problems; empty where it says nothing.</param>
public sealed record CohortView(
    int Place,
    string Id,
    int Problems,
    int Members,
    int Sources,
    DateTimeOffset FoundAt,
    string Why,
    string Room,
    DateOnly? KeptUntil,
    string Support = "");

/// <summary>Families agreed against families taken on.</summary>
/// <param name="Agreed">Null: no number was agreed.</param>
/// <param name="Source">Where that is agreed.</param>
/// <param name="Taken">Families whose case is under way, and those that were supported.</param>
/// <param name="Left">Null: there is no end to them.</param>
/// <param name="Waiting">Families of the cohort that stand beyond the places left.</param>
public sealed record PlacesView(int? Agreed, string Source, int Taken, int? Left, int Waiting);

/// <summary>Whom a round's identification falls on: people of families of the cohort against all people it looked at. Small numbers are
/// suppressed, the others rounded.</summary>
/// <param name="Round">The round's id.</param>
public sealed record FairnessView(string Round, DateOnly On, IReadOnlyList<FairnessLine> Lines);

/// <summary>What is said with a decision of a review.</summary>
/// <param name="OnePerson">Who of the household is one person, held under two references.</param>
/// <param name="TwoPeople">Who is not.</param>
public sealed record ReviewDecision(IReadOnlyList<PersonVerdictRequest>? OnePerson, IReadOnlyList<PersonVerdictRequest>? TwoPeople);

/// <summary>A household that waits for a decision.</summary>
public sealed record ReviewView(string Id, DateTimeOffset Deadline, int Members, int Sources, DateTimeOffset FoundAt);

/// <summary>One row about a family. Personal data.</summary>
public sealed record FamilyRowView(long Row, string Member, IReadOnlyDictionary<string, string> Fields);

/// <summary>What one source says, and of which day it speaks: information to be checked with its source before anybody acts on it (seeds/002 App A).</summary>
public sealed record FamilySourceView(string Dataset, string Originator, string Exchange, DateOnly AsAt, IReadOnlyList<FamilyRowView> Rows);

/// <summary>Why a family is in the cohort or in review. Personal data.</summary>
/// <param name="Doubts">What must be decided.</param>
/// <param name="Sources">The records, while it is in review.</param>
public sealed record FamilyView(string Id, string State, IReadOnlyList<string> Explanation, IReadOnlyList<string> Doubts, IReadOnlyList<FamilySourceView> Sources);

internal static class MatchingEndpoints
{
    public static void MapMatching(this IEndpointRouteBuilder api)
    {
        api.MapPost("/matching", StartAsync)
            .WithAccess(AccessTable.MatchStart)
            .WithSummary("Starts the next matching round now, or names the one under way. Where datasets are missing that the plan waits for it asks for confirm=true. It also starts by itself when the plan's window closes.")
            .Produces<MatchingView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status409Conflict);

        api.MapGet("/matching/preview", (Matchings matchings, CancellationToken cancellationToken) => matchings.PreviewAsync(cancellationToken))
            .WithAccess(AccessTable.MatchPreview)
            .WithSummary("What a round would read now, go without and erase. Opens nothing.");

        api.MapGet("/matching/preview/households", ForecastAsync)
            .WithAccess(AccessTable.MatchForecast)
            .WithSummary("How many households could show how many problems, which terms are in, and what a round would erase. Opens the facts of the waiting extracts, and nobody's name; each look is in the ledger.");

        api.MapGet("/matching/preview/unmatched", UnmatchedAsync)
            .WithAccess(AccessTable.MatchUnmatched)
            .WithSummary("Which records of partners nothing else places, by extract and row: their sources can be asked. "
                + "Opens facts, and nobody's name; each look is in the ledger.");

        api.MapGet("/matching", ListAsync)
            .WithAccess(AccessTable.MatchList)
            .WithSummary("Matching rounds and what they found, in counts.");

        api.MapGet("/matching/fairness", FairnessAsync)
            .WithAccess(AccessTable.MatchFairness)
            .WithSummary("Whom a round's identification falls on, by sex, age band and area: the newest round that looked at all its "
                + "households, or the one named. Small numbers are suppressed. Opens nothing.")
            .Produces<FairnessView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/matching/cohort", CohortAsync)
            .WithAccess(AccessTable.CohortList)
            .WithSummary("The families of the cohort in order of priority, by reference.");

        api.MapGet("/matching/places", PlacesAsync)
            .WithAccess(AccessTable.CohortPlaces)
            .WithSummary("How many families were agreed, how many are taken on, how many places are left, and how many wait.");

        api.MapPost("/matching/cohort/{id}/removal/{reason}", RemoveAsync)
            .WithAccess(AccessTable.CohortRemove)
            .WithSummary("Takes a family out of the cohort and has it erased. The reason is a code, kept in the ledger.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

        api.MapGet("/matching/families/{id}", ShowAsync)
            .WithAccess(AccessTable.FamilyShow)
            .WithSummary("Why a family is in the cohort or in review; in review also its records. Each look is in the ledger.")
            .Produces<FamilyView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/matching/reviews", ReviewsAsync)
            .WithAccess(AccessTable.ReviewList)
            .WithSummary("Households that wait for a decision, the nearest deadline first.");

        api.MapPost("/matching/reviews/{id}/{decision}", DecideAsync)
            .WithAccess(AccessTable.ReviewDecide)
            .WithSummary("Decides on an uncertain household: 'include' puts it in the cohort, 'exclude' has it erased. "
                + "With it can be said who of the household is one person under two references, or two people.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> StartAsync(ClaimsPrincipal user, Matchings matchings, bool? confirm, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        var (run, refusal) = await matchings.StartAsync(caller.Account, caller.Role.ToString(), confirm == true, cancellationToken);
        return run is not null
            ? TypedResults.Accepted($"/instances/{Matchings.InstanceOf(run.Id)}", MatchingView.Of(run))
            : TypedResults.Problem(refusal!.Words, title: refusal.Code, statusCode: StatusCodes.Status409Conflict);
    }

    private static Task<IReadOnlyList<UnmatchedExtract>> UnmatchedAsync(
        ClaimsPrincipal user, Unmatched unmatched, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        return unmatched.LookAsync(caller.Account, caller.Role.ToString(), cancellationToken);
    }

    private static Task<MatchingForecastView> ForecastAsync(ClaimsPrincipal user, MatchingForecast forecast, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        return forecast.LookAsync(caller.Account, caller.Role.ToString(), cancellationToken);
    }

    private static async Task<IReadOnlyList<MatchingView>> ListAsync(Registers registers, CancellationToken cancellationToken) =>
        await registers.Matchings.ListAsync(cancellationToken).Select(run => MatchingView.Of(run.Row)).OrderBy(run => run.StartedAt).ToListAsync(cancellationToken);

    private static async Task<IResult> FairnessAsync(Registers registers, string? round, CancellationToken cancellationToken)
    {
        var runs = await registers.Matchings.ListAsync(cancellationToken).Select(run => run.Row)
            .Where(run => run.State is MatchingStage.Erasing or MatchingStage.Reviewing or MatchingStage.Completed)
            .Where(run => round is null || run.Id == round)
            .ToListAsync(cancellationToken);
        return runs.MaxBy(run => run.StartedAt) is { } newest
            ? TypedResults.Ok(new FairnessView(newest.Id, newest.On, Fairness.Table(newest.People)))
            : Answers.NotFound("No such round has looked at all its households yet: 'tfflow match --list' lists the rounds.");
    }

    private static async Task<IReadOnlyList<CohortView>> CohortAsync(Cohort cohort, MatchingPlan plan, CancellationToken cancellationToken)
    {
        var (places, families) = await cohort.ListAsync(cancellationToken);
        return
        [
            .. from placed in families
               let family = placed.Ranked.Item
               let keptUntil = family.DueAt is { } due ? DateOnly.FromDateTime(due.UtcDateTime) : (DateOnly?)null
               select new CohortView(
                   placed.Ranked.Place,
                   family.Id,
                   family.Problems + family.MoreProblems,
                   family.Held.People.Count,
                   family.Records.Count,
                   family.FoundAt,
                   WhyOf(placed, places, keptUntil),
                   Kebab.Of(placed.Room),
                   keptUntil,
                   plan.Programme.Tiers.FirstOrDefault(tier => family.Problems + family.MoreProblems >= tier.AtLeast)?.Title ?? ""),
        ];
    }

    private static string WhyOf(PlacedFamily placed, Places places, DateOnly? keptUntil)
    {
        var corrected = placed.Ranked.Item.NoLongerMeets ? "Corrected since, and no longer meets the criteria: its case decides." : "";
        string[] words = [placed.Ranked.Why, places.Words(placed.Room, keptUntil), corrected];
        return string.Join(' ', words.Where(sentence => sentence.Length > 0));
    }

    private static async Task<PlacesView> PlacesAsync(Cohort cohort, CancellationToken cancellationToken)
    {
        var (places, families) = await cohort.ListAsync(cancellationToken);
        var waiting = families.Count(family => family.Room is Room.Waits);
        return new(places.Agreed?.Families, places.Agreed?.Source ?? "", places.Taken, places.Left, waiting);
    }

    private static async Task<IReadOnlyList<ReviewView>> ReviewsAsync(Reviews reviews, CancellationToken cancellationToken) =>
    [
        .. (await reviews.ListAsync(cancellationToken)).Select(family => new ReviewView(
            family.Id, family.DueAt!.Value, family.Members.Count, family.Records.Count, family.FoundAt)),
    ];

    private static async Task<IResult> ShowAsync(string id, ClaimsPrincipal user, Reviews reviews, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        return await reviews.ShowAsync(id, caller.Account, caller.Role.ToString(), cancellationToken) is { } shown
            ? TypedResults.Ok(new FamilyView(
                shown.Family.Id,
                shown.Family.State.ToString(),
                [
                    .. shown.Explanation.Lines,
                    .. shown.Explanation.Surfaced.Select(problem =>
                        $"{problem.Title}: came to light since ('tfflow case problem list' says when, and from whom)."),
                    .. shown.Explanation.Links,
                ],
                shown.Explanation.Doubts,
                [.. shown.Records.Select(source => new FamilySourceView(
                    source.Dataset, source.Originator, source.Exchange, source.AsAt, [.. source.Rows.Select(row => new FamilyRowView(row.Row, row.Member, row.Fields))]))]))
            : Answers.NotFound("No such family in the cohort or in review.");
    }

    private static async Task<IResult> RemoveAsync(string id, string reason, ClaimsPrincipal user, Removals removals, CancellationToken cancellationToken)
    {
        if (!Kebab.TryParse<RemovalReason>(reason, out var known) || !Removals.Reasons.Contains(known))
        {
            return Answers.NotFound($"A reason is one of {string.Join(", ", Removals.Reasons.Select(Kebab.Of))}.");
        }

        var caller = Caller.From(user);
        return await removals.RemoveAsync(id, known, caller.Account, caller.Role.ToString(), cancellationToken) is { } refusal
            ? TypedResults.Problem(refusal.Words, title: refusal.Code, statusCode: StatusCodes.Status409Conflict)
            : TypedResults.NoContent();
    }

    private static async Task<IResult> DecideAsync(
        string id, string decision, ReviewDecision? body, ClaimsPrincipal user, Reviews reviews, TimeProvider time, CancellationToken cancellationToken)
    {
        if (decision is not ("include" or "exclude"))
        {
            return Answers.NotFound("A decision is 'include' or 'exclude'.");
        }

        var caller = Caller.From(user);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        IReadOnlyList<PersonPair> pairs =
        [
            .. (body?.OnePerson ?? []).Select(said => new PersonPair(said.One, said.Other, PersonPairState.OnePerson, caller.Account, today, said.Reason)),
            .. (body?.TwoPeople ?? []).Select(said => new PersonPair(said.One, said.Other, PersonPairState.TwoPeople, caller.Account, today, said.Reason)),
        ];
        return await reviews.DecideAsync(id, decision is "include", pairs, caller.Account, caller.Role.ToString(), cancellationToken) is { } refusal
            ? TypedResults.Problem(refusal.Words, title: refusal.Code, statusCode: StatusCodes.Status409Conflict)
            : TypedResults.NoContent();
    }
}
