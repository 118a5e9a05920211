using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Keys;

/// <summary>The key ring in Azure Key Vault: a secret per originator and epoch, because a single version of a secret cannot be deleted.</summary>
/// <remarks>A retired key is soft-deleted: it cannot be read, and the vault purges it 7 to 90 days later. Until then who may recover secrets
/// and holds an old key row can still open what it wrapped: the stated residual. Needs the permissions get, set, list and delete.</remarks>
public sealed class KeyVaultKeyRing(SecretClient client, TimeProvider time) : IKeyRing
{
    // Which version is the key never changes once it is known; nor does an epoch that was seen become unseen.
    private readonly ConcurrentDictionary<string, string> versions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> epochs = new(StringComparer.Ordinal);

    public async Task<KeyEncryptionKey> GetCurrentAsync(string originator, CancellationToken cancellationToken)
    {
        for (var epoch = Math.Max(1, await NewestEpochAsync(originator, cancellationToken)); ; epoch++)
        {
            var id = new KeyId(originator, epoch);
            var name = KeyNames.Kek(id);
            if ((await ReadAsync(name, cancellationToken) ?? await CreateAsync(name, cancellationToken)) is { } key)
            {
                epochs[originator] = epoch;
                return ToKek(id, key);
            }

            // Retired: the vault holds the name until it purges it.
        }
    }

    public async Task<KeyEncryptionKey> GetAsync(KeyId id, CancellationToken cancellationToken) =>
        ToKek(id, await ReadAsync(KeyNames.Kek(id), cancellationToken) ?? throw new KeyRetiredException(id));

    public async Task<KeyId> RotateAsync(string originator, CancellationToken cancellationToken)
    {
        for (var epoch = await NewestEpochAsync(originator, cancellationToken) + 1; ; epoch++)
        {
            var id = new KeyId(originator, epoch);
            if (await CreateAsync(KeyNames.Kek(id), cancellationToken) is { } key)
            {
                CryptographicOperations.ZeroMemory(key);
                epochs[originator] = epoch;
                return id;
            }
        }
    }

    public async Task RetireAsync(KeyId id, CancellationToken cancellationToken)
    {
        var name = KeyNames.Kek(id);
        var deletion = await CallAsync("Delete Secret", name, () => client.StartDeleteSecretAsync(name, cancellationToken), cancellationToken);
        if (deletion is not null)
        {
            await CallAsync("Get Deleted Secret", name, () => deletion.WaitForCompletionAsync(cancellationToken).AsTask(), cancellationToken);
        }

        versions.TryRemove(name, out _);
    }

    public async Task<byte[]> GetSecretAsync(string name, CancellationToken cancellationToken) =>
        await ReadAsync(KeyNames.Secret(name), cancellationToken)
        ?? await CreateAsync(KeyNames.Secret(name), cancellationToken)
        ?? throw new KeyRingException($"{client.VaultUri}: secret {KeyNames.Secret(name)} was deleted. Recover it: a new one would not match what the old one made.");

    public Task CheckAsync(CancellationToken cancellationToken) => CallAsync("List Secrets", "", async () =>
    {
        await foreach (var page in client.GetPropertiesOfSecretsAsync(cancellationToken).AsPages(pageSizeHint: 1))
        {
            return page;
        }

        return null;
    }, cancellationToken);

    private static KeyEncryptionKey ToKek(KeyId id, byte[] key)
    {
        using var secret = SecretBuffer.Take(key);
        return new(id, secret.Span);
    }

    private async Task<int> NewestEpochAsync(string originator, CancellationToken cancellationToken)
    {
        if (!epochs.TryGetValue(originator, out var newest))
        {
            newest = await CallAsync("List Secrets", "", async () =>
            {
                var found = 0;
                await foreach (var secret in client.GetPropertiesOfSecretsAsync(cancellationToken))
                {
                    found = Math.Max(found, KeyNames.EpochIn(secret.Name, originator));
                }

                return found;
            }, cancellationToken);
        }

        // Another process may have rotated since.
        while (await FindVersionAsync(KeyNames.Kek(new(originator, newest + 1)), cancellationToken) is not null)
        {
            newest++;
        }

        return newest;
    }

