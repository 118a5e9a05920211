using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;

namespace TfFlow.Api.Endpoints;

/// <param name="Name">As to be asked for.</param>
/// <param name="Length">Bytes.</param>
public sealed record OutboxDocument(string Name, long Length, DateTimeOffset At);

internal static class OutboxEndpoints
{
    public static void MapOutbox(this IEndpointRouteBuilder api)
    {
        api.MapGet("/agencies/{agency}/outbox", ListAsync)
            .WithAccess(AccessTable.OutboxList)
            .WithSummary("Reports, receipts, certificates and the ledger's checkpoint, waiting for an agency.");

        api.MapGet("/agencies/{agency}/outbox/{**name}", ReadAsync)
            .WithAccess(AccessTable.OutboxRead)
            .WithSummary("One document of an agency's outbox.");
    }

    private static async Task<IReadOnlyList<OutboxDocument>> ListAsync(string agency, Outbox outbox, CancellationToken cancellationToken) =>
        await outbox.ListAsync(agency, cancellationToken)
            .Select(blob => new OutboxDocument(blob.Blob.Name, blob.Length, blob.LastModified))
            .ToListAsync(cancellationToken);

    private static async Task<IResult> ReadAsync(string agency, string name, Outbox outbox, CancellationToken cancellationToken) =>
        await outbox.FindAsync(agency, name, cancellationToken) is { } document
            ? TypedResults.Stream(document.Content, TypeOf(name))
            : Answers.NotFound($"The outbox of {agency} has no such document.");

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
