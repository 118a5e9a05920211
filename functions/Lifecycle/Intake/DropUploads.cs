using System.Security.Cryptography;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Intake;

/// <summary>Puts a sealed file for a browser, which may speak to its own host alone: where its grant says, once.</summary>
public sealed class DropUploads(Stores stores, StoreNames names, Registers registers, Acts acts, TimeProvider time)
{
    /// <summary>The most that is taken this way: Azure Functions passes on no larger request. The grant's own address takes 5,000 MiB.</summary>
    public const long MostBytes = 200L * 1024 * 1024;

    private const int BufferSize = 64 * 1024;

    private static readonly Refusal NotYours = new("drop.no-grant", "There is no leave to drop under this reference that you asked for. Choose the file again.");
    private static readonly Refusal Over = new("drop.over", "The leave to drop is used or over: it is for one file, and for four hours. Choose the file again.");

    /// <param name="content">The sealed drop (docs/drop-format.md); read once, in bounded memory.</param>
    /// <param name="cancellationToken">Cancelled when the sender goes away: then nothing lies there, and the attempt is recorded as failed.</param>
    /// <returns>Why it was not put; null when it was.</returns>
    public async Task<Refusal?> PutAsync(CaseCaller by, Id<Party> agency, string grantId, Stream content, CancellationToken cancellationToken)
    {
        if (!Reference.IsOne(grantId) || await registers.Grants.FindAsync(grantId, cancellationToken) is not { Row: var grant }
            || grant.Agency != agency || grant.Account != by.Account)
        {
            return NotYours;
        }

        if (grant.State is not GrantState.Issued || grant.ExpiresAt <= time.GetUtcNow())
        {
            return Over;
        }

        // An act that has its outcome is not run again: a second file under one grant is not read.
        var put = false;
        try
        {
            await acts.PerformAsync(
                grant.Act("drop.put", by.Account) with { Role = by.Role },
                async _ =>
                {
                    var sha256 = await WriteAsync(new(names.Drops(agency), grant.Id), content, cancellationToken);
                    put = true;
                    return new ActResult { Hash = sha256 };
                },
                CancellationToken.None);
        }
        catch (StorageException taken) when (taken.Error is StorageError.AlreadyExists)
        {
            // Another request, or the grant's own address, was first.
        }

        return put ? null : Over;
    }

    /// <returns>The SHA-256 of what was written, in lower-case hex.</returns>
    private async Task<string> WriteAsync(BlobAddress drop, Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var blob = stores.Blobs.OpenWrite(drop, WriteCondition.CreateOnly);
        var buffer = new byte[BufferSize];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await blob.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        await blob.CommitAsync(cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