    private async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindVersionAsync(name, cancellationToken) is not { } version)
        {
            return null;
        }

        var secret = await CallAsync("Get Secret", name, () => client.GetSecretAsync(name, version, cancellationToken: cancellationToken), cancellationToken);
        if (secret is null)
        {
            versions.TryRemove(name, out _);
            return null;
        }

        var key = new byte[KeyNames.KeySize];
        return Convert.TryFromBase64String(secret.Value.Value, key, out var length) && length == key.Length
            ? key
            : throw new KeyRingException($"{client.VaultUri}: secret {name} is not a {8 * KeyNames.KeySize}-bit key in base64. TfFlow did not write it: find out who did.");
    }

    // Null when the vault holds the name for a deleted secret.
    private async Task<byte[]?> CreateAsync(string name, CancellationToken cancellationToken)
    {
        using var key = new SecretBuffer(KeyNames.KeySize);
        RandomNumberGenerator.Fill(key.Span);
        var secret = new KeyVaultSecret(name, Convert.ToBase64String(key.Span)) { Properties = { ContentType = "application/octet-stream;base64" } };
        try
        {
            await client.SetSecretAsync(secret, cancellationToken);
        }
        catch (RequestFailedException conflict) when (conflict.Status == 409)
        {
            // Deleted, or just being created by another process; reading tells.
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw Failed("Set Secret", name, failure);
        }

        return await ReadAsync(name, cancellationToken);
    }

    /// <summary>A secret cannot be created only if absent: two processes may each set a version. The key is the first one; the others are never used.</summary>
    private async Task<string?> FindVersionAsync(string name, CancellationToken cancellationToken)
    {
        if (versions.TryGetValue(name, out var known))
        {
            return known;
        }

        var first = await FirstVersionAsync(name, cancellationToken);

        // The vault tells whole seconds, and within one the version's name decides: wait until no other can come first.
        var second = TimeSpan.FromSeconds(1);
        if (first?.CreatedOn is { } createdOn && time.GetUtcNow() < createdOn + (2 * second))
        {
            await Task.Delay(2 * second, time, cancellationToken);
            first = await FirstVersionAsync(name, cancellationToken);
        }

        return first is null ? null : versions.GetOrAdd(name, first.Version);
    }

    private Task<SecretProperties?> FirstVersionAsync(string name, CancellationToken cancellationToken) => CallAsync("List Secret Versions", name, async () =>
    {
        SecretProperties? first = null;
        await foreach (var version in client.GetPropertiesOfSecretVersionsAsync(name, cancellationToken))
        {
            if (first is null || Precedes(version, first))
            {
                first = version;
            }
        }

        return first;
    }, cancellationToken);

    private static bool Precedes(SecretProperties one, SecretProperties other) => one.CreatedOn == other.CreatedOn
        ? string.CompareOrdinal(one.Version, other.Version) < 0
        : one.CreatedOn < other.CreatedOn;

    /// <returns>Null for 404.</returns>
    /// <remarks>A time-out is a cancellation that the caller did not ask for.</remarks>
    private async Task<T?> CallAsync<T>(string operation, string name, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException absent) when (absent.Status == 404)
        {
            return default;
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw Failed(operation, name, failure);
        }
    }

    private KeyRingException Failed(string operation, string name, Exception failure)
    {
        var (what, advice) = failure switch
        {
            RequestFailedException { Status: 401 or 403 } refused => ($"refused ({refused.Status} {refused.ErrorCode})", "Give this identity the permissions get, set, list and delete on secrets."),
            AuthenticationFailedException signIn => ($"not asked: {(SignIn.IsRefused(signIn) ? SignIn.Refused : SignIn.Unanswered)}", "Check the credential."),
            RequestFailedException { Status: not 0 } other => ($"answered {other.Status} {other.ErrorCode}", "Try again later."),
            _ => ($"not answered ({failure.GetType().Name})", "Check the vault's address, the network and the credential."),
        };
        return new KeyRingException($"Key Vault {client.VaultUri}: {operation} {name} {what}. {advice}", failure);
    }
}
