using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Vault.Sealing;

namespace TfFlow.Api.Endpoints;

/// <param name="EndsOn">The day the research ends and everything about people is destroyed.</param>
public sealed record StudyOpening(DateOnly EndsOn);

/// <param name="Exchange">As the agreement names it: <c>nis-linkage</c>.</param>
public sealed record StudyLinkageRequest(string Exchange, IReadOnlyList<string> Departments);

/// <param name="Measures">What is compared, by name: <c>attendance</c>, <c>proven_offences</c>.</param>
public sealed record StudyReportRequest(IReadOnlyList<string> Measures);

/// <param name="Approvals">How many people released the report: two publish it.</param>
public sealed record StudyView(
    string Id, string State, string Study, DateTimeOffset OpenedAt, DateTimeOffset EndsAt, int People, IReadOnlyList<StudyLinkage> Linkages, IReadOnlyList<string> Measures, int Approvals, DateTimeOffset? DestroyedAt)
{
    public static StudyView Of(StudyRound row) => new(
        row.Id, row.State.ToString(), row.Study, row.OpenedAt, row.EndsAt, row.People, row.Linkages, row.MeasureCodes, row.Approvals.Count, row.DestroyedAt);
}

/// <param name="GrantId">The study's upload grant.</param>
/// <param name="PublicKey">The grant's one-time key, base64.</param>
/// <param name="Without">Families that are left out, by their references.</param>
public sealed record SubmissionRequest(
    string Authority, string Exchange, string Study, string GrantId, string PublicKey, IReadOnlyList<string>? Without = null);

/// <param name="ExtractId">What the submission became at the study.</param>
/// <param name="DropSha256">What the study says arrived.</param>
public sealed record SubmissionReceipt(string ExtractId, string DropSha256);

/// <param name="File">The sealed file, in the authority's own outbox.</param>
public sealed record SubmissionView(string Id, string State, string Study, string Exchange, int People, string FileSha256, string File, string? ExtractId)
{
    public static SubmissionView Of(StudySubmission row) => new(
        row.Id, row.State.ToString(), row.StudyAgency, row.Exchange, row.People, row.FileHash, row.FileName, row.ExtractId);
}

internal static class StudyEndpoints
{
    private const string Unknown = "No such thing, or nothing of it to be shown now.";

    /// <summary>What an authority does: it hands over, and gets nothing back.</summary>
    public static void MapSubmissions(this IEndpointRouteBuilder api)
    {
        api.MapPost("/study-submissions", BuildAsync)
            .WithAccess(AccessTable.SubmissionBuild).Answering<SubmissionView>("Builds a submission to a study, sealed to the one-time key of the study's upload grant.");

        api.MapPost("/study-submissions/{id}/receipt", (string id, SubmissionReceipt body, ClaimsPrincipal user, StudySubmissions submissions, CancellationToken token) =>
                AnswerAsync(submissions.ReceivedAsync(user.By(), id, body.ExtractId ?? "", body.DropSha256 ?? "", token)))
            .WithAccess(AccessTable.SubmissionReceipt).Answering<SubmissionView>("Records that the study has a submission; the sealed file is removed here.");
    }

    /// <summary>What a study does in its own deployment.</summary>
    public static void MapStudy(this IEndpointRouteBuilder api)
    {
        api.MapPost("/studies", (StudyOpening body, ClaimsPrincipal user, StudyDesk desk, CancellationToken token) => AnswerAsync(desk.OpenAsync(user.By(), body.EndsOn, token)))
            .WithAccess(AccessTable.StudyOpen).Answering<StudyView>("Opens a round of the study.");

        api.MapGet("/studies", async (Registers registers, CancellationToken token) => await registers.Studies.ListAsync(token).Select(row => StudyView.Of(row.Row)).ToListAsync(token))
            .WithAccess(AccessTable.StudyList)
            .WithSummary("Rounds and where they stand.");

        api.MapPost("/studies/{id}/linkage", (string id, StudyLinkageRequest body, ClaimsPrincipal user, StudyDesk desk, CancellationToken token) =>
                AnswerAsync(desk.LinkAsync(user.By(), id, body.Exchange ?? "", body.Departments ?? [], token)))
            .WithAccess(AccessTable.StudyLink).Answering<StudyView>("Sends each department its linkage file, sealed to its own key.");

        api.MapPost("/studies/{id}/report", (string id, StudyReportRequest body, ClaimsPrincipal user, StudyDesk desk, CancellationToken token) =>
                AnswerAsync(desk.ReportAsync(user.By(), id, body.Measures ?? [], token)))
            .WithAccess(AccessTable.StudyReport).Answering<StudyView>("Combines the returns and compares the groups.");

        api.MapGet("/studies/{id}/report", async (string id, ClaimsPrincipal user, StudyDesk desk, CancellationToken token) =>
                await desk.ReadReportAsync(user.By(), id, token) is { } report ? (IResult)TypedResults.Ok(report) : Answers.NotFound(Unknown))
            .WithAccess(AccessTable.StudyReportRead)
            .WithSummary("The group report that waits for its release.")
            .Produces<StudyReport>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/studies/{id}/release", (string id, ClaimsPrincipal user, StudyDesk desk, CancellationToken token) => AnswerAsync(desk.ReleaseAsync(user.By(), id, token)))
            .WithAccess(AccessTable.StudyRelease).Answering<StudyView>("Releases the group report: the second of two people publishes it.");

        api.MapPost("/studies/{id}/end", (string id, ClaimsPrincipal user, StudyDesk desk, CancellationToken token) => AnswerAsync(desk.EndAsync(user.By(), id, token)))
            .WithAccess(AccessTable.StudyEnd).Answering<StudyView>("Ends the research: everything about people is destroyed.");
    }

    private static async Task<IResult> BuildAsync(SubmissionRequest body, ClaimsPrincipal user, StudySubmissions submissions, CancellationToken cancellationToken)
    {
        var key = new byte[RecipientKey.PublicSize + 1];
        if (!Convert.TryFromBase64String(body.PublicKey ?? "", key, out var length) || !RecipientKey.IsPublicKey(key.AsSpan(0, length)) || !Reference.IsOne(body.GrantId ?? ""))
        {
            return Answers.Refused([new("the study's upload grant: its id and its public key", "docs/research.md")]);
        }

        return await AnswerAsync(submissions.BuildAsync(
            user.By(), new(body.Authority ?? "", body.Exchange ?? "", body.Study ?? "", body.GrantId!, key[..length], body.Without ?? []), cancellationToken));
    }

    private static Task<IResult> AnswerAsync(Task<Answer<StudySubmission>> answering) => Answers.OfAsync(answering, row => TypedResults.Ok(SubmissionView.Of(row)), Unknown);

    private static Task<IResult> AnswerAsync(Task<Answer<StudyRound>> answering) => Answers.OfAsync(answering, row => TypedResults.Ok(StudyView.Of(row)), Unknown);
}
