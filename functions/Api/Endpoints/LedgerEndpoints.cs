using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Proof;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Api.Endpoints;

/// <param name="Size">Entries.</param>
/// <param name="Root">RFC 6962 root, lower-case hex.</param>
public sealed record LedgerHeadView(long Size, string Root);

/// <summary>Which entries are wanted; what is left out is not asked for.</summary>
/// <param name="Format">csv or jsonl.</param>
/// <param name="Purpose">What it is for, as the ledger shall say. Nobody's name.</param>
/// <param name="Disclosures">Only what went to others.</param>
/// <param name="Means">Only what was given or told by these means.</param>
internal sealed record LedgerQuery(
    string? Format, string? Purpose, string? Agency, string? Reference, string? Act, string? Agreement, bool? Disclosures, Means? Means, DateTimeOffset? From, DateTimeOffset? Before)
{
    internal bool IsJson => Format == "jsonl";

    internal LedgerFilter Filter => new() { Agency = Agency, Reference = Reference, Act = Act, Agreement = Agreement, Disclosures = Disclosures ?? false, Means = Means, From = From, Before = Before };
}

internal static class LedgerEndpoints
{
    private const string Text = "text/plain";

    public static void MapLedger(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ledger/head", HeadAsync)
            .WithAccess(AccessTable.LedgerHead)
            .WithSummary("The ledger's size and root, for anyone who keeps them to compare later.");

        api.MapGet("/ledger/key", KeyAsync)
            .WithAccess(AccessTable.LedgerKey)
            .WithSummary("The public key that receipts and checkpoints are checked with, as name+id+base64: compare it with the one you were given when you signed the agreement.")
            .Produces<string>(contentType: Text);

        api.MapGet("/ledger/checkpoint", CheckpointAsync)
            .WithAccess(AccessTable.LedgerCheckpoint)
            .WithSummary("The newest signed checkpoint, as every party also finds it in its outbox.")
            .Produces<string>(contentType: Text)
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/ledger/entries", EntriesAsync)
            .WithAccess(AccessTable.LedgerEntries)
            .WithSummary("Entries of the ledger that match, a line each: CSV, or with format=jsonl a JSON object. The read is itself an entry.")
            .Produces<string>(contentType: Text);
    }

    /// <summary>A read of the ledger is an act: who looked, and what for, stands in it before anything is shown.</summary>
    private static async Task<IResult> EntriesAsync([AsParameters] LedgerQuery query, ClaimsPrincipal user, Ledger ledger, Acts acts, CancellationToken cancellationToken)
    {
        var (by, size, wanted) = (user.By(), (await ledger.GetHeadAsync(cancellationToken)).Size, query.Filter);
        using var text = new StringWriter { NewLine = "\n" };
        await acts.PerformAsync(
            new()
            {
                ActId = $"ledger.export-{Reference.New()}",
                Act = "ledger.export",
                Actor = by.Account,
                Role = by.Role,
                Agency = IdOrNothing(query.Agency),
                Agreement = IdOrNothing(query.Agreement),
                Purpose = query.Purpose is { Length: <= 200 } purpose ? purpose : "",
                References = IdOrNothing(query.Reference) is { Length: > 0 } reference ? [reference] : [],
            },
            async token =>
            {
                var count = 0L;
                if (!query.IsJson)
                {
                    await text.WriteLineAsync(LedgerExport.CsvHeader);
                }

                await foreach (var record in ledger.ReadAsync(0, token).TakeWhile(record => record.Index < size).Where(record => wanted.Matches(record.Entry)))
                {
                    count++;
                    await text.WriteLineAsync(query.IsJson
                        ? LedgerExport.ToJson(record.Index, record.Entry, record.Bytes.Span)
                        : LedgerExport.ToCsv(record.Index, record.Entry, MerkleTree.HashLeaf(record.Bytes.Span)));
                }

                return ActResult.Done with { Count = count, Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))) };
            },
            cancellationToken);
        return TypedResults.Text(text.ToString(), Text, Encoding.UTF8);
    }

    // What somebody looks for may be a name: only what has the form of an id is kept.
    private static string IdOrNothing(string? id) => id is not null && DocumentMap.IsId(id) ? id : "";

    private static async Task<LedgerHeadView> HeadAsync(Ledger ledger, CancellationToken cancellationToken)
    {
        var head = await ledger.GetHeadAsync(cancellationToken);
        return new(head.Size, head.Root.ToString());
    }

    private static async Task<IResult> KeyAsync(Checkpoints checkpoints, CancellationToken cancellationToken) =>
        TypedResults.Text((await checkpoints.GetPublicKeyAsync(cancellationToken)).ToString(), Text, Encoding.UTF8);

    private static async Task<IResult> CheckpointAsync(Ledger ledger, CancellationToken cancellationToken) =>
        await ledger.FindCheckpointAsync(cancellationToken) is { } note
            ? TypedResults.Text(note, Text, Encoding.UTF8)
            : Answers.NotFound("Nothing is signed yet: the first checkpoint follows the first act within minutes.");
}
