using System.Text;
using Microsoft.Extensions.Logging;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Durable;

/// <summary>One host is active: the one that holds the lease of a blob. Its id is kept in a local file behind a lock, so that a restart takes the lease back at once.</summary>
internal sealed class HostLease(IBlobStore blobs, BlobAddress blob, LocalDurableOptions options, Patience patience, ILogger log) : IDisposable
{
    // A lease is real: it is kept in real time whatever the orchestrations' clock.
    private static readonly TimeProvider Time = TimeProvider.System;

    private FileStream? file;
    private Guid leaseId;

    /// <summary>Waits until this host is the active one.</summary>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        await LockFileAsync(cancellationToken);
        await patience.TryAsync(() => blobs.CreateContainerAsync(blob.Container, cancellationToken), cancellationToken);
        for (var told = false; !await TryAcquireAsync(cancellationToken); told = true)
        {
            if (!told)
            {
                log.StandingBy(blob.ToString());
            }

            await Task.Delay(TimeSpan.FromSeconds(1), Time, cancellationToken);
        }
    }

    /// <summary>Keeps the lease; returns when another host has taken it.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        do
        {
            await Task.Delay(options.LeaseDuration / 4, Time, cancellationToken);
        }
        while (await TryAcquireAsync(cancellationToken));
        log.LeaseLost(blob.ToString());
    }

    /// <summary>Lets another host take over at once.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await blobs.ReleaseLeaseAsync(blob, leaseId, cancellationToken);
        }
        catch (StorageException e)
        {
            log.LeaseNotReleased(blob.ToString(), e.Message);
        }
    }

    public void Dispose() => file?.Dispose();

    /// <returns>False when another host holds it.</returns>
    private Task<bool> TryAcquireAsync(CancellationToken cancellationToken) => patience.TryAsync(
        async _ =>
        {
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    await blobs.AcquireLeaseAsync(blob, leaseId, options.LeaseDuration, cancellationToken);
                    return true;
                }
                catch (StorageException e) when (e.Error == StorageError.LeaseHeld)
                {
                    return false;
                }
                catch (StorageException e) when (e.Error == StorageError.NotFound && attempt == 0)
                {
                    await CreateBlobAsync(cancellationToken);
                }
            }
        },
        cancellationToken);

    private async Task CreateBlobAsync(CancellationToken cancellationToken)
    {
        try
        {
            await blobs.PutAsync(blob, "The host that leases this blob runs the orchestrations."u8.ToArray(), WriteCondition.CreateOnly, cancellationToken);
        }
        catch (StorageException e) when (e.Error is StorageError.AlreadyExists or StorageError.LeaseHeld or StorageError.ConditionNotMet)
        {
            // Another host was first.
        }
    }

    private async Task LockFileAsync(CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(options.LeaseFile);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file ??= await LockFile.WaitAsync(path, () => log.StandingBy(path), Time, cancellationToken);
        var text = new byte[36];
        file.Position = 0;
        var read = await file.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken);
        if (Guid.TryParse(Encoding.ASCII.GetString(text, 0, read), out leaseId))
        {
            return;
        }

        leaseId = Guid.NewGuid();
        file.SetLength(0);
        await file.WriteAsync(Encoding.ASCII.GetBytes(leaseId.ToString()), cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
