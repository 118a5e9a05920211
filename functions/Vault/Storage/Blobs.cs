using Azure;

namespace TfFlow.Vault.Storage;

public sealed record BlobAddress(string Container, string Name)
{
    /// <summary>Whether a blob can have this name here. Others mean another blob to the client, which cuts and resolves them as parts of an address.</summary>
    public static bool IsName(string name) => !name.Contains('\\', StringComparison.Ordinal) && name.Split('/').All(part => part is not ("" or "." or ".."));

    public override string ToString() => $"{Container}/{Name}";
}

public sealed record BlobProperties(BlobAddress Blob, long Length, ETag ETag, DateTimeOffset LastModified);

/// <summary>What a write demands of the blob that stands there.</summary>
public readonly record struct WriteCondition(bool MustNotExist, ETag? IfMatch)
{
    public static WriteCondition None => default;

    public static WriteCondition CreateOnly => new(true, null);

    public static WriteCondition Unchanged(ETag eTag) => new(false, eTag);
}

/// <summary>What an account keeps of a deleted blob. All false: deleted is gone.</summary>
public sealed record CopiesKept(bool SoftDelete, bool Versioning, bool Snapshots)
{
    public bool Any => SoftDelete || Versioning || Snapshots;
}

/// <summary>A blob's content from start to end, at one ETag.</summary>
public sealed class BlobDownload(BlobProperties properties, Stream content) : IAsyncDisposable
{
    public BlobProperties Properties { get; } = properties;

    public Stream Content { get; } = content;

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>A write-only stream; what is not committed never becomes visible.</summary>
public abstract class BlobWriter : Stream
{
    /// <exception cref="StorageException"><see cref="StorageError.AlreadyExists"/> or <see cref="StorageError.ConditionNotMet"/> when the condition does not hold.</exception>
    public abstract Task<BlobProperties> CommitAsync(CancellationToken cancellationToken);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
