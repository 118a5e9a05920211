using Azure.Data.Tables;
using TfFlow.Host.Azure.Storage;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure.Tests.Sdk.Storage;

[Collection(AzuriteFixture.Collection)]
public sealed class AzureTableStoreTest(AzuriteFixture azurite) : TableStoreContract
{
    protected override ITableStore Store { get; } = new AzureTableStore(new TableServiceClient(ConnectionStrings.Of(azurite.Host)));
}
