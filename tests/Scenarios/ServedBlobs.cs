using TfFlow.Cli.Demo;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios;

/// <summary>Everything an account still serves.</summary>
internal static class ServedBlobs
{
    public static async Task AssertNoneAsync(string account, IReadOnlyList<string> texts)
    {
        var blobs = new BlobStore(account);
        foreach (var container in (string[])["vault", "drop-school-0", "outbox-school-0", "ledger"])
        {
            await foreach (var blob in blobs.ListAsync(container, prefix: null, World.Patience))
            {
                await using var download = await blobs.OpenReadAsync(blob.Blob, ifMatch: null, World.Patience);
                using var content = new MemoryStream();
                await download.Content.CopyToAsync(content);
                Assert.Empty(CanaryScan.Bytes(blob.Blob.ToString(), content.ToArray(), texts));
            }
        }
    }
}
