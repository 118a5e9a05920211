using System.Security.Cryptography;
using Azure;
using Azure.Core.Pipeline;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Storage;

/// <summary>Where the official client would do otherwise than the port promises.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class BlobStoreClientTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string container = AzuriteFixture.FreshName("client");

    public Task InitializeAsync() => azurite.Blobs.CreateContainerAsync(container, CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("../a")]
    [InlineData("a/./b")]
    [InlineData("a/..")]
    [InlineData("a\\b")]
    public async Task A_name_that_the_client_would_change_is_refused_before_sending(string name)
    {
        var (requests, blob) = (0, new BlobAddress(container, name));
        var blobs = new BlobStore(azurite.Personal, LossyTransport.Showing(_ => requests++));
        foreach (var act in (Func<Task>[])
        [
            () => blobs.PutAsync(blob, new byte[1], WriteCondition.None, CancellationToken.None),
            () => blobs.OpenReadAsync(blob, ifMatch: null, CancellationToken.None),
            () => blobs.ReadRangeAsync(blob, 0, new byte[1], ifMatch: null, CancellationToken.None),
            () => blobs.GetPropertiesAsync(blob, CancellationToken.None),
            () => blobs.DeleteAsync(blob, ifMatch: null, CancellationToken.None),
            () => blobs.CreateUploadUriAsync(blob, DateTimeOffset.UnixEpoch, ipRange: null, CancellationToken.None),
        ])
        {
            await Assert.ThrowsAsync<ArgumentException>(act);
        }

        Assert.Throws<ArgumentException>(() => blobs.OpenWrite(blob, WriteCondition.None));
        Assert.Equal(0, requests);
        Assert.False(BlobAddress.IsName(name));
    }

    [Fact]
    public async Task An_etag_has_one_form_wherever_it_comes_from_and_is_taken_in_either()
    {
        var blob = new BlobAddress(container, "blob");
        var put = await azurite.Blobs.PutAsync(blob, new byte[1], WriteCondition.None, CancellationToken.None);
        await using var download = await azurite.Blobs.OpenReadAsync(blob, ifMatch: null, CancellationToken.None);
        var listed = await azurite.Blobs.ListAsync(container, prefix: null, CancellationToken.None).SingleAsync();
        string[] forms = [put.ETag.ToString(), download.Properties.ETag.ToString(), listed.ETag.ToString(), (await azurite.Blobs.GetPropertiesAsync(blob, CancellationToken.None))!.ETag.ToString()];
        Assert.Single(forms.Distinct());

        foreach (var form in (ETag[])[new(forms[0]), new(forms[0].Trim('"'))])
        {
            Assert.Equal(1, await azurite.Blobs.ReadRangeAsync(blob, 0, new byte[1], form, CancellationToken.None));
        }

        Assert.True(await azurite.Blobs.DeleteAsync(blob, new ETag(forms[0].Trim('"')), CancellationToken.None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(2_000_000)]
    public async Task A_small_blob_is_one_request(int length)
    {
        var requests = 0;
        var blobs = new BlobStore(azurite.Personal, LossyTransport.Showing(_ => requests++));
        await blobs.PutAsync(new(container, "put"), new byte[length], WriteCondition.CreateOnly, CancellationToken.None);
        await using var writer = blobs.OpenWrite(new(container, "written"), WriteCondition.CreateOnly);
        await writer.WriteAsync(new byte[length]);
        await writer.CommitAsync(CancellationToken.None);
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task A_refusal_names_operation_and_resource_and_repeats_nothing_of_the_request()
    {
        var stranger = azurite.Personal.Replace(Part("AccountKey", azurite.Personal), Part("AccountKey", azurite.Keys), StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<StorageException>(() => new BlobStore(stranger).GetPropertiesAsync(new(container, "blob"), CancellationToken.None));
        Assert.Equal((StorageError.Refused, "Get Blob Properties", $"{container}/blob"), (refusal.Error, refusal.Operation, refusal.Resource));
        Assert.Null(refusal.InnerException);

        static string Part(string name, string connectionString) => connectionString.Split(';').Single(part => part.StartsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_grant_by_an_identity_allows_what_one_by_the_key_does()
    {
        var (blob, expires) = (new BlobAddress("drop-school-0", "grant"), new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero));
        var byKey = await new BlobStore($"AccountName=council;AccountKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))}")
            .CreateUploadUriAsync(blob, expires, "10.0.0.1-10.0.0.9", CancellationToken.None);
        using var service = new HttpClientTransport(new DelegationKeyService());
        var byIdentity = await new BlobStore(new("https://council.blob.core.windows.net"), new DelegationKeyService.Identity(), TimeProvider.System, new() { Transport = service })
            .CreateUploadUriAsync(blob, expires, "10.0.0.1-10.0.0.9", CancellationToken.None);
        Assert.Equal(byKey.GetLeftPart(UriPartial.Path), byIdentity.GetLeftPart(UriPartial.Path));
        foreach (var name in (string[])["sp=c", "sr=b", "spr=https", "se=2031-05-01T12", "sip=10.0.0.1-10.0.0.9"])
        {
            Assert.Contains(name, Uri.UnescapeDataString(byKey.Query), StringComparison.Ordinal);
            Assert.Contains(name, Uri.UnescapeDataString(byIdentity.Query), StringComparison.Ordinal);
        }

        Assert.Contains("skoid=", byIdentity.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("AccountName=council;AccountKey=se*cret")]
    [InlineData("AccountName=council;AccountKey=c2VjcmV0;BlobEndpoint=secret;TableEndpoint=secret")]
    public void A_connection_string_that_cannot_be_read_is_refused_without_its_values(string connectionString)
    {
        foreach (var open in (Action[])[() => _ = new BlobStore(connectionString), () => _ = new TableStore(connectionString)])
        {
            var refusal = Assert.Throws<FormatException>(open);
            Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("se*cret", refusal.ToString(), StringComparison.Ordinal);
        }
    }
}
