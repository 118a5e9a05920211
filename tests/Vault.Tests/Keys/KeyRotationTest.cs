using TfFlow.TestKit;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Tests.Envelope;

namespace TfFlow.Vault.Tests.Keys;

[Collection(AzuriteFixture.Collection)]
public sealed class KeyRotationTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Originator = TestVault.Originator;

    private static readonly KeyId FirstEpoch = new(Originator, 1);

    private TestVault vault = null!;

    private DataKeys Keys => vault.Keys;

    public async Task InitializeAsync() => vault = await TestVault.CreateAsync(azurite);

    public Task DisposeAsync()
    {
        vault.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task After_rotation_and_rewrap_the_old_epoch_can_be_retired_and_everything_still_opens()
    {
        var blobs = new List<(string Reference, byte[] Sealed)>();
        for (var i = 0; i < 20; i++)
        {
            using var key = await Keys.CreateAsync($"personal/{i}", Originator, KeyGrain.Blob, default);
            blobs.Add((key.Reference, await Segments.SealAsync([(byte)i], key)));
        }

        using var other = await Keys.CreateAsync("personal/other", "westshire-schools", KeyGrain.Blob, default);
        (await Keys.OpenAsync(blobs[0].Reference, default)).Dispose();

        await vault.Ring.RotateAsync(Originator, default);
        Assert.Equal(20, await Keys.RewrapAsync(Originator, default));
        Assert.Equal(0, await Keys.RewrapAsync(Originator, default));
        await Keys.RetireAsync(FirstEpoch, default);

        for (var i = 0; i < 20; i++)
        {
            using var opened = await Keys.OpenAsync(blobs[i].Reference, default);
            Assert.Equal([(byte)i], Segments.Open(blobs[i].Sealed, opened));
            var row = await Keys.FindAsync(blobs[i].Reference, default);
            Assert.Equal((2, i == 0 ? 2 : 1), (row!.Epoch, row.Openings));
        }

        Assert.Equal(1, (await Keys.FindAsync(other.Reference, default))!.Epoch);
        await Assert.ThrowsAsync<KeyRetiredException>(() => vault.Ring.GetAsync(FirstEpoch, default));
    }

    [Fact]
    public async Task An_epoch_that_still_wraps_a_key_is_not_retired()
    {
        using var key = await Keys.CreateAsync("personal/one", Originator, KeyGrain.Blob, default);
        await vault.Ring.RotateAsync(Originator, default);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Keys.RetireAsync(FirstEpoch, default));

        Assert.Contains(key.Reference, refusal.Message, StringComparison.Ordinal);
        (await Keys.OpenAsync(key.Reference, default)).Dispose();
    }

    [Fact]
    public async Task A_copy_of_an_old_row_opens_nothing_once_its_epoch_is_retired()
    {
        using var key = await Keys.CreateAsync("personal/one", Originator, KeyGrain.Blob, default);
        var old = (await Keys.FindAsync(key.Reference, default))!;
        await vault.Ring.RotateAsync(Originator, default);
        await Keys.RewrapAsync(Originator, default);
        await Keys.RetireAsync(FirstEpoch, default);

        await vault.TamperAsync(key.Reference, "Wrapped", old.Wrapped);
        await vault.TamperAsync(key.Reference, "Epoch", old.Epoch);

        Assert.Equal(SealError.KeyRetired, (await Assert.ThrowsAsync<SealException>(() => Keys.OpenAsync(key.Reference, default))).Error);
    }

    [Fact]
    public async Task Openings_during_a_rewrap_all_succeed_and_are_counted()
    {
        using var key = await Keys.CreateAsync("personal/one", Originator, KeyGrain.Blob, default);
        await vault.Ring.RotateAsync(Originator, default);

        await Task.WhenAll([Keys.RewrapAsync(Originator, default), .. Enumerable.Range(0, 6).Select(async _ => (await Keys.OpenAsync(key.Reference, default)).Dispose())]);

        var row = await Keys.FindAsync(key.Reference, default);
        Assert.Equal((2, 6), (row!.Epoch, row.Openings));
    }

    [Fact]
    public async Task A_key_made_while_its_originator_rotates_ends_under_the_new_epoch()
    {
        var keys = new DataKeys(vault.Tables, new RotatesAfterFirstLook(vault.Ring), vault.Table);

        using var key = await keys.CreateAsync("personal/one", Originator, KeyGrain.Blob, default);

        Assert.Equal(2, (await Keys.FindAsync(key.Reference, default))!.Epoch);
        (await Keys.OpenAsync(key.Reference, default)).Dispose();
    }

    private sealed class RotatesAfterFirstLook(IKeyRing ring) : IKeyRing
    {
        private bool rotated;

        public async Task<KeyEncryptionKey> GetCurrentAsync(string originator, CancellationToken cancellationToken)
        {
            var current = await ring.GetCurrentAsync(originator, cancellationToken);
            if (!rotated)
            {
                rotated = true;
                await ring.RotateAsync(originator, cancellationToken);
                await ring.RetireAsync(current.Id, cancellationToken);
            }

            return current;
        }

        public Task<KeyEncryptionKey> GetAsync(KeyId id, CancellationToken cancellationToken) => ring.GetAsync(id, cancellationToken);

        public Task<KeyId> RotateAsync(string originator, CancellationToken cancellationToken) => ring.RotateAsync(originator, cancellationToken);

        public Task RetireAsync(KeyId id, CancellationToken cancellationToken) => ring.RetireAsync(id, cancellationToken);

        public Task<byte[]> GetSecretAsync(string name, CancellationToken cancellationToken) => ring.GetSecretAsync(name, cancellationToken);

        public Task CheckAsync(CancellationToken cancellationToken) => ring.CheckAsync(cancellationToken);
    }
}
