using System.Text;
using TfFlow.Host.Azure.Functions;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure.Tests.Functions;

public sealed class BlobCreatedTest
{
    private const string Event = """
        {
          "specversion": "1.0", "type": "Microsoft.Storage.BlobCreated", "id": "9aeb0fdf-c01e-0131-0922-9eb54906e209", "time": "2026-04-06T09:13:39.4589254Z",
          "source": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a",
          "subject": "SUBJECT",
          "data": { "api": "PutBlob", "eTag": "0x8D4BCC2E4835CD0", "contentLength": 524288, "blobType": "BlockBlob", "sequencer": "00000000000004420000000000028963" }
        }
        """;

    [Theory]
    [InlineData("/blobServices/default/containers/drop-midshire-police/blobs/4f1c", "drop-midshire-police", "4f1c")]
    [InlineData("blobServices/default/containers/drop-midshire-police/blobs/4f1c", "drop-midshire-police", "4f1c")]
    [InlineData("/blobServices/default/containers/c/blobs/a/blobs/b%20c d", "c", "a/blobs/b%20c d")]
    public void The_event_says_where_the_blob_lies(string subject, string container, string name) =>
        Assert.Equal(new BlobAddress(container, name), BlobCreated.Parse(Event.Replace("SUBJECT", subject, StringComparison.Ordinal)));

    [Fact]
    public void An_event_in_base64_is_the_same_event()
    {
        var message = Event.Replace("SUBJECT", "/blobServices/default/containers/c/blobs/b", StringComparison.Ordinal);
        Assert.Equal(new BlobAddress("c", "b"), BlobCreated.Parse(Convert.ToBase64String(Encoding.UTF8.GetBytes(message))));
    }

    public static TheoryData<string> Others => new(
        "", "{", "{}", "[]", "null", "bnVsbA==", "Ellen Example", "{\"type\":\"Microsoft.Storage.BlobCreated\"}",
        Event.Replace("SUBJECT", "/blobServices/default/containers/Ellen Example", StringComparison.Ordinal),
        Event.Replace("SUBJECT", "/tableServices/default/containers/c/blobs/Ellen Example", StringComparison.Ordinal),
        Event.Replace("BlobCreated", "BlobDeleted", StringComparison.Ordinal).Replace("SUBJECT", "/blobServices/default/containers/c/blobs/Ellen Example", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Others))]
    public void Anything_else_is_refused_without_repeating_it(string message)
    {
        var refusal = Assert.Throws<FormatException>(() => BlobCreated.Parse(message));
        Assert.Contains("infra/main.bicep", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Ellen", refusal.ToString(), StringComparison.Ordinal);
    }
}
