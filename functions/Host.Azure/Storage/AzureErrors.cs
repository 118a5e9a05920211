using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure.Storage;

/// <summary>The official clients' exceptions in the ports' words.</summary>
internal static class AzureErrors
{
    /// <exception cref="StorageException">Whatever else the service says, or that it does not answer.</exception>
    public static async Task<T> CallAsync<T>(string operation, object resource, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (IsOfTransport(e))
        {
            throw Translate(operation, resource, e);
        }
    }

    /// <remarks>An assembly that was not deployed is an <see cref="IOException"/> too, and no store that will answer later.</remarks>
    public static bool IsOfTransport(Exception exception) =>
        exception is RequestFailedException or AggregateException or HttpRequestException or TimeoutException
        || exception is IOException and not (FileNotFoundException or FileLoadException);

    public static StorageException Translate(string operation, object resource, Exception exception, int? failedWrite = null) =>
        exception is RequestFailedException { Status: > 0 } refusal
            ? StorageErrors.From(refusal.Status, refusal.ErrorCode ?? "", operation, resource.ToString()!, failedWrite, refusal)
            : new(StorageError.Unavailable, operation, resource.ToString()!, "the service does not answer", exception);
}
