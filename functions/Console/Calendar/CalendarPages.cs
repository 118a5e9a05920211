using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.WebConsole.Serving;

namespace TfFlow.WebConsole.Calendar;

internal static class CalendarPages
{
    public static void MapCalendar(this IEndpointRouteBuilder console) =>
        console.MapGet("/calendar", ShowAsync).WithPage(AccessTable.CalendarList);

    private static async Task<IResult> ShowAsync(
        ClaimsPrincipal user, Expectations expectations, AgreementCatalogue agreements, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        var expected = (await expectations.ListAsync(time.GetUtcNow(), cancellationToken))
            .Where(item => AccessTable.Allows(AccessTable.CalendarList, caller.Role, own: item.Agency == caller.Agency))
            .OrderByDescending(item => item.State is ExpectationState.Overdue).ThenBy(item => item.State).ThenBy(item => item.Due).ToList();
        var sends = AccessTable.Knows(AccessTable.GrantIssue, caller.Role);
        return Pages.Show<CalendarPage>(new
        {
            Expected = (IReadOnlyList<Expectation>)expected,
            Informations = agreements.Versions.SelectMany(agreement => agreement.Exchanges)
                .GroupBy(exchange => exchange.Id).ToDictionary(group => group.Key, group => group.Last().Information),
            Agency = sends ? caller.Agency : "",
            Others = sends ? Others(agreements, caller.Agency, expected, time) : [],
        });
    }

    /// <summary>What the agency may drop that no calendar expects now.</summary>
    private static IReadOnlyList<Exchange> Others(AgreementCatalogue agreements, Id<Party> agency, IReadOnlyList<Expectation> expected, TimeProvider time) =>
    [
        .. agreements.InForce(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))
            .SelectMany(agreement => AgreementCalendar.OfDrops(agreement).Exchanges)
            .Where(exchange => exchange.From.Contains(agency) && exchange.Specification is not null && expected.All(item => item.Exchange != exchange.Id)),
    ];
}
