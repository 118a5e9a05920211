using Azure.Storage.Blobs;
using TfFlow.TestKit;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Storage;

[Collection(AzuriteFixture.Collection)]
public sealed class CopiesKeptTest(AzuriteFixture azurite)
{
    private readonly string account = azurite.Server.ConnectionString(AzuriteFixture.CopiesAccount);

    [Fact]
    public async Task Soft_delete_and_snapshots_are_seen()
    {
        var (store, service, drop) = (new BlobStore(account), new BlobServiceClient(account, new StoreOptions().ForBlobs()), new BlobAddress("drops", "blob"));
        await store.CreateContainerAsync(drop.Container, CancellationToken.None);
        Assert.Equal(new CopiesKept(false, false, false), await store.GetCopiesKeptAsync(drop.Container, CancellationToken.None));

        await store.PutAsync(drop, new byte[1], WriteCondition.None, CancellationToken.None);
        await service.GetBlobContainerClient(drop.Container).GetBlobClient(drop.Name).CreateSnapshotAsync();
        Assert.Equal(new CopiesKept(false, false, true), await store.GetCopiesKeptAsync(drop.Container, CancellationToken.None));

        await store.DeleteAsync(drop, ifMatch: null, CancellationToken.None);
        Assert.Equal(new CopiesKept(false, false, false), await store.GetCopiesKeptAsync(drop.Container, CancellationToken.None));

        var properties = (await service.GetPropertiesAsync()).Value;
        properties.DeleteRetentionPolicy = new() { Enabled = true, Days = 7 };
        await service.SetPropertiesAsync(properties);
        Assert.Equal(new CopiesKept(true, false, false), await store.GetCopiesKeptAsync(drop.Container, CancellationToken.None));
    }
}
