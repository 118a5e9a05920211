using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Extracts;
using TfFlow.Vault;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle;

/// <summary>The registers of this deployment: the truth that orchestrations and the gate read.</summary>
public sealed class Registers(Stores stores, StoreNames names)
{
    public Register<UploadGrant, GrantState> Grants { get; } = new(stores.Registers, names.Grants, GrantStates.Transitions);

    public Register<Extract, ExtractStage> Extracts { get; } = new(stores.Registers, names.Extracts, ExtractStages.Transitions);

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await stores.Registers.CreateTableAsync(names.Claims, cancellationToken);
        await Grants.CreateAsync(cancellationToken);
        await Extracts.CreateAsync(cancellationToken);
    }
}
