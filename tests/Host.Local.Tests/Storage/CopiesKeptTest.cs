using System.Text;
using Azure.Core;
using TfFlow.Host.Local.Storage;
using TfFlow.TestKit;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Storage;

[Collection(AzuriteFixture.Collection)]
public sealed class CopiesKeptTest(AzuriteFixture azurite)
{
    private readonly StorageAccount account = azurite.Server.Account(AzuriteFixture.CopiesAccount);

    [Fact]
    public async Task Soft_delete_and_snapshots_are_seen()
    {
        var store = new RestBlobStore(account);
        await store.CreateContainerAsync("drops", CancellationToken.None);
        Assert.Equal(new CopiesKept(false, false, false), await store.GetCopiesKeptAsync("drops", CancellationToken.None));

        await store.PutAsync(new BlobAddress("drops", "blob"), new byte[1], WriteCondition.None, CancellationToken.None);
        await SendAsync("/drops/blob?comp=snapshot", body: null);
        Assert.Equal(new CopiesKept(false, false, true), await store.GetCopiesKeptAsync("drops", CancellationToken.None));

        await store.DeleteAsync(new BlobAddress("drops", "blob"), ifMatch: null, CancellationToken.None);
        Assert.Equal(new CopiesKept(false, false, false), await store.GetCopiesKeptAsync("drops", CancellationToken.None));

        await SendAsync("/?restype=service&comp=properties", """
            <?xml version="1.0" encoding="utf-8"?><StorageServiceProperties><DeleteRetentionPolicy><Enabled>true</Enabled><Days>7</Days></DeleteRetentionPolicy></StorageServiceProperties>
            """);
        Assert.Equal(new CopiesKept(true, false, false), await store.GetCopiesKeptAsync("drops", CancellationToken.None));
    }

    private async Task SendAsync(string pathAndQuery, string? body)
    {
        var pipeline = new StorePipeline(account.BlobEndpoint, new StoreOptions(), BlobRequests.Version, new BlobSharedKeyPolicy(account));
        using var message = pipeline.CreateMessage(RequestMethod.Put, pathAndQuery);
        if (body is not null)
        {
            message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body));
        }

        var response = await pipeline.SendAsync(message, "Test", pathAndQuery, CancellationToken.None);
        Assert.False(response.IsError, response.ReasonPhrase);
    }
}
