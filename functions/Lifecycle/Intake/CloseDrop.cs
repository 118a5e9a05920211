using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Intake;

/// <summary>Ends the drop once its extract is sealed or refused: the grant's private key destroyed, the file removed, its removal verified.</summary>
public sealed class CloseDrop(Registers registers, Erasure erasure, DropReader drops, DataKeys keys, Acts acts) : Activity<CloseDrop, ExtractReference, bool>
{
    public override async Task<bool> RunAsync(ExtractReference input, CancellationToken cancellationToken)
    {
        var extract = await registers.Extracts.GetAsync(input.ExtractId, cancellationToken);
        await acts.PerformAsync(
            extract.Row.Act("drop.remove", nameof(ExtractIntakeOrchestration)),
            async token =>
            {
                if (extract.Row.State is ExtractStage.Sealed or ExtractStage.Refused)
                {
                    extract = await HashedAsync(extract, token);
                    await CloseGrantAsync(extract.Row.GrantId, token);
                    await erasure.DeleteAsync(new(extract.Row.Drop.Container, extract.Row.Drop.Name), token);
                    await EndAsync(extract, token);
                }

                return new ActResult { Hash = extract.Row.Drop.Sha256 };
            },
            cancellationToken);
        return true;
    }

    /// <summary>A file that was refused unread has its SHA-256 too, before it goes: the receipt carries it.</summary>
    private async Task<Registered<Extract>> HashedAsync(Registered<Extract> extract, CancellationToken cancellationToken) =>
        extract.Row.Drop.Sha256.Length == 0 && await drops.HashAsync(extract.Row.Drop, cancellationToken) is { Length: > 0 } sha256
            ? await registers.Extracts.ChangeAsync(extract, extract.Row with { Drop = extract.Row.Drop with { Sha256 = sha256 } }, cancellationToken)
            : extract;

    private async Task CloseGrantAsync(string grantId, CancellationToken cancellationToken)
    {
        await keys.DestroyAsync(grantId, cancellationToken);
        var grant = await registers.Grants.GetAsync(grantId, cancellationToken);
        if (grant.Row.State is GrantState.Claimed)
        {
            await registers.Grants.ChangeAsync(grant, grant.Row with { State = GrantState.Closed }, cancellationToken);
        }
    }

    private Task EndAsync(Registered<Extract> extract, CancellationToken cancellationToken) => registers.Extracts.ChangeAsync(
        extract,
        extract.Row with { State = extract.Row.State is ExtractStage.Sealed ? ExtractStage.Kept : ExtractStage.Quarantined },
        cancellationToken);
}
