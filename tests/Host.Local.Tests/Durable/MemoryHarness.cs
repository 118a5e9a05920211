using TfFlow.Host.Local.Durable;

namespace TfFlow.Host.Local.Tests.Durable;

/// <summary>A host on a store in memory.</summary>
public sealed record MemoryHarness(LocalHarness Harness, MemoryTables Tables, MemoryBlobs Blobs)
{
    public string InstancesTable => Harness.Options.Prefix + "instances";

    public static async Task<MemoryHarness> StartAsync(Action<LocalDurableOptions>? configure = null)
    {
        var (tables, blobs) = (new MemoryTables(), new MemoryBlobs());
        var harness = new LocalHarness(tables, blobs, configure);
        await harness.StartHostAsync();
        return new(harness, tables, blobs);
    }
}
