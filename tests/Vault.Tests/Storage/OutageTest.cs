using System.Security.Cryptography;
using TfFlow.Host.Local.Azurite;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Storage;

public sealed class OutageTest : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("tfflow-outage-").FullName;
    private AzuriteServer azurite = null!;

    public async Task InitializeAsync() => azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder }, CancellationToken.None);

    public async Task DisposeAsync()
    {
        await azurite.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_store_that_is_restarted_is_waited_for_and_both_are_told()
    {
        var told = new List<string>();
        var options = new StoreOptions { MaxRetries = 1000, MaxDelay = TimeSpan.FromSeconds(0.2) }; // However slowly it restarts.
        options.Reachability.Lost += _ => told.Add("lost");
        options.Reachability.Back += _ => told.Add("back");
        var blobs = new BlobStore(azurite.ConnectionString(AzuriteAccounts.Personal), options);
        var blob = new BlobAddress("drops", "blob");
        await blobs.CreateContainerAsync(blob.Container, CancellationToken.None);

        var content = RandomNumberGenerator.GetBytes(30_000_000);
        await using var writer = blobs.OpenWrite(blob, WriteCondition.CreateOnly);
        await writer.WriteAsync(content.AsMemory(0, 10_000_000));
        await azurite.StopAsync();
        Assert.False(azurite.IsRunning);
        var rest = WriteRestAsync();
        await azurite.StartAgainAsync(CancellationToken.None);
        await rest;

        Assert.Equal(["lost", "back"], told);
        await using var download = await blobs.OpenReadAsync(blob, ifMatch: null, CancellationToken.None);
        using var read = new MemoryStream();
        await download.Content.CopyToAsync(read);
        Assert.True(content.AsSpan().SequenceEqual(read.ToArray()));

        async Task WriteRestAsync()
        {
            await writer.WriteAsync(content.AsMemory(10_000_000));
            await writer.CommitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_store_that_stays_away_is_unavailable()
    {
        var options = new StoreOptions { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(1) };
        var blobs = new BlobStore(azurite.ConnectionString(AzuriteAccounts.Personal), options);
        var tables = new TableStore(azurite.ConnectionString(AzuriteAccounts.Host), options);
        await azurite.KillAsync();
        foreach (var act in (Func<Task>[])
        [
            () => blobs.GetPropertiesAsync(new BlobAddress("drops", "blob"), CancellationToken.None),
            () => blobs.OpenReadAsync(new BlobAddress("drops", "blob"), ifMatch: null, CancellationToken.None),
            () => tables.GetAsync("table", "p", "r", CancellationToken.None),
            () => tables.SubmitAsync("table", [TableWrite.Insert(new TableRow("p", "1")), TableWrite.Insert(new TableRow("p", "2"))], CancellationToken.None),
        ])
        {
            var refusal = await Assert.ThrowsAsync<StorageException>(act);
            Assert.True(refusal.IsTransient);
            Assert.Contains("does not answer", refusal.Message, StringComparison.Ordinal);
        }

        Assert.True(options.Reachability.IsLost);
    }

    [Fact]
    public async Task A_reading_that_is_cut_off_goes_on_where_it_was()
    {
        var blobs = new BlobStore(azurite.ConnectionString(AzuriteAccounts.Personal));
        var blob = new BlobAddress("drops", "blob");
        await blobs.CreateContainerAsync(blob.Container, CancellationToken.None);
        var content = RandomNumberGenerator.GetBytes(40_000_000);
        await using (var writer = blobs.OpenWrite(blob, WriteCondition.CreateOnly))
        {
            await writer.WriteAsync(content);
            await writer.CommitAsync(CancellationToken.None);
        }

        await using var download = await blobs.OpenReadAsync(blob, ifMatch: null, CancellationToken.None);
        var read = new byte[content.Length];
        await download.Content.ReadExactlyAsync(read.AsMemory(0, 100_000));
        await azurite.StopAsync();
        await azurite.StartAgainAsync(CancellationToken.None);
        await download.Content.ReadExactlyAsync(read.AsMemory(100_000));
        Assert.Equal(0, await download.Content.ReadAsync(new byte[1]));
        Assert.True(content.AsSpan().SequenceEqual(read));
    }
}
