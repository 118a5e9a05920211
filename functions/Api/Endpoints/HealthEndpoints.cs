using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Vault;
using TfFlow.Vault.Keys;

namespace TfFlow.Api.Endpoints;

/// <param name="Store">Whether blobs, registers and keys answer.</param>
/// <param name="KeyRing">Whether the key ring answers.</param>
public sealed record HealthView(bool Store, bool KeyRing);

internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder api) =>
        api.MapGet("/health", CheckAsync)
            .WithName(AccessTable.Health)
            .WithSummary("Whether the store and the key ring answer: 200 when both do, 503 when not.")
            .Produces<HealthView>()
            .Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> CheckAsync(Stores stores, StoreNames names, IKeyRing keyRing, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var store = Answers(async () =>
        {
            await stores.Blobs.GetPropertiesAsync(new(names.Vault, "health"), either.Token);
            await stores.Registers.GetAsync(names.Extracts, "health", "health", either.Token);
            await stores.Keys.GetAsync(names.Keys, "health", "health", either.Token);
        });
        var keys = Answers(() => keyRing.CheckAsync(either.Token));
        var health = new HealthView(await store, await keys);
        return TypedResults.Json(health, statusCode: health is { Store: true, KeyRing: true } ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Health asks whether, not why: the failure itself is logged where it happens.</summary>
    private static async Task<bool> Answers(Func<Task> check)
    {
        try
        {
            await check();
            return true;
        }
        catch (Exception e) when (e is Vault.Storage.StorageException or OperationCanceledException or Azure.RequestFailedException or IOException)
        {
            return false;
        }
    }
}
