namespace TfFlow.Vault.Keys;

/// <summary>Key-encryption keys, one per originator and epoch, and a few named secrets. Backed by a file (local) or Key Vault.</summary>
public interface IKeyRing
{
    /// <summary>The originator's newest key-encryption key; the first is created when there is none.</summary>
    Task<KeyEncryptionKey> GetCurrentAsync(string originator, CancellationToken cancellationToken);

    /// <exception cref="KeyRetiredException">The epoch was retired.</exception>
    Task<KeyEncryptionKey> GetAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>Starts the originator's next epoch. Keys wrapped before stay readable until their epoch is retired.</summary>
    Task<KeyId> RotateAsync(string originator, CancellationToken cancellationToken);

    /// <summary>Deletes an epoch's key. Whatever is still wrapped under it cannot be opened again.</summary>
    Task RetireAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>A named 256-bit secret (household pseudonyms, look-up tokens), created on first use. The caller owns and zeroes it.</summary>
    Task<byte[]> GetSecretAsync(string name, CancellationToken cancellationToken);

    /// <summary>Reaches the ring without touching a key.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <param name="Originator">Lower-case letters, digits and hyphens.</param>
/// <param name="Epoch">From 1.</param>
public sealed record KeyId(string Originator, int Epoch)
{
    public override string ToString() => $"{Originator}.{Epoch}";
}

public sealed class KeyRetiredException(KeyId id) : Exception($"Key-encryption key {id} is retired: what it wrapped can no longer be opened.")
{
    public KeyId Id { get; } = id;
}
