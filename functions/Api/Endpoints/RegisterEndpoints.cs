using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Governance;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Governance;
using TfFlow.Vault.Ledger;

namespace TfFlow.Api.Endpoints;

/// <summary>What is recorded in a governance register. What a register does not need is left out.</summary>
/// <param name="Version">One version of the agreement, by its date.</param>
/// <param name="Party">The partner that gives it, or that it is about.</param>
/// <param name="Scope">What it covers: a word of the register's list.</param>
/// <param name="Answers">Yes or no to each question of a review.</param>
/// <param name="Told">The partners that were told in writing.</param>
/// <param name="ClearedOn">The day a security check was passed.</param>
/// <param name="EffectOn">The first day it has effect, where not at once.</param>
/// <param name="Until">The last day on which it stands.</param>
/// <param name="ReviewOn">The last day on which it may be looked at again.</param>
/// <param name="PaperSha256">Of the paper it rests on, lower-case hex.</param>
public sealed record RegisterRecord(
    string? Agreement = null,
    string? Version = null,
    string? Exchange = null,
    string? Party = null,
    string? Recipient = null,
    string? Account = null,
    string? Scope = null,
    IReadOnlyList<bool>? Answers = null,
    RiskLevels? Levels = null,
    IReadOnlyList<string>? Told = null,
    DateOnly? ClearedOn = null,
    DateOnly? EffectOn = null,
    DateOnly? Until = null,
    DateOnly? ReviewOn = null,
    string? PaperSha256 = null);

/// <param name="PaperSha256">Of the paper the step rests on, lower-case hex; null for none.</param>
/// <param name="Until">With a review: the new last day.</param>
/// <param name="ReviewOn">With a review: the day of the next.</param>
public sealed record RegisterStepRequest(string? PaperSha256 = null, DateOnly? Until = null, DateOnly? ReviewOn = null);

/// <summary>An entry of a governance register.</summary>
/// <param name="EffectAt">When it takes effect, where it is a notice.</param>
/// <param name="Priority">Of a risk: likelihood times impact, and its colour; then what is left of it.</param>
/// <param name="Consequence">What the gate or the sweep does by it.</param>
public sealed record RegisterView(
    string Id,
    string State,
    string Register,
    string Agreement,
    string Version,
    string Exchange,
    string Party,
    string Recipient,
    string Account,
    string Scope,
    IReadOnlyList<bool> Answers,
    string Priority,
    DateOnly? ClearedOn,
    DateTimeOffset RecordedAt,
    string RecordedBy,
    DateTimeOffset? EffectAt,
    DateOnly? Until,
    DateOnly? ReviewOn,
    string PaperSha256,
    string Consequence)
{
    public static RegisterView Of(RegisterRow row) => new(
        row.Id,
        row.State.ToString(),
        Kebab.Of(row.Entry.Kind),
        row.Entry.Agreement,
        row.Entry.Version,
        row.Entry.Exchange,
        row.Entry.Party,
        row.Entry.Recipient,
        row.Entry.Account,
        row.Entry.Scope,
        row.Entry.Answers,
        row.Entry.Levels is { } levels
            ? $"{levels.Priority} {RiskLevels.Colour(levels.Priority)}, residual {levels.ResidualPriority} {RiskLevels.Colour(levels.ResidualPriority)}" : "",
        row.Entry.ClearedOn,
        row.Entry.RecordedAt,
        row.RecordedBy,
        row.Entry.Definition.Transitions == RegisterStates.Notice || row.Entry.EffectOn is not null ? row.Entry.EffectAt : null,
        row.Entry.Until,
        row.Entry.ReviewOn,
        row.Entry.PaperHash,
        row.Entry.Definition.Consequence);
}

/// <summary>The governance registers: in every deployment.</summary>
internal static class RegisterEndpoints
{
    private const string Unknown = "No such entry of this register.";

