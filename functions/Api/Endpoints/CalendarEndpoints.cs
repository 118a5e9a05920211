using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;

namespace TfFlow.Api.Endpoints;

internal static class CalendarEndpoints
{
    public static void MapCalendar(this IEndpointRouteBuilder api) =>
        api.MapGet("/calendar", ListAsync)
            .WithAccess(AccessTable.CalendarList)
            .WithSummary("What is expected from whom by when, what has come and what is overdue; an agency sees its own.");

    private static async Task<IReadOnlyList<Expectation>> ListAsync(ClaimsPrincipal user, Expectations expectations, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        return [.. (await expectations.ListAsync(time.GetUtcNow(), cancellationToken)).Where(expectation => AccessTable.Allows(AccessTable.CalendarList, caller.Role, own: expectation.Agency == caller.Agency))];
    }
}
