using System.CommandLine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary>Opens the ledger of the deployment on --folder or --storage for the ledger's commands.</summary>
internal sealed class LedgerOpener(Option<string> folder, Option<string?> storage)
{
    public async Task<LedgerAccess> OpenAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var work = Options.Existing(arguments.GetValue(folder)!);
        var stores = await Options.OnStorageAsync(() => LocalStores.OpenBesideAsync(
            work.Path, Options.StorageIn(arguments, storage), new Progress<string>(Console.Error.WriteLine), cancellationToken));
        var names = new StoreNames();
        var ledger = new Ledger(stores.Vault.Registers, stores.Vault.Blobs, names.Ledger);
        await ledger.CreateAsync(cancellationToken);
        using var signer = await KeyRingLedgerSigner.OpenAsync(new FileKeyRing(work.CheckpointKeys), names.Origin, cancellationToken);
        return new(ledger, signer.PublicKey, new Acts(ledger, TimeProvider.System), ApiClient.Person, stores);
    }
}
