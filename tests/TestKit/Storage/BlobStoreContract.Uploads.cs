using System.Net;
using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit.Storage;

public abstract partial class BlobStoreContract
{
    private static readonly HttpClient Agency = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(20 * MiB)]
    public async Task An_upload_address_takes_one_blob(int length)
    {
        var content = Bytes(length);
        var address = await UploadAddressAsync();
        Assert.Equal(HttpStatusCode.Created, await SendAsync(HttpMethod.Put, address, content));
        AssertSame(content, await ReadAsync(At("drop/here")));
    }

    [Fact]
    public async Task An_upload_address_does_not_replace_a_blob()
    {
        var address = await UploadAddressAsync();
        await SendAsync(HttpMethod.Put, address, Bytes(10));
        var first = await Store.GetPropertiesAsync(At("drop/here"), CancellationToken.None);
        var status = await SendAsync(HttpMethod.Put, address, Bytes(10));
        Assert.True(status is HttpStatusCode.Forbidden or HttpStatusCode.Conflict, $"{status}");
        Assert.Equal(first, await Store.GetPropertiesAsync(At("drop/here"), CancellationToken.None));
    }

    [Fact]
    public async Task An_upload_address_allows_neither_reading_nor_deleting_nor_blocks()
    {
        var address = await UploadAddressAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, new Uri($"{address}&comp=block&blockid=AAAA"), Bytes(10)));
        await SendAsync(HttpMethod.Put, address, Bytes(10));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Get, address));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Head, address));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Delete, address));
        Assert.NotNull(await Store.GetPropertiesAsync(At("drop/here"), CancellationToken.None));
    }

    [Fact]
    public async Task An_upload_address_is_for_one_name_only()
    {
        var address = await UploadAddressAsync();
        var elsewhere = new Uri(address.AbsoluteUri.Replace("/here?", "/there?", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, elsewhere, Bytes(10)));
        Assert.Empty(await ListAsync(Container));
    }

    [Fact]
    public async Task An_upload_address_ends_with_its_time()
    {
        var address = await UploadAddressAsync(expiresIn: TimeSpan.FromMinutes(-1));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, address, Bytes(10)));
    }

    [Fact]
    public async Task An_upload_address_is_bound_to_its_senders()
    {
        // The emulator does not look where a request comes from; that the range is signed it does check.
        var address = await UploadAddressAsync(ipRange: "127.0.0.1-127.0.0.9");
        var widened = new Uri(address.AbsoluteUri.Replace("sip=127.0.0.1-127.0.0.9", "sip=127.0.0.1-127.255.0.9", StringComparison.Ordinal));
        Assert.NotEqual(address, widened);
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, widened, Bytes(10)));
        Assert.Equal(HttpStatusCode.Created, await SendAsync(HttpMethod.Put, address, Bytes(10)));
    }

    [Fact]
    public async Task An_account_that_keeps_no_copies_says_so()
    {
        await PutAsync("blob", 1);
        Assert.False((await Store.GetCopiesKeptAsync(Container, CancellationToken.None)).Any);
        Assert.Single(await ListAsync(Container));
    }

    protected Task<Uri> UploadAddressAsync(TimeSpan? expiresIn = null, string? ipRange = null) => Store.CreateUploadUriAsync(
        At("drop/here"), TimeProvider.System.GetUtcNow() + (expiresIn ?? TimeSpan.FromHours(1)), ipRange, CancellationToken.None);

    private static async Task<HttpStatusCode> SendAsync(HttpMethod method, Uri address, byte[]? content = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (content is not null)
        {
            request.Content = new ByteArrayContent(content);
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
        }

        using var response = await Agency.SendAsync(request);
        return response.StatusCode;
    }
}
