using System.Security.Cryptography;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Tests.Keys;

/// <summary>What every key ring does.</summary>
public abstract class KeyRingContract
{
    private const string Police = "northshire-police";
    private const string Schools = "westshire-schools-2";

    private static readonly byte[] DataKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>The same ring, as another process sees it.</summary>
    protected abstract IKeyRing Open();

    [Fact]
    public async Task The_first_key_is_made_on_first_use_and_is_the_same_in_every_process()
    {
        using var made = await Open().GetCurrentAsync(Police, default);
        using var found = await Open().GetCurrentAsync(Police, default);

        Assert.Equal(new KeyId(Police, 1), made.Id);
        Assert.Equal(made.Id, found.Id);
        Assert.Equal(DataKey, found.Unwrap(made.Wrap(DataKey)));
    }

    [Fact]
    public async Task Each_originator_has_a_key_of_its_own()
    {
        var ring = Open();
        using var one = await ring.GetCurrentAsync(Police, default);
        using var other = await ring.GetCurrentAsync(Schools, default);

        Assert.Equal(new KeyId(Schools, 1), other.Id);
        Assert.Throws<CryptographicException>(() => other.Unwrap(one.Wrap(DataKey)));
    }

    [Fact]
    public async Task An_originator_whose_name_begins_like_anothers_has_epochs_of_its_own()
    {
        var ring = Open();
        await ring.RotateAsync("north", default);
        await ring.RotateAsync("north-2", default);
        await ring.RotateAsync("north-2", default);

        using var current = await Open().GetCurrentAsync("north", default);

        Assert.Equal(new KeyId("north", 1), current.Id);
    }

    [Fact]
    public async Task A_rotation_starts_the_next_epoch_in_every_process_and_the_old_key_still_opens()
    {
        var (ring, other) = (Open(), Open());
        using var before = await ring.GetCurrentAsync(Police, default);
        using var seen = await other.GetCurrentAsync(Police, default);
        var wrapped = before.Wrap(DataKey);

        var next = await ring.RotateAsync(Police, default);

        Assert.Equal(new KeyId(Police, 2), next);
        using var current = await other.GetCurrentAsync(Police, default);
        Assert.Equal(next, current.Id);
        Assert.Throws<CryptographicException>(() => current.Unwrap(wrapped));
        using var old = await other.GetAsync(before.Id, default);
        Assert.Equal(DataKey, old.Unwrap(wrapped));
    }

    [Fact]
    public async Task A_retired_key_cannot_be_read_by_any_process()
    {
        var (ring, other) = (Open(), Open());
        var old = await ring.RotateAsync(Police, default);
        (await other.GetAsync(old, default)).Dispose();
        await ring.RotateAsync(Police, default);

        await ring.RetireAsync(old, default);

        foreach (var process in new[] { ring, other, Open() })
        {
            Assert.Equal(old, (await Assert.ThrowsAsync<KeyRetiredException>(() => process.GetAsync(old, default))).Id);
        }
    }

    [Fact]
    public async Task Retiring_twice_is_retiring_once()
    {
        var ring = Open();
        var old = await ring.RotateAsync(Police, default);

        await ring.RetireAsync(old, default);
        await Open().RetireAsync(old, default);

        await Assert.ThrowsAsync<KeyRetiredException>(() => ring.GetAsync(old, default));
    }

    [Fact]
    public async Task The_epoch_of_a_retired_key_is_not_given_out_again()
    {
        var (ring, other) = (Open(), Open());
        var newest = await ring.RotateAsync(Police, default);
        (await other.GetCurrentAsync(Police, default)).Dispose();

        await ring.RetireAsync(newest, default);

        foreach (var process in new[] { ring, other, Open() })
        {
            using var current = await process.GetCurrentAsync(Police, default);
            Assert.Equal(newest.Epoch + 1, current.Id.Epoch);
        }

        Assert.Equal(newest.Epoch + 2, (await Open().RotateAsync(Police, default)).Epoch);
    }

    [Fact]
    public async Task An_epoch_that_never_was_cannot_be_read() =>
        await Assert.ThrowsAsync<KeyRetiredException>(() => Open().GetAsync(new(Police, 7), default));

    [Fact]
    public async Task A_named_secret_is_256_bits_made_on_first_use_and_the_same_in_every_process()
    {
        var made = await Open().GetSecretAsync("household-pseudonyms", default);
        var other = await Open().GetSecretAsync("look-up-tokens", default);

        Assert.Equal(32, made.Length);
        Assert.NotEqual(made, other);
        Assert.Equal(made, await Open().GetSecretAsync("household-pseudonyms", default));
    }

    [Fact]
    public async Task Processes_that_create_the_same_key_at_once_all_get_the_same()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Open().GetSecretAsync("raced", default))));
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Open().GetCurrentAsync(Police, default))));

        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.All(keys, key => Assert.Equal(DataKey, key.Unwrap(keys[0].Wrap(DataKey))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../elsewhere")]
    [InlineData("Northshire")]
    [InlineData("north_shire")]
    [InlineData("north shire")]
    public async Task A_name_that_is_not_lower_case_letters_digits_and_hyphens_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Open().GetCurrentAsync(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Open().RotateAsync(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Open().GetSecretAsync(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Open().RetireAsync(new(name, 1), default));
    }

    [Fact]
    public async Task A_check_reaches_the_ring() => await Open().CheckAsync(default);

    [Fact]
    public async Task The_signing_key_of_a_name_is_the_same_in_every_process()
    {
        using var one = await Open().GetSigningKeyAsync("ledger-checkpoints", default);
        using var again = await Open().GetSigningKeyAsync("ledger-checkpoints", default);
        using var other = await Open().GetSigningKeyAsync("another", default);
        byte[] message = [1, 2, 3];

        var signature = one.SignData(message, HashAlgorithmName.SHA256);

        Assert.True(again.VerifyData(message, signature, HashAlgorithmName.SHA256));
        Assert.False(other.VerifyData(message, signature, HashAlgorithmName.SHA256));
    }
}
