using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Tests;

public class OutboxTest
{
    [Theory]
    [InlineData("a//b")]
    [InlineData("../certificates/a.json")]
    [InlineData("a\\b")]
    public async Task A_document_of_a_name_that_no_blob_has_is_not_there(string name)
    {
        const string account = "UseDevelopmentStorage=true"; // Nothing is sent to it.
        var outbox = new Outbox(new(new BlobStore(account), new TableStore(account), new TableStore(account)), new StoreNames());
        Assert.Null(await outbox.FindAsync("school-0", name, CancellationToken.None));
    }
}
