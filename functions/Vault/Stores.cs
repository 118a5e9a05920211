using TfFlow.Vault.Storage;

namespace TfFlow.Vault;

/// <summary>The stores of a deployment. Three, so that no one of them alone opens anything.</summary>
/// <param name="Blobs">Drops, sealed blobs, outboxes, ledger tiles.</param>
/// <param name="Registers">Registers, claims, the ledger: references, counts, hashes, states.</param>
/// <param name="Keys">Wrapped data keys: a store of its own, in no backup.</param>
public sealed record Stores(IBlobStore Blobs, ITableStore Registers, ITableStore Keys);