    public static void MapRegisters(this IEndpointRouteBuilder api)
    {
        api.MapPost("/registers/{kind}", (string kind, RegisterRecord body, ClaimsPrincipal user, GovernanceRegisters registers,
            CancellationToken token) =>
                Of(kind, user, definition => definition.MayRecord(user.By().Role), of =>
                    AnswerAsync(registers.RecordAsync(user.By(), Entry(of, body), token))))
            .WithAccess(AccessTable.RegisterRecord).Answering<RegisterView>("Records an entry of a governance register: a notice, an approval, a named person, access, a contract, a risk, an order.");

        api.MapGet("/registers/{kind}", ListAsync)
            .WithAccess(AccessTable.RegisterList)
            .WithSummary("The entries of a governance register, the earliest first; those that stand no more too.")
            .Produces<RegisterView[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapPost("/registers/{kind}/{id}/{step}", TakeAsync)
            .WithAccess(AccessTable.RegisterTake).Answering<RegisterView>("Takes a step with an entry: authorise, grant, refuse, review or end.");

        api.MapPost(
                "/staff/{account}/contact",
                (string account, StaffContact body, ClaimsPrincipal user, StaffContacts contacts, CancellationToken token) =>
                    AnswerAsync(contacts.RegisterAsync(user.By(), account, new(body.Name ?? "", body.Contact ?? ""), token)))
            .WithAccess(AccessTable.StaffContactRegister)
            .Answering<RegisterView>("Registers the name and the contact of an account of the authority's own staff, sealed, for those who must reach them.");

        api.MapGet("/reads", ReadsAsync)
            .WithAccess(AccessTable.ReadReport)
            .WithSummary("Who read what is about people, from one day to another (a month, to today): how often by account, unusual volumes flagged, and a sample to look through.")
            .Produces<ReadReport>();
    }

    private static async Task<IResult> ReadsAsync(DateOnly? from, DateOnly? to, Ledger ledger, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var entries = await ledger.ReadAsync(0, cancellationToken).Select(record => record.Entry).ToListAsync(cancellationToken);
        return TypedResults.Ok(ReadSampling.Of(from ?? today.AddMonths(-1), to ?? today, entries));
    }

    private static Task<IResult> TakeAsync(
        string kind, string id, string step, RegisterStepRequest body, ClaimsPrincipal user, GovernanceRegisters registers,
            CancellationToken cancellationToken) =>
        Kebab.TryParse<RegisterStep>(step, out var taken)
            ? Of(kind, user, definition => definition.MayTake(taken, user.By().Role), of =>
                AnswerAsync(registers.TakeAsync(user.By(), of, id, taken, Answers.Sha256(body.PaperSha256), body.Until, body.ReviewOn,
                    cancellationToken)))
            : Task.FromResult(Answers.NotFound($"There is no such step. There are: {string.Join(", ", Kebab.All<RegisterStep>())}."));

    private static Task<IResult> ListAsync(string kind, ClaimsPrincipal user, Registers registers, CancellationToken cancellationToken) =>
        Of(kind, user, _ => true, async of => TypedResults.Ok(await registers.Governance.ListAsync(cancellationToken)
            .Where(row => row.Row.Entry.Kind == of)
            .Select(row => RegisterView.Of(row.Row))
            .OrderBy(row => row.RecordedAt)
            .ToListAsync(cancellationToken)));

    /// <summary>The access table says who keeps registers at all; each register says who keeps it.</summary>
    private static Task<IResult> Of(string kind, ClaimsPrincipal user, Func<RegisterDefinition, bool> may,
        Func<RegisterKind, Task<IResult>> act) =>
        !Kebab.TryParse<RegisterKind>(kind, out var of)
            ? Task.FromResult(Answers.NotFound($"There is no such register. There are: {string.Join(", ", Kebab.All<RegisterKind>())}."))
        : !may(RegisterDefinitions.All[of]) ? Task.FromResult(AccessFilter.Forbidden(Caller.From(user)))
        : act(of);

    private static RegisterEntry Entry(RegisterKind kind, RegisterRecord body) => new()
    {
        Kind = kind,
        Agreement = Known(body.Agreement),
        Version = Known(body.Version),
        Exchange = Known(body.Exchange),
        Party = Known(body.Party),
        Recipient = Known(body.Recipient),
        Account = body.Account is { Length: <= 100 } account ? account : "",
        Scope = Known(body.Scope),
        Answers = body.Answers ?? [],
        Levels = body.Levels,
        Told = [.. (body.Told ?? []).Select(party => (Id<Party>)Known(party))],
        ClearedOn = body.ClearedOn,
        RecordedAt = default,
        EffectOn = body.EffectOn,
        Until = body.Until,
        ReviewOn = body.ReviewOn,
        PaperHash = Answers.Sha256(body.PaperSha256),
    };

    // What has not the form of an id may be a name that says something: it is not kept.
    private static string Known(string? text) => text is { Length: <= 60 } && DocumentMap.IsId(text) ? text : "";

    private static Task<IResult> AnswerAsync(Task<Answer<RegisterRow>> answering) =>
        Answers.OfAsync(answering, row => TypedResults.Ok(RegisterView.Of(row)), Unknown);
}
