using Azure.Storage.Blobs;
using TfFlow.Host.Azure.Storage;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure.Tests.Sdk.Storage;

[Collection(AzuriteFixture.Collection)]
public sealed class AzureBlobStoreTest(AzuriteFixture azurite) : BlobStoreContract
{
    protected override IBlobStore Store { get; } = new AzureBlobStore(new BlobServiceClient(ConnectionStrings.Of(azurite.Personal), AzureBlobStore.Options), TimeProvider.System);
}
