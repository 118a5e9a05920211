using System.Security.Cryptography;
using System.Text;
using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Intake;

/// <summary>Turns a dropped file into exactly one intake, however often and from wherever it is reported.</summary>
public sealed class DropClaims(
    Stores stores, StoreNames names, Registers registers, Erasure erasure, Acts acts, IKeyRing keyRing, DurableTaskClient orchestrations, TimeProvider time)
{
    /// <summary>Claims the drop, or finishes a claim that was cut short.</summary>
    /// <returns>The extract's id; null for a file that no grant covers, or that came after its grant was used: it is removed.</returns>
    public async Task<string?> ClaimAsync(Id<Party> agency, BlobProperties drop, CancellationToken cancellationToken)
    {
        // A name we did not choose goes nowhere: not into a look-up, a register or a log.
        var grant = Reference.IsOne(drop.Blob.Name) ? await registers.Grants.FindAsync(drop.Blob.Name, cancellationToken) : null;
        if (grant is null || grant.Row.Agency != agency || grant.Row.State is GrantState.Expired)
        {
            await RemoveUnexpectedAsync(agency, drop, "drop.unexpected", cancellationToken);
            return null;
        }

        var claim = await ClaimOnceAsync(drop, cancellationToken);
        if (claim.ETag != drop.ETag.ToString())
        {
            await RefuseChangedAsync(claim.ExtractId, agency, drop, cancellationToken);
            return null;
        }

        await acts.PerformAsync(
            grant.Row.Act("drop.claim", nameof(DropClaims)) with { References = [grant.Row.Id, claim.ExtractId] },
            token => RecordAsync(grant, claim, drop, token),
            cancellationToken);
        await StartAsync(claim.ExtractId, cancellationToken);
        return claim.ExtractId;
    }

    private async Task RecordAsync(Registered<UploadGrant> grant, Claim claim, BlobProperties drop, CancellationToken cancellationToken)
    {
        if (grant.Row.State is GrantState.Issued)
        {
            try
            {
                await registers.Grants.ChangeAsync(grant, grant.Row with { State = GrantState.Claimed, ExtractId = claim.ExtractId }, cancellationToken);
            }
            catch (LostUpdateException)
            {
                // Another report of the same drop recorded the claim: the claim row names one extract for all of them.
                grant = await registers.Grants.GetAsync(grant.Row.Id, cancellationToken);
                if (grant.Row.ExtractId != claim.ExtractId)
                {
                    throw;
                }
            }
        }

        await registers.Extracts.TryAddAsync(
            new Extract
            {
                Id = claim.ExtractId,
                State = ExtractStage.Claimed,
                Agency = grant.Row.Agency,
                Organisation = grant.Row.Organisation,
                ClaimedAt = claim.At,
                GrantId = grant.Row.Id,
                Agreement = grant.Row.Agreement,
                AgreementVersion = grant.Row.AgreementVersion,
                Exchange = grant.Row.Exchange,
                Drop = new Drop(drop.Blob.Container, drop.Blob.Name, claim.ETag, drop.Length),
            },
            cancellationToken);
    }

    /// <summary>The register decides: what has left <see cref="ExtractStage.Claimed"/> was started before.</summary>
    private async Task StartAsync(Id<Extract> extractId, CancellationToken cancellationToken)
    {
        var instanceId = "intake-" + extractId;
        var extract = await registers.Extracts.GetAsync(extractId, cancellationToken);
        if (extract.Row.State is ExtractStage.Claimed && await orchestrations.GetInstanceAsync(instanceId, cancellationToken) is null)
        {
            // Refused when another report of the same drop started it between our look and our start.
            await orchestrations.TryStartAsync(nameof(ExtractIntakeOrchestration), new ExtractReference(extractId), instanceId, cancellationToken);
        }
    }

    /// <summary>What is read is what was claimed, at its ETag. Another file in its place is recorded; one that comes after the end is removed.</summary>
    private async Task RefuseChangedAsync(Id<Extract> extractId, Id<Party> agency, BlobProperties drop, CancellationToken cancellationToken)
    {
        var extract = await registers.Extracts.FindAsync(extractId, cancellationToken);
        if (extract?.Row.State is ExtractStage.Claimed or ExtractStage.Sealed or ExtractStage.Refused)
        {
            await RecordUnexpectedAsync(agency, drop, "drop.changed", _ => Task.CompletedTask, cancellationToken);
        }
        else
        {
            await RemoveUnexpectedAsync(agency, drop, "drop.changed", cancellationToken);
        }
    }

    private Task RemoveUnexpectedAsync(Id<Party> agency, BlobProperties drop, string act, CancellationToken cancellationToken) =>
        RecordUnexpectedAsync(agency, drop, act, token => erasure.DeleteAsync(drop.Blob, token), cancellationToken);

    private async Task RecordUnexpectedAsync(Id<Party> agency, BlobProperties drop, string act, Func<CancellationToken, Task> effect, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(drop, cancellationToken);
        await acts.PerformAsync(
            new LedgerAct { ActId = $"{act}.{token}", Act = act, Actor = nameof(DropClaims), Agency = agency, References = [token] },
            effect,
            cancellationToken);
    }

    /// <summary>Stands for a file whose name we did not choose: the name may say who it is about, and the token says nothing.</summary>
    private async Task<string> TokenAsync(BlobProperties drop, CancellationToken cancellationToken)
    {
        var key = await keyRing.GetSecretAsync("drop-names", cancellationToken);
        try
        {
            return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{drop.Blob}\n{drop.ETag}")))[..20];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async Task<Claim> ClaimOnceAsync(BlobProperties drop, CancellationToken cancellationToken)
    {
        var row = new TableRow(drop.Blob.Container, drop.Blob.Name)
        {
            ["ExtractId"] = Reference.New(),
            ["ETag"] = drop.ETag.ToString(),
            ["At"] = time.GetUtcNow(),
        };
        try
        {
            await stores.Registers.SubmitAsync(names.Claims, TableWrite.Insert(row), cancellationToken);
        }
        catch (StorageException e) when (e.Error is StorageError.AlreadyExists)
        {
            row = await stores.Registers.GetAsync(names.Claims, row.PartitionKey, row.RowKey, cancellationToken)
                ?? throw new InvalidOperationException($"The claim on {drop.Blob} was there and is gone: claim rows are never deleted.", e);
        }

        return new(row.Get<string>("ExtractId"), row.Get<string>("ETag"), row.Get<DateTimeOffset>("At"));
    }

    private sealed record Claim(Id<Extract> ExtractId, string ETag, DateTimeOffset At);
}
