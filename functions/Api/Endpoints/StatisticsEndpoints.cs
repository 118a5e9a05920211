using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Research.Statistics;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Statistics;

namespace TfFlow.Api.Endpoints;

/// <param name="Subject">What is counted.</param>
/// <param name="Rows">The dimension down.</param>
/// <param name="Columns">The dimension across; null: a list.</param>
/// <param name="Only">Only what is in all of these groups.</param>
public sealed record StatisticsRequest(string? Subject, string? Rows, string? Columns = null, IReadOnlyList<StatisticsFilter>? Only = null);

/// <param name="Suppressed">How many of its counts are not shown.</param>
/// <param name="Approvals">How many people released it: two let it go out.</param>
/// <param name="Sha256">Of the table as it is read, lower-case hex.</param>
public sealed record StatisticsView(
    string Id, string State, string Subject, string Rows, string Columns, IReadOnlyList<StatisticsFilter> Only, DateTimeOffset CountedAt,
        int Counts, int Suppressed, int Approvals,
    DateTimeOffset? ReleasedAt, string Sha256)
{
    public static StatisticsView Of(StatisticsTable row) => new(
        row.Id, row.State.ToString(), row.Definition.Subject, row.Definition.Rows, row.Definition.Columns, row.Definition.Only,
            row.CountedAt, row.Cells.Count,
        row.Cells.Count(cell => cell is null), row.Record.Approvals.Count, row.ReleasedAt, row.Sha256);
}

/// <summary>A table as it may be read by anybody once it is released.</summary>
/// <param name="Csv">A suppressed count is blank.</param>
/// <param name="Record">How it was made safe.</param>
public sealed record StatisticsText(string Id, string Csv, string Sha256, SdcRecord Record);

/// <summary>Tables of statistics: what is released is for everybody who may call the API.</summary>
internal static class StatisticsEndpoints
{
    private const string Unknown = "No such table, or it is not released.";

    public static void MapStatistics(this IEndpointRouteBuilder api)
    {
        api.MapGet("/statistics/subjects", () => TypedResults.Ok(StatisticsSubject.All))
            .WithAccess(AccessTable.StatisticsSubjects)
            .WithSummary("What can be counted, and how it can be grouped.");

        api.MapPost("/statistics", (StatisticsRequest body, ClaimsPrincipal user, StatisticsTables tables, CancellationToken token) =>
                AnswerAsync(tables.BuildAsync(user.By(), Definition(body), token)))
            .WithAccess(AccessTable.StatisticsBuild)
                .Answering<StatisticsView>("Builds a table from the registers, as it may be released beside every earlier one.");

        api.MapGet("/statistics", ListAsync)
            .WithAccess(AccessTable.StatisticsList)
            .WithSummary("Tables of statistics, the newest first. Those that are released are for everybody.")
            .Produces<StatisticsView[]>();

        api.MapGet("/statistics/{id}", ShowAsync)
            .WithAccess(AccessTable.StatisticsShow)
            .WithSummary("A table, and how it was made safe.")
            .Produces<StatisticsText>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/statistics/{id}/release", (string id, ClaimsPrincipal user, StatisticsTables tables, CancellationToken token) =>
                AnswerAsync(tables.ReleaseAsync(user.By(), id, token)))
            .WithAccess(AccessTable.StatisticsRelease)
                .Answering<StatisticsView>("Releases a table: the second of two people, neither of whom built it, lets it go out.");

        api.MapPost("/statistics/{id}/discard", (string id, ClaimsPrincipal user, StatisticsTables tables, CancellationToken token) =>
                AnswerAsync(tables.DiscardAsync(user.By(), id, token)))
            .WithAccess(AccessTable.StatisticsDiscard).Answering<StatisticsView>("Discards a table that is not released.");
    }

    private static async Task<IReadOnlyList<StatisticsView>> ListAsync(ClaimsPrincipal user, Registers registers,
        CancellationToken cancellationToken) =>
        [.. (await registers.Statistics.ListAsync(cancellationToken).Select(row => row.Row).Where(row => Sees(user, row))
            .Select(StatisticsView.Of)
            .ToListAsync(cancellationToken)).OrderByDescending(row => row.CountedAt)];

    private static async Task<IResult> ShowAsync(string id, ClaimsPrincipal user, Registers registers,
        CancellationToken cancellationToken) =>
        await registers.Statistics.FindAsync(id, cancellationToken) is { Row: var row } && Sees(user, row)
            ? TypedResults.Ok(new StatisticsText(row.Id, row.Csv, row.Sha256, row.Record)) : Answers.NotFound(Unknown);

    /// <summary>What is released is everybody's; who builds and releases sees the others too.</summary>
    private static bool Sees(ClaimsPrincipal user, StatisticsTable row) =>
        AccessTable.Allows(AccessTable.StatisticsShow, Caller.From(user).Role, own: row.State is StatisticsState.Released);

    private static StatisticsDefinition Definition(StatisticsRequest body) => new(
        Known(body.Subject),
        Known(body.Rows),
        Known(body.Columns),
        [.. (body.Only ?? []).Select(filter => new StatisticsFilter(Known(filter.Dimension), Group(filter.Group)))]);

    // What has not the form of an id may be a name that says something: it is not kept.
    private static string Known(string? text) => text is { Length: <= 60 } && DocumentMap.IsId(text) ? text : "";

    // Groups are words of ours and names of agencies: "4 and more", "phase-1@001".
    private static string Group(string? text) => text is { Length: <= 60 }
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '-' or '@' or '.') ? text : "";

    private static Task<IResult> AnswerAsync(Task<Answer<StatisticsTable>> answering) =>
        Answers.OfAsync(answering, row => TypedResults.Ok(StatisticsView.Of(row)), Unknown);
}
