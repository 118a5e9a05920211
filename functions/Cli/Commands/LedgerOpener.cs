using System.CommandLine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary>Opens the ledger of the deployment on --folder or --storage for the ledger's commands. Where there is none, none is made.</summary>
internal sealed class LedgerOpener(Option<string> folder, Option<string?> storage)
{
    public async Task<LedgerAccess> OpenAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var work = Options.Existing(arguments.GetValue(folder)!);
        var connection = Options.StorageIn(arguments, storage);
        if (connection is null && !LocalStores.Exist(work.Path))
        {
            throw NoLedger("The host of this folder had its store elsewhere: name it with --storage.");
        }

        var stores = await Options.OnStorageAsync(() => LocalStores.OpenBesideAsync(
            work.Path, connection, new Progress<string>(Console.Error.WriteLine), cancellationToken));
        try
        {
            var names = new StoreNames();
            var ledger = new Ledger(stores.Vault.Registers, stores.Vault.Blobs, names.Ledger);
            if (!await ledger.ExistsAsync(cancellationToken))
            {
                throw NoLedger("Look at --folder and --storage: a deployment's first start makes one.");
            }

            using var signer = await KeyRingLedgerSigner.OpenAsync(new FileKeyRing(work.CheckpointKeys), names.Origin, cancellationToken);
            return new(ledger, signer.PublicKey, new Acts(ledger, TimeProvider.System), ApiClient.Person, stores);
        }
        catch
        {
            await stores.DisposeAsync();
            throw;
        }
    }

    private static CommandException NoLedger(string what) => new(ExitCode.Unavailable, $"There is no ledger here. {what}");
}
