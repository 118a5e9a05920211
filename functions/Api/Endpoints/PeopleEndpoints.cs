using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Api.Endpoints;

/// <summary>Whom a caller of First Response asks about.</summary>
public sealed record FirstResponseRequest(string Surname, string Forenames, DateOnly DateOfBirth, string Address, string Postcode);

/// <summary>Two references of one family.</summary>
public sealed record PersonPairRequest(string One, string Other);

/// <summary>Two references of one family are one person, or two.</summary>
/// <param name="Reason">Why it is said.</param>
public sealed record PersonVerdictRequest(string One, string Other, PersonPairReason Reason);

/// <summary>Who the people of a family are, and who works with them. Every look is in the ledger, and so is one that is refused.</summary>
internal static class PeopleEndpoints
{
    private const string NotShown = "There is nothing to be shown: the case is erased, or support has no basis now.";

    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapGet("/cases/{id}/people", PeopleAsync)
            .RecordingRefusals(FamilyPeople.Act)
            .WithAccess(AccessTable.CasePeople)
            .WithSummary("Who the people of a family are: reference, name, date of birth, address, role. Each look is in the ledger, "
                + $"with the purpose that is stated: {string.Join(", ", Kebab.All<LookPurpose>())}.")
            .Produces<IReadOnlyList<FamilyPerson>>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

        api.MapPost("/cases/{id}/people/comparisons", CompareAsync)
            .RecordingRefusals(FamilyPeople.Act)
            .WithAccess(AccessTable.CasePersonCompare)
            .Answering<ComparedPeople>("Shows all that names two references of a family, side by side. Each look is in the ledger; whoever says that they are one person, or two, has looked first.");

        MapVerdict(api, "/cases/{id}/people/one-person", AccessTable.CasePersonOne, PersonPairState.OnePerson)
            .Answering<CaseView>("Two references of a family are one person: from now on they are treated as one.");

        MapVerdict(api, "/cases/{id}/people/two-people", AccessTable.CasePersonTwo, PersonPairState.TwoPeople)
            .Answering<CaseView>("Two references of a family are two people: nobody is asked again whether they are one.");

        api.MapPost(
                "/cases/{id}/people/undo",
                (string id, PersonPairRequest body, ClaimsPrincipal user, PersonPairs pairs, CancellationToken token) =>
                    CaseEndpoints.AnswerAsync(pairs.TakeBackAsync(user.By(), id, body.One ?? "", body.Other ?? "", token)))
            .WithAccess(AccessTable.CasePersonUndo)
            .Answering<CaseView>("Takes back what was said of two references: they are two again, of whom nothing is said.");

        api.MapGet("/cases/{id}/services", ServicesAsync)
            .RecordingRefusals(FamilyServices.Act)
            .WithAccess(AccessTable.CaseServices)
            .WithSummary("Which services work with a family, and which worked with it before, with whom to ask there. "
                + "Each look is in the ledger.")
            .Produces<InvolvedServices>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/first-response/looks", LookAsync)
            .RecordingRefusals(FirstResponse.Act)
            .WithAccess(AccessTable.FirstResponseLook)
            .WithSummary("For a call handler: whether somebody supports a person's family, who, and which services. "
                + "Each look is in the ledger.")
            .Produces<FirstResponseView>()
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>Has the ledger say who was refused a look, and at which case.</summary>
    /// <remarks>Goes before <see cref="AccessFilter.WithAccess"/>, so that it sees what that refuses too.</remarks>
    private static RouteHandlerBuilder RecordingRefusals(this RouteHandlerBuilder endpoint, string act) =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var answer = await next(context);
            var http = context.HttpContext;
            if (http.User.Identity is { IsAuthenticated: true }
                && answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound })
            {
                await http.RequestServices.GetRequiredService<RefusedLooks>()
                    .RecordAsync(http.User.By(), act, http.Request.RouteValues["id"] as string, http.RequestAborted);
            }

            return answer;
        });

    private static Task<IResult> PeopleAsync(
        string id,
        string? purpose,
        ClaimsPrincipal user,
        Registers registers,
        FamilyPeople people,
        CancellationToken cancellationToken) => CaseEndpoints.OwnAsync(
        AccessTable.CasePeople,
        id,
        user,
        registers,
        async row => !Kebab.TryParse<LookPurpose>(purpose ?? "", out var stated)
            ? Answers.Refused([new($"the purpose of the look, one of {string.Join(", ", Kebab.All<LookPurpose>())}", "ours")])
            : await people.ReadAsync(user.By(), row, stated, IsKeyWorker(user), cancellationToken) is { } read
                ? TypedResults.Ok(read)
                : Answers.NotFound(NotShown),
        cancellationToken);

    private static async Task<IResult> CompareAsync(
        string id, PersonPairRequest body, ClaimsPrincipal user, PersonPairs pairs, CancellationToken cancellationToken)
    {
        var (answer, compared) = await pairs.CompareAsync(user.By(), id, body.One ?? "", body.Other ?? "", cancellationToken);
        return await Answers.OfAsync(Task.FromResult(answer), _ => TypedResults.Ok(compared), CaseEndpoints.Unknown);
    }

    private static RouteHandlerBuilder MapVerdict(IEndpointRouteBuilder api, string path, string endpoint, PersonPairState to) => api.MapPost(
            path,
            (string id, PersonVerdictRequest body, ClaimsPrincipal user, PersonPairs pairs, CancellationToken token) =>
                CaseEndpoints.AnswerAsync(pairs.SayAsync(user.By(), id, body.One ?? "", body.Other ?? "", to, body.Reason, token)))
        .WithAccess(endpoint);

    private static Task<IResult> ServicesAsync(
        string id,
        ClaimsPrincipal user,
        Registers registers,
        FamilyServices services,
        CancellationToken cancellationToken) => CaseEndpoints.OwnAsync(
        AccessTable.CaseServices,
        id,
        user,
        registers,
        async row => await services.ReadAsync(user.By(), row, IsKeyWorker(user), cancellationToken) is { } read
            ? TypedResults.Ok(read)
            : Answers.NotFound(NotShown),
        cancellationToken);

    private static async Task<IResult> LookAsync(
        FirstResponseRequest body, ClaimsPrincipal user, FirstResponse firstResponse, CancellationToken cancellationToken) =>
        body is { Surname.Length: > 0, Forenames: not null, Address.Length: > 0, Postcode.Length: > 0 } && body.DateOfBirth != default
            ? TypedResults.Ok(await firstResponse.LookAsync(
                user.By(), new(body.Surname, body.Forenames, body.DateOfBirth, body.Address, body.Postcode), cancellationToken))
            : Answers.Refused([new("surname, forenames, date of birth, address and postcode of the person", "ours")]);

    private static bool IsKeyWorker(ClaimsPrincipal user) => Caller.From(user).Role is Role.KeyWorker;
}
