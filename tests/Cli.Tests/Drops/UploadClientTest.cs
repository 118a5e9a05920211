using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Security.Cryptography;
using Azure.Core.Diagnostics;
using TfFlow.Cli.Drops;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Cli.Tests.Drops;

[Collection(AzuriteFixture.Collection)]
public sealed class UploadClientTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly BlobAddress blob = new(AzuriteFixture.FreshName("drops"), "of/agency");

    public Task InitializeAsync() => azurite.Blobs.CreateContainerAsync(blob.Container, CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_stream_is_uploaded_from_where_it_stands_and_left_open()
    {
        var content = RandomNumberGenerator.GetBytes(20_000_000);
        using var stream = new MemoryStream(content) { Position = 5 };
        var confirmed = await UploadClient.PutAsync(await AddressAsync(), stream, CancellationToken.None);

        await using var download = await azurite.Blobs.OpenReadAsync(blob, ifMatch: null, CancellationToken.None);
        Assert.True(confirmed);
        using var read = new MemoryStream();
        await download.Content.CopyToAsync(read);
        Assert.True(content.AsSpan(5).SequenceEqual(read.ToArray()));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task An_upload_whose_reply_was_lost_is_unconfirmed_and_in_place()
    {
        var content = RandomNumberGenerator.GetBytes(1000);
        using var stream = new MemoryStream(content);
        var confirmed = await UploadClient.PutAsync(await AddressAsync(), stream, CancellationToken.None, LossyTransport.LosingFirst(_ => true));
        Assert.False(confirmed);
        var standing = new byte[1000];
        await azurite.Blobs.ReadRangeAsync(blob, 0, standing, ifMatch: null, CancellationToken.None);
        Assert.Equal(content, standing);
    }

    [Fact]
    public async Task An_address_used_before_is_refused()
    {
        var address = await AddressAsync();
        using var stream = new MemoryStream([1]);
        await UploadClient.PutAsync(address, stream, CancellationToken.None);
        stream.Position = 0;
        var refusal = await Assert.ThrowsAsync<StorageException>(() => UploadClient.PutAsync(address, stream, CancellationToken.None));
        Assert.True(refusal.Error is StorageError.Refused or StorageError.AlreadyExists, refusal.Message);
    }

    [Fact]
    public async Task An_upload_is_one_request_however_long()
    {
        var requests = 0;
        using var stream = new MemoryStream(new byte[300_000_000]);
        await UploadClient.PutAsync(await AddressAsync(), stream, CancellationToken.None, LossyTransport.Showing(_ => requests++));
        Assert.Equal(1, requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40_000_000)]
    public async Task An_address_that_has_expired_is_refused(int length)
    {
        using var stream = new MemoryStream(new byte[length]);
        var address = await AddressAsync(expiresIn: TimeSpan.FromHours(-1));
        var refusal = await Assert.ThrowsAsync<StorageException>(() => UploadClient.PutAsync(address, stream, CancellationToken.None));
        Assert.Equal(StorageError.Refused, refusal.Error);
    }

    [Fact]
    public async Task Neither_refusals_nor_logs_carry_the_signature()
    {
        var address = await AddressAsync(expiresIn: TimeSpan.FromHours(-1));
        var logged = new ConcurrentQueue<string>();
        using var stream = new MemoryStream([1]);
        StorageException refusal;
        using (new AzureEventSourceListener((_, message) => logged.Enqueue(message), EventLevel.Verbose))
        {
            refusal = await Assert.ThrowsAsync<StorageException>(() => UploadClient.PutAsync(address, stream, CancellationToken.None));
        }

        var signature = address.Query[(address.Query.IndexOf("sig=", StringComparison.Ordinal) + 4)..];
        Assert.Equal(StorageError.Refused, refusal.Error);
        Assert.Contains(blob.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(logged, message => message.Contains(blob.Name, StringComparison.Ordinal));
        foreach (var text in (string[])[refusal.ToString(), .. logged])
        {
            Assert.DoesNotContain(signature, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.UnescapeDataString(signature), text, StringComparison.Ordinal);
        }
    }

    private Task<Uri> AddressAsync(TimeSpan? expiresIn = null) => azurite.Blobs.CreateUploadUriAsync(
        blob, TimeProvider.System.GetUtcNow() + (expiresIn ?? TimeSpan.FromHours(1)), ipRange: null, CancellationToken.None);
}
