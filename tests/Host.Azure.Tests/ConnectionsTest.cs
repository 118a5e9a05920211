using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using TfFlow.TestKit;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure.Tests;

[Collection(AzuriteFixture.Collection)]
public sealed class ConnectionsTest(AzuriteFixture azurite) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-connections-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("keys", "keys")]
    [InlineData("./some/keys", "some/keys")]
    [InlineData("/", "absolute")]
    public async Task The_key_folder_is_below_the_content_root_unless_it_is_absolute(string setting, string expected)
    {
        var made = Path.Combine(folder.FullName, expected);
        var connections = Open(("KeyFolder", Path.IsPathRooted(setting) ? made : setting));

        // The checkpoint's ring lies in the other's folder: made first, it may not leave that one open to others.
        await connections.OpenCheckpointKeyRing().CheckAsync(default);
        await connections.OpenKeyRing().CheckAsync(default);

        Assert.True(Directory.Exists(Path.Combine(made, "checkpoint")));
    }

    [Theory]
    [InlineData("", 30)]
    [InlineData("7", 7)]
    public void Finished_orchestrations_stay_as_long_as_is_set(string setting, int days) =>
        Assert.Equal(TimeSpan.FromDays(days), Connections.LoadSweepPolicy(Settings(("KeepInstancesDays", setting))).KeepInstances);

    [Theory]
    [InlineData("0")]
    [InlineData("a month")]
    public void A_time_to_keep_orchestrations_that_is_none_is_refused_by_name(string setting) =>
        Assert.Contains("KeepInstancesDays", Assert.Throws<InvalidOperationException>(() => Connections.LoadSweepPolicy(Settings(("KeepInstancesDays", setting)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_key_folder_may_be_in_the_users_own()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var name = $".{folder.Name}";
        try
        {
            await Open(("KeyFolder", $"~/{name}/keys")).OpenKeyRing().CheckAsync(default);
            Assert.True(Directory.Exists(Path.Combine(home, name, "keys")));
        }
        finally
        {
            Directory.Delete(Path.Combine(home, name), recursive: true);
        }
    }

    [Fact]
    public async Task The_queue_of_drop_events_is_created_on_an_emulator_and_may_be_there()
    {
        var queue = AzuriteFixture.FreshName("drops");
        var connections = Open(("DropEvents", azurite.Personal), ("DropQueue", queue));

        await connections.PrepareDropQueueAsync(default);
        await connections.PrepareDropQueueAsync(default);

        Assert.True(await new QueueClient(azurite.Personal, queue, new StoreOptions().ForQueues()).ExistsAsync());
    }

    [Fact]
    public Task In_the_cloud_the_template_makes_the_queue() =>
        Open(("DropEvents:queueServiceUri", "https://elsewhere.invalid"), ("DropQueue", "drops")).PrepareDropQueueAsync(default);

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();

    private Connections Open(params (string Name, string Value)[] settings) => new(
        Settings(settings),
        new HostingEnvironment { ContentRootPath = folder.FullName },
        new DefaultAzureCredential(),
        TimeProvider.System);
}
