namespace TfFlow.Vault.Storage;

/// <summary>What a storage service's refusal means, whoever speaks to it.</summary>
/// <remarks>"Status and error codes" of the Blob and the Table service.</remarks>
public static class StorageErrors
{
    public static StorageException From(int status, string code, string operation, string resource, int? failedWrite = null, Exception? inner = null)
    {
        var error = Classify(status, code);
        return new(error, operation, resource, $"{Explain(error)} ({status}{(code.Length > 0 ? " " : "")}{code})", inner) { FailedWrite = failedWrite };
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
