using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Ends a grant nobody used in time: its one-time private key is destroyed.</summary>
public sealed class ExpireGrant(Registers registers, DataKeys keys, Acts acts)
{
    /// <returns>False when a drop was claimed under it meanwhile.</returns>
    public async Task<bool> RunAsync(GrantReference input, CancellationToken cancellationToken)
    {
        var grant = await registers.Grants.GetAsync(input.GrantId, cancellationToken);
        if (grant.Row.State is not (GrantState.Issued or GrantState.Expired))
        {
            return false;
        }

        await acts.PerformAsync(
            grant.Row.Act("grant.expire", nameof(RetentionSweepOrchestration)),
            async token =>
            {
                if (grant.Row.State is GrantState.Issued)
                {
                    await registers.Grants.ChangeAsync(grant, grant.Row with { State = GrantState.Expired }, token);
                }

                await keys.DestroyAsync(grant.Row.Id, token);
            },
            cancellationToken);
        return true;
    }
}
