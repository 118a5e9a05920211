using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Storage;

[Collection(AzuriteFixture.Collection)]
public sealed class BlobStoreTest(AzuriteFixture azurite) : BlobStoreContract
{
    protected override IBlobStore Store { get; } = azurite.Blobs;
}

[Collection(AzuriteFixture.Collection)]
public sealed class TableStoreTest(AzuriteFixture azurite) : TableStoreContract
{
    protected override ITableStore Store { get; } = azurite.Tables;
}
