using Azure.Storage.Queues;

namespace TfFlow.Vault.Storage;

/// <summary>Queues of an emulator. In the cloud the template makes them.</summary>
public static class Queues
{
    /// <summary>Creates the queue if it is not there yet.</summary>
    /// <exception cref="StorageException">The emulator refuses, or does not answer.</exception>
    public static Task CreateAsync(string connectionString, string queue, CancellationToken cancellationToken) => StorageErrors.CallAsync(
        "Create Queue",
        queue,
        () => StorageErrors.Open(() => new QueueClient(connectionString, queue, new StoreOptions().ForQueues())).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
        cancellationToken);
}
