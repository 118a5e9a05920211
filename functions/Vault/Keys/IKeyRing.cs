namespace TfFlow.Vault.Keys;

/// <summary>Key-encryption keys, one per originator and epoch, and a few named secrets. Backed by a folder (local) or Key Vault.</summary>
/// <remarks>Every failure is a <see cref="KeyRingException"/>, but for a <see cref="KeyRetiredException"/>. Several processes may share a ring.</remarks>
public interface IKeyRing
{
    /// <summary>The originator's newest key-encryption key; the first is created when there is none.</summary>
    Task<KeyEncryptionKey> GetCurrentAsync(string originator, CancellationToken cancellationToken);

    /// <exception cref="KeyRetiredException">The ring has no such epoch, or no longer.</exception>
    Task<KeyEncryptionKey> GetAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>Starts the originator's next epoch. Keys wrapped before stay readable until their epoch is retired.</summary>
    Task<KeyId> RotateAsync(string originator, CancellationToken cancellationToken);

    /// <summary>Deletes an epoch's key; one that is gone is left so. Whatever is still wrapped under it cannot be opened again.</summary>
    Task RetireAsync(KeyId id, CancellationToken cancellationToken);

    /// <summary>A named 256-bit secret (household pseudonyms, look-up tokens), created on first use. The caller owns and zeroes it.</summary>
    /// <param name="name">Lower-case letters, digits and hyphens.</param>
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

public sealed class KeyRetiredException(KeyId id)
    : Exception($"Key-encryption key {id} is not in the key ring: it was retired, or this is another ring. What it wrapped cannot be opened.")
{
    public KeyId Id { get; } = id;
}

/// <summary>The ring cannot be used: where, why, and what to do.</summary>
public sealed class KeyRingException(string message, Exception? inner = null) : Exception(message, inner);
