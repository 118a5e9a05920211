using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Ends a grant nobody used in time: its one-time private key is destroyed.</summary>
public sealed class ExpireGrant(Registers registers, DataKeys keys, Acts acts) : Activity<ExpireGrant, GrantReference, bool>
{
    /// <returns>False when a drop was claimed under it meanwhile.</returns>
    public override async Task<bool> RunAsync(ActivityContext context, GrantReference input)
    {
        var grant = await registers.Grants.GetAsync(input.GrantId, context.CancellationToken);
        if (grant.Row.State is not (GrantState.Issued or GrantState.Expired))
        {
            return false;
        }

        await acts.PerformAsync(
            grant.Row.Act("grant.expire", nameof(RetentionSweepOrchestration)),
            async cancellationToken =>
            {
                if (grant.Row.State is GrantState.Issued)
                {
                    await registers.Grants.ChangeAsync(grant, grant.Row with { State = GrantState.Expired }, cancellationToken);
                }

                await keys.DestroyAsync(grant.Row.Id, cancellationToken);
                return ActResult.Done;
            },
            context.CancellationToken);
        return true;
    }
}
