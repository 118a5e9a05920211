using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Api.Endpoints;

/// <param name="Extract">What the source sent, by its reference.</param>
/// <param name="Rows">Row numbers in the file it sent, the header being row 1; none for all of it.</param>
public sealed record QuestionRequest(SourceQuestionKind Kind, string? Extract, IReadOnlyList<long>? Rows);

/// <param name="Answer">Current, NotCurrent, Corrected or Unknown.</param>
public sealed record QuestionAnswer(SourceAnswer Answer);

/// <summary>A question to a source as its register has it.</summary>
/// <param name="By">The last day for the answer.</param>
/// <param name="ChasedAt">When the source was last asked again.</param>
public sealed record QuestionView(
    string Id,
    string State,
    SourceQuestionKind Kind,
    string Agency,
    string Exchange,
    string Extract,
    IReadOnlyList<long> Rows,
    DateOnly? AsAt,
    DateTimeOffset AskedAt,
    DateOnly By,
    DateTimeOffset? ChasedAt,
    SourceAnswer? Answer,
    DateTimeOffset? AnsweredAt)
{
    public static QuestionView Of(SourceQuestionRow row) => new(
        row.Id,
        row.State.ToString(),
        row.Kind,
        row.Agency,
        row.Exchange,
        row.ExtractId,
        row.Rows,
        row.AsAt,
        row.AskedAt,
        row.By,
        row.ChasedAt,
        row.Answer,
        row.AnsweredAt);
}

internal static class QuestionEndpoints
{
    public static void MapQuestions(this IEndpointRouteBuilder api)
    {
        api.MapPost("/questions", (QuestionRequest body, ClaimsPrincipal user, SourceQuestions questions, CancellationToken token) =>
                AnswerAsync(questions.AskAsync(user.By(), body.Kind, body.Extract ?? "", body.Rows ?? [], token), "No such extract."))
            .WithAccess(AccessTable.QuestionAsk)
            .Answering<QuestionView>("Asks the source of an extract about records of it, by reference: still current, or not to be matched.");

        api.MapGet("/questions", ListAsync)
            .WithAccess(AccessTable.QuestionList)
            .WithSummary("Questions to sources and their answers, the earliest asked first; a source sees its own.")
            .Produces<QuestionView[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost(
                "/agencies/{agency}/questions/{id}/answer",
                (string agency, string id, QuestionAnswer body, ClaimsPrincipal user, SourceQuestions questions, CancellationToken token) =>
                    AnswerAsync(questions.AnswerAsync(user.By(), agency, id, body.Answer, token), $"No such question to {agency}."))
            .WithAccess(AccessTable.QuestionAnswer).Answering<QuestionView>("A source answers a question about what it sent.");
    }

    private static async Task<IResult> ListAsync(
        ClaimsPrincipal user, Registers registers, AgreementCatalogue agreements, CancellationToken cancellationToken) =>
        Answers.ListFor(agreements, Caller.From(user).Agency, await registers.Questions.ListAsync(cancellationToken)
            .SeenBy(user, AccessTable.QuestionList, (row, agency) => row.Agency == agency)
            .Select(QuestionView.Of)
            .OrderBy(row => row.AskedAt)
            .ToListAsync(cancellationToken));

    private static Task<IResult> AnswerAsync(Task<Answer<SourceQuestionRow>> answering, string unknown) =>
        Answers.OfAsync(answering, row => TypedResults.Ok(QuestionView.Of(row)), unknown);
}
