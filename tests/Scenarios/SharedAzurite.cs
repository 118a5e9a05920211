using TfFlow.Host.Local.Azurite;

namespace TfFlow.Scenarios;

/// <summary>An Azurite that several scenarios share, each under names of its own: one that serves already is several times as fast as a new one.</summary>
/// <remarks>Nothing is saved. Azurite looks through all it has of a table, so each serves so many scenarios and is then replaced.</remarks>
internal sealed class SharedAzurite : IAsyncDisposable
{
    private const int Servers = 2;
    private const int ScenariosEach = 24;
    private static readonly Lock Gate = new();
    private static readonly List<SharedAzurite> Serving = [];
    private static int scenarios;

    // What serves at the end of the run has no scenario that would end it.
    static SharedAzurite() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Serving.ForEach(one => one.End());

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-azurite-");
    private readonly Task<AzuriteServer> started;
    private int lent;
    private int users;

    private SharedAzurite() => started = AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder.FullName, InMemory = true }, World.Patience);

    /// <summary>Lends the one with the fewest users.</summary>
    /// <returns>With a prefix for the scenario's names.</returns>
    public static (SharedAzurite Azurite, string Prefix) Borrow()
    {
        lock (Gate)
        {
            if (Serving.Count < Servers)
            {
                Serving.Add(new());
            }

            var shared = Serving.MinBy(one => one.users)!;
            shared.users++;
            if (++shared.lent == ScenariosEach)
            {
                Serving.Remove(shared);
            }

            return (shared, $"s{scenarios++}x");
        }
    }

    public Task<AzuriteServer> StartedAsync() => started;

    /// <summary>Gives it back; the last user of one that serves no more ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (Gate)
        {
            if (--users > 0 || Serving.Contains(this))
            {
                return;
            }
        }

        await (await started).DisposeAsync();
        folder.Delete(recursive: true);
    }

    private void End()
    {
        if (started.IsCompletedSuccessfully)
        {
            started.Result.KillAsync().GetAwaiter().GetResult();
            folder.Delete(recursive: true);
        }
    }
}
