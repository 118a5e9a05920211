using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Api.Endpoints;

internal static class InventoryEndpoints
{
    public static void MapInventory(this IEndpointRouteBuilder api) =>
        api.MapGet("/inventory", async (Inventory inventory, CancellationToken token) =>
            TypedResults.Ok(await inventory.FindAsync(token).ToArrayAsync(token)))
            .WithAccess(AccessTable.InventoryTake)
            .WithSummary("What the stores hold, or lack, that registers and ledger do not account for: blobs and keys of nobody, blobs without a key, registers without what they keep.")
            .Produces<Discrepancy[]>();
}
