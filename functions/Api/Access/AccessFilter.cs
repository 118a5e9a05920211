using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Governance;

namespace TfFlow.Api.Access;

public static class AccessFilter
{
    /// <summary>Names the endpoint and lets only the roles of its row in <see cref="AccessTable"/> call it. Who is refused stands in the
    /// ledger; a stranger does not, who could fill it and has no name.</summary>
    /// <remarks>A route value <c>agency</c> must be the caller's own where the row says so; endpoints that find the agency
    /// behind a reference ask <see cref="AccessTable.Allows"/> themselves.</remarks>
    public static RouteHandlerBuilder WithAccess(this RouteHandlerBuilder endpoint, string name) => endpoint
        .WithName(name)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .AddEndpointFilter((context, next) => InvokeAsync(
            context, next, name, (status, words, title) => TypedResults.Problem(words, title: title, statusCode: status)));

    /// <param name="refuse">What is answered with the status and the words of a refusal, and its title where it has one.</param>
    internal static async ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, string name, Func<int, string, string?, IResult> refuse)
    {
        var http = context.HttpContext;
        if (http.User.Identity is not { IsAuthenticated: true })
        {
            return refuse(StatusCodes.Status401Unauthorized, "Sign in: send a bearer token.", null);
        }

        var caller = Caller.From(http.User);
        var agency = http.Request.RouteValues["agency"] as string;
        var answer = !AccessTable.Allows(name, caller.Role, own: agency is null || agency == caller.Agency)
            ? refuse(StatusCodes.Status403Forbidden, Words(caller), null)
            : await RefusalAsync(http, name, caller) is { } words
            ? refuse(StatusCodes.Status403Forbidden, words, "access.not-granted")
            : await next(context);
        if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status403Forbidden })
        {
            await http.RequestServices.GetRequiredService<AccessRefusals>()
                .RecordAsync(new(caller.Account, caller.Role.ToString()), name, http.RequestAborted);
        }

        return answer;
    }

    // The register is of the deployment's own people; an agency's are named in its specifications.
    private static async Task<string?> RefusalAsync(HttpContext http, string name, Caller caller) => caller.Role is Role.AgencySubmitter or Role.PoliceOperator
        ? null
        : await http.RequestServices.GetRequiredService<AccessRegister>().RefusalAsync(
            caller.Account, caller.Role.ToString(), keeping: name is AccessTable.RegisterRecord or AccessTable.RegisterList or AccessTable.RegisterTake, http.RequestAborted);

    public static IResult Forbidden(Caller caller) => TypedResults.Problem(Words(caller), statusCode: StatusCodes.Status403Forbidden);

    private static string Words(Caller caller) => $"The role {caller.Role} may not do this, or not for this agency.";
}
