using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

public abstract partial class BlobStoreContract
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);

    private readonly Guid ours = Guid.NewGuid();
    private readonly Guid theirs = Guid.NewGuid();

    [Fact]
    public async Task A_lease_is_held_against_others_and_may_be_taken_again_by_its_holder()
    {
        await PutAsync("blob", 1);
        await Store.AcquireLeaseAsync(At("blob"), ours, Shortest, CancellationToken.None);
        await Store.AcquireLeaseAsync(At("blob"), ours, TimeSpan.FromSeconds(60), CancellationToken.None);
        await Store.RenewLeaseAsync(At("blob"), ours, CancellationToken.None);
        await RefusesAsync(StorageError.LeaseHeld, At("blob"), () => Store.AcquireLeaseAsync(At("blob"), theirs, Shortest, CancellationToken.None));
        await RefusesAsync(StorageError.LeaseHeld, At("blob"), () => Store.RenewLeaseAsync(At("blob"), theirs, CancellationToken.None));
        await RefusesAsync(StorageError.LeaseHeld, At("blob"), () => Store.ReleaseLeaseAsync(At("blob"), theirs, CancellationToken.None));
    }

    [Fact]
    public async Task A_lease_released_may_be_taken_by_another_and_is_then_lost()
    {
        await PutAsync("blob", 1);
        await Store.AcquireLeaseAsync(At("blob"), ours, Shortest, CancellationToken.None);
        await Store.ReleaseLeaseAsync(At("blob"), ours, CancellationToken.None);
        await Store.AcquireLeaseAsync(At("blob"), theirs, Shortest, CancellationToken.None);
        await RefusesAsync(StorageError.LeaseHeld, At("blob"), () => Store.RenewLeaseAsync(At("blob"), ours, CancellationToken.None));
    }

    [Fact]
    public async Task Of_many_that_want_a_lease_at_once_one_has_it()
    {
        await PutAsync("blob", 1);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            try
            {
                await Store.AcquireLeaseAsync(At("blob"), Guid.NewGuid(), Shortest, CancellationToken.None);
                return true;
            }
            catch (StorageException refusal) when (refusal.Error == StorageError.LeaseHeld)
            {
                return false;
            }
        }));
        Assert.Single(outcomes, outcome => outcome);
    }

    [Fact]
    public async Task A_leased_blob_can_be_read_but_neither_replaced_nor_deleted()
    {
        var blob = await PutAsync("blob", 1);
        await Store.AcquireLeaseAsync(At("blob"), ours, Shortest, CancellationToken.None);
        await RefusesAsync(StorageError.LeaseHeld, At("blob"), () => PutAsync("blob", 1));
        await RefusesAsync(StorageError.LeaseHeld, At("blob"), () => Store.DeleteAsync(At("blob"), ifMatch: null, CancellationToken.None));
        Assert.Equal(blob.ETag, (await Store.GetPropertiesAsync(At("blob"), CancellationToken.None))!.ETag);
        Assert.Single(await ReadAsync(At("blob")));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(61)]
    public async Task A_lease_lasts_15_to_60_seconds(int seconds)
    {
        await PutAsync("blob", 1);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Store.AcquireLeaseAsync(At("blob"), ours, TimeSpan.FromSeconds(seconds), CancellationToken.None));
    }

    [Fact]
    public Task A_blob_that_is_not_there_cannot_be_leased() =>
        RefusesAsync(StorageError.NotFound, At("blob"), () => Store.AcquireLeaseAsync(At("blob"), ours, Shortest, CancellationToken.None));

    [Fact]
    [Trait("Category", "Exhaustive")]
    public async Task A_lease_that_ran_out_may_be_taken_by_another()
    {
        await PutAsync("blob", 1);
        await Store.AcquireLeaseAsync(At("blob"), ours, Shortest, CancellationToken.None);
        await Task.Delay(Shortest + TimeSpan.FromSeconds(1), TimeProvider.System);
        await Store.AcquireLeaseAsync(At("blob"), theirs, Shortest, CancellationToken.None);
    }
}
