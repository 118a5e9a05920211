using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.WebConsole.Serving;

namespace TfFlow.WebConsole.Questions;

/// <summary>What sources are asked about their records, by reference, and their answers.</summary>
internal static class QuestionPages
{
    public static void MapQuestions(this IEndpointRouteBuilder console)
    {
        console.MapGet("/questions", ListAsync).WithPage(AccessTable.QuestionList);
        console.MapGet("/agencies/{agency}/questions/{id}", ShowAsync).WithPage(AccessTable.QuestionAnswer);
        console.MapPost("/agencies/{agency}/questions/{id}", AnswerAsync).WithPage(AccessTable.QuestionAnswer).DisableAntiforgery(); // Guard sees to it.
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal user, Registers registers, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        var questions = await registers.Questions.ListAsync(cancellationToken)
            .SeenBy(user, AccessTable.QuestionList, (row, agency) => row.Agency == agency)
            .OrderBy(row => row.State is not SourceQuestionState.Asked).ThenBy(row => row.By)
            .ToListAsync(cancellationToken);
        return Pages.Show<QuestionsPage>(new
        {
            Questions = (IReadOnlyList<SourceQuestionRow>)questions,
            Agency = AccessTable.Knows(AccessTable.QuestionAnswer, caller.Role) ? caller.Agency : "",
        });
    }

    private static async Task<IResult> ShowAsync(string agency, string id, Registers registers, CancellationToken cancellationToken) =>
        await FindAsync(agency, id, registers, cancellationToken) is { } question ? Pages.Show<QuestionPage>(new { Question = question }) : NoSuch();

    private static async Task<IResult> AnswerAsync(
        string agency, string id, [FromForm] string? answer, ClaimsPrincipal user, Registers registers, SourceQuestions questions, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<SourceAnswer>(answer, out var chosen) || !Enum.IsDefined(chosen))
        {
            return await FindAsync(agency, id, registers, cancellationToken) is { } unanswered
                ? Pages.Show<QuestionPage>(new { Question = unanswered, Faults = (IReadOnlyList<string>)["Choose an answer."] }, StatusCodes.Status400BadRequest)
                : NoSuch();
        }

        var answered = await questions.AnswerAsync(user.By(), agency, id, chosen, cancellationToken);
        return answered.Row is not { } row ? NoSuch()
            : answered.Obstacles.Count > 0 ? Pages.Show<QuestionPage>(
                new { Question = row, Faults = (IReadOnlyList<string>)[.. answered.Obstacles.Select(obstacle => obstacle.What)] }, StatusCodes.Status409Conflict)
            : Pages.See($"{TfFlowConsole.Root}/agencies/{agency}/questions/{id}");
    }

    private static async Task<SourceQuestionRow?> FindAsync(string agency, string id, Registers registers, CancellationToken cancellationToken) =>
        await registers.Questions.FindAsync(id, cancellationToken) is { Row: var row } && row.Agency == agency ? row : null;

    private static IResult NoSuch() => Pages.NotFound("This agency was asked no such question.");
}
