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

        Assert.Equal(20, await Keys.RotateAsync(Originator, 2, default));
        Assert.Equal(20, await Keys.RotateAsync(Originator, 2, default));

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
    public async Task While_a_row_does_not_unwrap_no_earlier_key_is_deleted_and_the_others_open_as_before()
    {
        using var key = await Keys.CreateAsync("personal/one", Originator, KeyGrain.Blob, default);
        using var broken = await Keys.CreateAsync("personal/two", Originator, KeyGrain.Blob, default);
        await vault.TamperAsync(broken.Reference, "Wrapped", new byte[40]);

        Assert.Equal(SealError.UnwrapFailed, (await Assert.ThrowsAsync<SealException>(() => Keys.RotateAsync(Originator, 2, default))).Error);

        (await vault.Ring.GetAsync(FirstEpoch, default)).Dispose();
        (await Keys.OpenAsync(key.Reference, default)).Dispose();
    }

    [Fact]
    public async Task A_rotation_that_is_cut_short_goes_on_and_begins_no_other()
    {
        var references = new List<string>();
        for (var owner = 0; owner < 30; owner++)
        {
            using var key = await Keys.CreateAsync($"family{owner}-key", Originator, KeyGrain.Blob, default);
            references.Add(key.Reference);
        }

        using var stop = new CancellationTokenSource();
        var keys = new DataKeys(vault.Tables, new StopsAfter(vault.Ring, 12, stop), vault.Table);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keys.RotateAsync(Originator, 2, stop.Token));
        (await vault.Ring.GetAsync(FirstEpoch, default)).Dispose();

        Assert.Equal(30, await Keys.RotateAsync(Originator, 2, default));
        foreach (var reference in references)
        {
            Assert.Equal(2, (await Keys.FindAsync(reference, default))!.Epoch);
            (await Keys.OpenAsync(reference, default)).Dispose();
        }
    }

    [Fact]
    public async Task A_copy_of_an_old_row_opens_nothing_once_its_epoch_is_retired()
    {
        using var key = await Keys.CreateAsync("personal/one", Originator, KeyGrain.Blob, default);
        var old = (await Keys.FindAsync(key.Reference, default))!;
        await Keys.RotateAsync(Originator, 2, default);

        await vault.TamperAsync(key.Reference, "Wrapped", old.Wrapped);
        await vault.TamperAsync(key.Reference, "Epoch", old.Epoch);

        Assert.Equal(SealError.KeyRetired, (await Assert.ThrowsAsync<SealException>(() => Keys.OpenAsync(key.Reference, default))).Error);
    }

    [Fact]
    public async Task Openings_during_a_rewrap_all_succeed_and_are_counted()
    {
        using var key = await Keys.CreateAsync("personal/one", Originator, KeyGrain.Blob, default);
        await Task.WhenAll([Keys.RotateAsync(Originator, 2, default), .. Enumerable.Range(0, 6).Select(async _ => (await Keys.OpenAsync(key.Reference, default)).Dispose())]);

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

    /// <summary>A ring whose user is stopped while keys are unwrapped.</summary>
    private sealed class StopsAfter(IKeyRing ring, int looks, CancellationTokenSource stop) : IKeyRing
    {
        private int left = looks;

        public Task<KeyEncryptionKey> GetCurrentAsync(string originator, CancellationToken cancellationToken) => ring.GetCurrentAsync(originator, cancellationToken);

        public async Task<KeyEncryptionKey> GetAsync(KeyId id, CancellationToken cancellationToken)
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                await stop.CancelAsync();
            }

            return await ring.GetAsync(id, cancellationToken);
        }

        public Task<KeyId> RotateAsync(string originator, CancellationToken cancellationToken) => ring.RotateAsync(originator, cancellationToken);

        public Task RetireAsync(KeyId id, CancellationToken cancellationToken) => ring.RetireAsync(id, cancellationToken);

        public Task<byte[]> GetSecretAsync(string name, CancellationToken cancellationToken) => ring.GetSecretAsync(name, cancellationToken);

        public Task CheckAsync(CancellationToken cancellationToken) => ring.CheckAsync(cancellationToken);
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
