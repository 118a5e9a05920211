using TfFlow.Host.Local.Storage;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Storage;

[Collection(AzuriteFixture.Collection)]
public sealed class RestBlobStoreTest(AzuriteFixture azurite) : BlobStoreContract
{
    protected override IBlobStore Store { get; } = new RestBlobStore(azurite.Personal);
}
