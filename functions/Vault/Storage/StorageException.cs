namespace TfFlow.Vault.Storage;

public enum StorageError
{
    NotFound,
    AlreadyExists,

    /// <summary>An ETag no longer matches.</summary>
    ConditionNotMet,

    LeaseHeld,

    /// <summary>Authentication or authorisation failed.</summary>
    Refused,

    /// <summary>The service cannot be reached or is busy; worth trying again later.</summary>
    Unavailable,

    TooLarge,

    /// <summary>The service says the request is malformed.</summary>
    Invalid,
}

/// <summary>A storage operation failed: which operation, on which resource, and how.</summary>
public sealed class StorageException(StorageError error, string operation, string resource, string detail, Exception? inner = null)
    : Exception($"{operation} {resource}: {detail}", inner)
{
    public StorageError Error { get; } = error;

    /// <summary>The operation in the service's words: Put Blob, Insert Entity, …</summary>
    public string Operation { get; } = operation;

    /// <summary>container/blob or table(partition, row); never a SAS, never content.</summary>
    public string Resource { get; } = resource;

    /// <summary>In a transaction, the place of the write that failed; else null.</summary>
    public int? FailedWrite { get; init; }

    public bool IsTransient => Error is StorageError.Unavailable;
}
