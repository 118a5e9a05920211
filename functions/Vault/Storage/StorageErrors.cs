using Azure;
using Azure.Identity;

namespace TfFlow.Vault.Storage;

/// <summary>The clients' exceptions in the ports' words ("Status and error codes" of the Blob and the Table service).</summary>
internal static class StorageErrors
{
    /// <exception cref="StorageException">Whatever the service refuses, or that it does not answer.</exception>
    public static async Task<T> CallAsync<T>(string operation, object resource, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (IsOfStore(e, cancellationToken))
        {
            throw Translate(operation, resource, e);
        }
    }

    /// <exception cref="FormatException">The connection string cannot be read. The clients' own messages may repeat parts of it.</exception>
    public static T Open<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("The connection string cannot be read: it is of the form Name=value;Name=value, with AccountName, AccountKey in base64 and, unless it is Azure's, the endpoints.");
        }
    }

    /// <remarks>A time-out is a cancellation that the caller did not ask for. An assembly that was not deployed is an <see cref="IOException"/> too, and no store that will answer later.</remarks>
    public static bool IsOfStore(Exception exception, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested
        && (exception is RequestFailedException or AuthenticationFailedException or AggregateException or HttpRequestException or TimeoutException or OperationCanceledException
            || exception is IOException and not (FileNotFoundException or FileLoadException));

    /// <remarks>A refusal is told by status and code alone: the client's own message holds what the service wrote, which may repeat the request.</remarks>
    public static StorageException Translate(string operation, object resource, Exception exception, int? failedWrite = null) => exception switch
    {
        RequestFailedException { Status: > 0 } refusal => From(refusal.Status, refusal.ErrorCode ?? "", operation, resource, failedWrite),
        AuthenticationFailedException signIn when SignIn.IsRefused(signIn) => new(StorageError.Refused, operation, $"{resource}", SignIn.Refused, exception),
        AuthenticationFailedException => new(StorageError.Unavailable, operation, $"{resource}", SignIn.Unanswered, exception),
        _ => new(StorageError.Unavailable, operation, $"{resource}", "the store does not answer; is it running?", exception),
    };

    public static StorageException From(int status, string code, string operation, object resource, int? failedWrite = null)
    {
        var error = Classify(status, code);
        return new(error, operation, $"{resource}", $"{Explain(error)} ({status}{(code.Length > 0 ? " " : "")}{code})") { FailedWrite = failedWrite };
    }

    private static StorageError Classify(int status, string code) => (status, code) switch
    {
        (409 or 412, _) when code.StartsWith("Lease", StringComparison.Ordinal) => StorageError.LeaseHeld,
        (409, _) when code.EndsWith("AlreadyExists", StringComparison.Ordinal) => StorageError.AlreadyExists,
        (409, _) when code.EndsWith("BeingDeleted", StringComparison.Ordinal) => StorageError.Unavailable,
        (413, _) or (_, "EntityTooLarge" or "PropertyValueTooLarge" or "RequestBodyTooLarge" or "BlockCountExceedsLimit") => StorageError.TooLarge,
        (404, _) => StorageError.NotFound,
        (412, _) => StorageError.ConditionNotMet,
        (401 or 403, _) => StorageError.Refused,
        (408 or 429 or >= 500, _) => StorageError.Unavailable,
        _ => StorageError.Invalid,
    };

    private static string Explain(StorageError error) => error switch
    {
        StorageError.NotFound => "it is not there",
        StorageError.AlreadyExists => "it is there already",
        StorageError.ConditionNotMet => "it was changed by another",
        StorageError.LeaseHeld => "another holds its lease",
        StorageError.Refused => "the service refused the credential or the upload address",
        StorageError.Unavailable => "the service is busy or failing",
        StorageError.TooLarge => "it is larger than the service takes",
        _ => "the service does not take the request",
    };
}
