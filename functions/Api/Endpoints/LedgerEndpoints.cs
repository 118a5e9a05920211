using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Proof;
using TfFlow.Vault.Ledger;

namespace TfFlow.Api.Endpoints;

/// <param name="Size">Entries.</param>
/// <param name="Root">RFC 6962 root, lower-case hex.</param>
public sealed record LedgerHeadView(long Size, string Root);

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
    }

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
