using TfFlow.Host.Local.Storage;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Storage;

[Collection(AzuriteFixture.Collection)]
public sealed class RestTableStoreTest(AzuriteFixture azurite) : TableStoreContract
{
    protected override ITableStore Store { get; } = new RestTableStore(azurite.Host);
}
