using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Vault.Ledger;

namespace TfFlow.Api.Endpoints;

/// <param name="Size">Entries.</param>
/// <param name="Root">RFC 6962 root, lower-case hex.</param>
public sealed record LedgerHeadView(long Size, string Root);

internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder api) =>
        api.MapGet("/ledger/head", HeadAsync)
            .WithAccess(AccessTable.LedgerHead)
            .WithSummary("The ledger's size and root, for anyone who keeps them to compare later.");

    private static async Task<LedgerHeadView> HeadAsync(Ledger ledger, CancellationToken cancellationToken)
    {
        var head = await ledger.GetHeadAsync(cancellationToken);
        return new(head.Size, head.Root.ToString());
    }
}
