using System.Text.Json;
using System.Threading.Channels;
using Azure.Storage.Queues;
using TfFlow.Lifecycle;
using TfFlow.TestKit;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure.Tests.Worker;

/// <summary>The real worker process, started and asked as the Functions host does it.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class WorkerTest(AzuriteFixture azurite) : IDisposable
{
    // Field numbers of FunctionRpc.proto.
    private const int WorkerInitRequest = 17, WorkerInitResponse = 16;
    private const int FunctionsMetadataRequest = 29, FunctionMetadataResponse = 30;
    private const int FunctionLoadRequest = 8, FunctionLoadResponse = 9;
    private const int WorkerTerminate = 14;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-worker-");

    // A guard against hanging for ever, and no measure.
    private readonly CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));

    public void Dispose()
    {
        patience.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_starts_and_its_functions_are_indexed_and_loaded()
    {
        var queue = AzuriteFixture.FreshName("drops");
        await using var host = await FunctionsHost.StartAsync();
        using var worker = WorkerProcess.Start(host.Address, "worker-1", Settings(queue), host.HangUp);
        try
        {
            var functions = await IndexAsync(host);
            AssertEqual(Expected(), functions.Select(function => function.Description));
            foreach (var (_, function) in functions)
            {
                host.Send(FunctionLoadRequest, new Message().With(1, function.Text(13)).With(2, function));
                AssertSuccess((await host.ReceiveAsync(FunctionLoadResponse, patience.Token)).One(2));
            }

            Assert.True(await new QueueClient(azurite.Personal, queue, new StoreOptions().ForQueues()).ExistsAsync(), "The queue of drop events was not created.");
            host.Send(WorkerTerminate, new Message());
            await worker.WaitForExitAsync(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            Assert.Fail($"The worker {(worker.HasExited ? "ended" : "does not answer")}: {worker.Printed}");
        }
    }

    private async Task<IReadOnlyList<(string Description, Message Function)>> IndexAsync(FunctionsHost host)
    {
        Assert.Equal("worker-1", (await host.ReceiveAsync(FunctionsHost.StartStream, patience.Token)).Text(2));
        host.Send(WorkerInitRequest, new Message().With(1, "4.0.0.0").With(4, WorkerProcess.Folder).With(5, WorkerProcess.Folder));
        AssertSuccess((await host.ReceiveAsync(WorkerInitResponse, patience.Token)).One(3));
        host.Send(FunctionsMetadataRequest, new Message().With(1, WorkerProcess.Folder));
        var answer = await host.ReceiveAsync(FunctionMetadataResponse, patience.Token);
        AssertSuccess(answer.One(2));
        return [.. answer.Many(1).Select(function => (Describe(function.Text(4), function.Texts(10)), function))];
    }

    /// <summary>A function by its name, its trigger with what it is set by, and what else is bound to it.</summary>
    private static IEnumerable<string> Expected() =>
    [
        "Api: httpTrigger {*path}, durableClient",
        "Checkpoint: timerTrigger %CheckpointSchedule%",
        "Drop: queueTrigger DropEvents %DropQueue%, durableClient",
        "Sweep: timerTrigger %SweepSchedule%, durableClient",
        .. LifecycleServices.Orchestrators.Select(type => $"{type.Name}: orchestrationTrigger"),
        .. LifecycleServices.Activities.Select(type => $"{type.Name}: activityTrigger, durableClient"),
    ];

    private static string Describe(string name, IEnumerable<string> bindings) => $"{name}: {string.Join(", ", bindings.Select(binding =>
    {
        using var json = JsonDocument.Parse(binding);
        var settings = ((string[])["type", "route", "connection", "queueName", "schedule"]).Select(key => json.RootElement.TryGetProperty(key, out var value) ? value.GetString() : null);
        return (Direction: json.RootElement.GetProperty("direction").GetString(), Type: string.Join(' ', settings.OfType<string>()));
    }).Where(binding => binding.Direction == "In").Select(binding => binding.Type))}";

    private static void AssertEqual(IEnumerable<string> expected, IEnumerable<string> found) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));

    /// <summary>Of a StatusResult, 1 is success. Its exception is told in field 2.</summary>
    private static void AssertSuccess(Message result) => Assert.True(result.Number(4) == 1, result.Has(2) ? result.One(2).Text(2) : "no success");

    /// <summary>The sample's settings, on this test's emulator.</summary>
    private Dictionary<string, string> Settings(string queue)
    {
        using var sample = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        return new(sample.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!))
        {
            ["AzureWebJobsStorage"] = azurite.Host,
            ["PersonalData"] = azurite.Personal,
            ["KeyTable"] = azurite.Keys,
            ["KeyFolder"] = Path.Combine(folder.FullName, "keys"),
            ["DropEvents"] = azurite.Personal,
            ["DropQueue"] = queue,
            ["Prefix"] = AzuriteFixture.FreshName("worker"),
        };
    }
}
