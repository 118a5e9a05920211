using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Host.Local.Commands;

/// <summary>What the ledger's commands work with. Closing it closes the store, where the command opened one.</summary>
/// <param name="PublicKey">The ledger's own key, as this deployment knows it.</param>
/// <param name="Account">Who acts, for the entries that commands write.</param>
/// <param name="Store">Closed with it, or null.</param>
public sealed record LedgerAccess(Ledger Ledger, LedgerPublicKey PublicKey, Acts Acts, string Account, IAsyncDisposable? Store) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Store?.DisposeAsync() ?? ValueTask.CompletedTask;
}
