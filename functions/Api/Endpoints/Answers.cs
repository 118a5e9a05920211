using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Registers;

namespace TfFlow.Api.Endpoints;

/// <summary>How endpoints say what became of an act: 200, 404 for what is not there, 409 with what is missing.</summary>
internal static class Answers
{
    /// <param name="done">What is answered when nothing stood against it.</param>
    /// <param name="unknown">What is said when there is no such row.</param>
    public static async Task<IResult> OfAsync<TRow>(Task<Answer<TRow>> answering, Func<TRow, IResult> done, string unknown)
        where TRow : class
    {
        var answer = await answering;
        return answer.Obstacles.Count > 0 ? Refused(answer.Obstacles) : answer.Row is { } row ? done(row) : NotFound(unknown);
    }

    public static IResult Refused(IReadOnlyList<Obstacle> obstacles) => TypedResults.Problem(
        Words(obstacles),
        title: "case.obstacles",
        statusCode: StatusCodes.Status409Conflict);

    private static string Words(IReadOnlyList<Obstacle> obstacles)
    {
        var missing = string.Join("; ", obstacles.Where(obstacle => !obstacle.IsRefusal).Select(WithSource));
        return string.Join(' ', [.. obstacles.Where(obstacle => obstacle.IsRefusal).Select(WithSource), .. missing.Length > 0 ? [$"This cannot be done now. It needs: {missing}."] : Array.Empty<string>()]);
    }

    // A rule of our own has no document to look into.
    private static string WithSource(Obstacle obstacle) => obstacle.Source == "ours" ? obstacle.What : $"{obstacle.What} ({obstacle.Source})";

    /// <summary>What a list has for an agency. Nothing for one that no agreement knows is no list: a mistyped name is told.</summary>
    /// <param name="agency">Empty where no agency asks.</param>
    public static IResult ListFor<TView>(AgreementCatalogue agreements, string agency, IReadOnlyList<TView> rows) =>
        rows.Count == 0 && agency.Length > 0 && !agreements.Parties.Contains(agency) ? Stranger(agreements, agency) : TypedResults.Ok(rows);

    public static IResult Stranger(AgreementCatalogue agreements, string agency) =>
        NotFound($"'{agency}' is no party of any agreement here. The parties are: {string.Join(", ", agreements.Parties)}.");

    /// <summary>A whole page. Nothing on it is run, and nobody keeps it on the way.</summary>
    public static IResult Page(string html) => new PageResult(html);

    public static IResult NotFound(string what) => TypedResults.Problem(what, statusCode: StatusCodes.Status404NotFound);

    public static RouteHandlerBuilder Answering<TView>(this RouteHandlerBuilder endpoint, string summary) => Refusing(endpoint.Produces<TView>(), summary);

    /// <summary>An act that answers with nothing.</summary>
    public static RouteHandlerBuilder AnsweringNothing(this RouteHandlerBuilder endpoint, string summary) => Refusing(endpoint.Produces(StatusCodes.Status204NoContent), summary);

    /// <summary>Who acts.</summary>
    public static CaseCaller By(this ClaimsPrincipal user)
    {
        var caller = Caller.From(user);
        return new(caller.Account, caller.Role.ToString());
    }

    /// <summary>The rows of a register that the caller may list: all of them, or those of its own agency.</summary>
    /// <param name="isOf">Whether a row is of an agency.</param>
    public static IAsyncEnumerable<TRow> SeenBy<TRow>(
        this IAsyncEnumerable<Registered<TRow>> rows, ClaimsPrincipal user, string endpoint, Func<TRow, string, bool> isOf)
    {
        var caller = Caller.From(user);
        return rows.Select(row => row.Row).Where(row => AccessTable.Allows(endpoint, caller.Role, own: isOf(row, caller.Agency)));
    }

    /// <returns>A SHA-256 in lower-case hex as it was given; empty for any other text, which might name somebody.</returns>
    public static string Sha256(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower) ? text : "";

    private static RouteHandlerBuilder Refusing(RouteHandlerBuilder endpoint, string summary) =>
        endpoint.WithSummary(summary).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
}

/// <summary>A page that a reader's browser shows and does not run.</summary>
internal sealed class PageResult(string html) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        headers.CacheControl = "no-store";
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }
}
