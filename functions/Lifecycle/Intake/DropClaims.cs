using Azure;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Extracts;
using TfFlow.Vault;
using TfFlow.Vault.Registers;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Intake;

/// <summary>Turns a dropped file into exactly one intake, however often and from wherever it is reported.</summary>
public sealed class DropClaims(Stores stores, StoreNames names, Registers registers, IOrchestrationClient orchestrations, TimeProvider time)
{
    /// <summary>Claims the drop, or finishes a claim that was cut short.</summary>
    /// <returns>The extract's id.</returns>
    public async Task<string> ClaimAsync(string agency, BlobProperties drop, CancellationToken cancellationToken)
    {
        var claim = await ClaimOnceAsync(drop, cancellationToken);
        var grant = await registers.Grants.FindAsync(drop.Blob.Name, cancellationToken);
        if (grant is { Row.State: GrantState.Issued } && grant.Row.Agency == agency)
        {
            grant = await registers.Grants.ChangeAsync(grant, grant.Row with { State = GrantState.Claimed }, cancellationToken);
        }

        var extract = new Extract
        {
            Id = claim.ExtractId,
            State = ExtractState.Claimed,
            Agency = agency,
            ClaimedAt = claim.At,
            Drop = new Drop(drop.Blob.Container, drop.Blob.Name, claim.ETag, claim.Length),
        };
        if (grant?.Row is { } granted && granted.Agency == agency)
        {
            extract = extract with
            {
                GrantId = granted.Id,
                Agreement = granted.Agreement,
                AgreementVersion = granted.AgreementVersion,
                Exchange = granted.Exchange,
            };
        }

        await registers.Extracts.TryAddAsync(extract, cancellationToken);
        await StartAsync(claim.ExtractId, cancellationToken);
        return claim.ExtractId;
    }

    /// <summary>The register decides: what has left <see cref="ExtractState.Claimed"/> was started before.</summary>
    private async Task StartAsync(string extractId, CancellationToken cancellationToken)
    {
        var instanceId = "intake-" + extractId;
        var extract = await registers.Extracts.GetAsync(extractId, cancellationToken);
        if (extract.Row.State is not ExtractState.Claimed
            || await orchestrations.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken) is not null)
        {
            return;
        }

        try
        {
            await ExtractIntakeOrchestration.ScheduleAsync(
                orchestrations, new ExtractReference(extractId), new StartOptions { InstanceId = instanceId }, cancellationToken);
        }
        catch (InstanceExistsException)
        {
            // Another report of the same drop started it between our look and our start.
        }
    }

    private async Task<Claim> ClaimOnceAsync(BlobProperties drop, CancellationToken cancellationToken)
    {
        var row = new TableRow(drop.Blob.Container, drop.Blob.Name)
        {
            ["ExtractId"] = Reference.New(),
            ["ETag"] = drop.ETag.ToString(),
            ["Length"] = drop.Length,
            ["At"] = time.GetUtcNow(),
        };
        try
        {
            await stores.Registers.SubmitAsync(names.Claims, TableWrite.Insert(row), cancellationToken);
        }
        catch (StorageException e) when (e.Error is StorageError.AlreadyExists)
        {
            row = await stores.Registers.GetAsync(names.Claims, row.PartitionKey, row.RowKey, cancellationToken) ?? throw e;
        }

        return new(row.Get<string>("ExtractId"), row.Get<string>("ETag"), row.Get<long>("Length"), row.Get<DateTimeOffset>("At"));
    }

    private sealed record Claim(string ExtractId, string ETag, long Length, DateTimeOffset At);
}
