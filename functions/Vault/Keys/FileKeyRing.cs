using System.Security.Cryptography;
using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Keys;

/// <summary>The local key ring: a folder of 32-byte key files that only its owner may read.</summary>
/// <remarks>A key file appears whole or not at all, and never changes: of two processes that create the same key, the second finds the first's.
/// A retired key leaves a <c>.retired</c> file, so that its epoch is not given out again.</remarks>
public sealed class FileKeyRing(string folder) : IKeyRing
{
    private const string KeyExtension = ".key";
    private const string RetiredExtension = ".retired";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public Task<KeyEncryptionKey> GetCurrentAsync(string originator, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            OpenFolder();
            while (true)
            {
                var newest = NewestEpoch(originator);
                var id = new KeyId(originator, newest == 0 || IsRetired(new(originator, newest)) ? newest + 1 : newest);
                if (ToKek(id, Read(KeyNames.Kek(id)) ?? Create(KeyNames.Kek(id))) is { } kek)
                {
                    return kek;
                }
            }
        },
        cancellationToken);

    public Task<KeyEncryptionKey> GetAsync(KeyId id, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            OpenFolder();
            return ToKek(id, Read(KeyNames.Kek(id))) ?? throw new KeyRetiredException(id);
        },
        cancellationToken);

    public Task<KeyId> RotateAsync(string originator, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            OpenFolder();
            var next = new KeyId(originator, NewestEpoch(originator) + 1);
            CryptographicOperations.ZeroMemory(Create(KeyNames.Kek(next)));
            return next;
        },
        cancellationToken);

    public Task RetireAsync(KeyId id, CancellationToken cancellationToken) => Task.Run(
        () => Attempt(() =>
        {
            OpenFolder();
            var name = KeyNames.Kek(id);
            KeyFile.Publish(PathOf(name, RetiredExtension), [], OwnerOnly);
            KeyFile.Erase(PathOf(name, KeyExtension));
        }),
        cancellationToken);

    public Task<byte[]> GetSecretAsync(string name, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            OpenFolder();
            return Read(KeyNames.Secret(name)) ?? Create(KeyNames.Secret(name));
        },
        cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => Task.Run(OpenFolder, cancellationToken);

    private static void RefuseLoose(string path, UnixFileMode allowed)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & ~allowed) != 0)
        {
            throw new KeyRingException(
                $"{path} is open to others than its owner (mode {Convert.ToString((int)mode, 8)}): whoever can read it can open everything. Run: chmod {Convert.ToString((int)allowed, 8)} '{path}'");
        }
    }

    private void OpenFolder() => Attempt(() =>
    {
        PrivateFolder.Create(folder);
        RefuseLoose(folder, PrivateFolder.Mode);
    });

    // The newest of all epochs ever, retired ones included; 0 when there is none.
    private int NewestEpoch(string originator)
    {
        var newest = 0;
        Attempt(() => newest = Directory.EnumerateFiles(folder, "kek-*")
            .Select(path => KeyNames.EpochIn(Path.GetFileNameWithoutExtension(path), originator))
            .DefaultIfEmpty().Max());
        return newest;
    }

    // Retired is marked before the file is zeroed: asked after reading, it tells a key from zeros.
    private KeyEncryptionKey? ToKek(KeyId id, byte[]? key)
    {
        if (key is null)
        {
            return null;
        }

        using var secret = SecretBuffer.Take(key);
        return IsRetired(id) ? null : new KeyEncryptionKey(id, secret.Span);
    }

    private bool IsRetired(KeyId id) => File.Exists(PathOf(KeyNames.Kek(id), RetiredExtension));

    private byte[]? Read(string name)
    {
        byte[]? key = null;
        Attempt(() =>
        {
            var path = PathOf(name, KeyExtension);
            try
            {
                RefuseLoose(path, OwnerOnly);
                key = File.ReadAllBytes(path);
            }
            catch (FileNotFoundException)
            {
                return;
            }

            if (key.Length != KeyNames.KeySize)
            {
                throw new KeyRingException($"{path} has {key.Length} bytes, a key has {KeyNames.KeySize}: restore it from where you keep a copy; it is never made anew, because that would lose what it wrapped.");
            }
        });
        return key;
    }

    // The first to publish wins; everyone reads what was published.
    private byte[] Create(string name)
    {
        var key = RandomNumberGenerator.GetBytes(KeyNames.KeySize);
        try
        {
            Attempt(() => KeyFile.Publish(PathOf(name, KeyExtension), key, OwnerOnly));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }

        return Read(name) ?? throw new KeyRingException($"{PathOf(name, KeyExtension)} was removed while it was being created.");
    }

    private void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KeyRingException($"The key folder {folder} cannot be used: {failure.Message}", failure);
        }
    }

    private string PathOf(string name, string extension) => Path.Combine(folder, name + extension);
}
