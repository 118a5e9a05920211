using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.Programme.Agreements;

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
            .WithSummary("Reports, receipts, certificates and the ledger's checkpoint, waiting for an agency.")
            .Produces<OutboxDocument[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);

        api.MapGet("/agencies/{agency}/outbox/{**name}", ReadAsync)
            .WithAccess(AccessTable.OutboxRead)
            .WithSummary("One document of an agency's outbox.");
    }

    private static async Task<IResult> ListAsync(
        string agency, Outbox outbox, AgreementCatalogue agreements, CancellationToken cancellationToken) => Answers.ListFor(
        agreements,
        agency,
        await outbox.ListAsync(agency, cancellationToken)
            .Select(blob => new OutboxDocument(blob.Blob.Name, blob.Length, blob.LastModified))
            .ToListAsync(cancellationToken));

    private static async Task<IResult> ReadAsync(
        string agency, string name, Outbox outbox, AgreementCatalogue agreements, CancellationToken cancellationToken) =>
        await outbox.FindAsync(agency, name, cancellationToken) is { } document ? TypedResults.Stream(document.Content, TypeOf(name))
        : agreements.Parties.Contains(agency)
            ? Answers.NotFound($"The outbox of {agency} has no such document: 'tfflow outbox --agency {agency}' lists what there is.")
            : Answers.Stranger(agreements, agency);

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
