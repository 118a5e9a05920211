using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Engine;

namespace TfFlow.Bench;

/// <summary>Sequences of three activities on the engine in this process: how many a second, and what each costs in storage requests. <c>engine [COUNT]</c>.</summary>
internal static class EngineBench
{
    private const string Sequence = "Sequence";
    private const string Echo = "Echo";

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500;
        var folder = Directory.CreateTempSubdirectory("tfflow-bench-").FullName;
        await using (var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder, Progress = new Progress<string>(Console.Error.WriteLine) }, CancellationToken.None))
        {
            var requests = new RequestCount();
            using var host = await StartAsync(azurite.ConnectionString(AzuriteAccounts.Host), requests);
            var client = host.Services.GetRequiredService<DurableTaskClient>();
            await SequencesAsync(client, 50, atOnce: 32); // what runs for the first time does not count
            foreach (var atOnce in (int[])[1, 8, 32])
            {
                var some = atOnce == 1 ? count / 10 : count;
                var (before, began) = (requests.Total, TimeProvider.System.GetTimestamp());
                var took = await SequencesAsync(client, some, atOnce);
                var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
                Say($"{some,6} sequences, {atOnce,2} at once: {some / seconds:0.0} a second, {(requests.Total - before) / (double)some:0} requests each, half within {took[took.Length / 2]:0} ms, all within {took[^1]:0} ms");
            }

            var idle = requests.Total;
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
            Say($"idle: {(requests.Total - idle) / 5.0:0} requests a second");
            await host.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    /// <returns>How long each took, in milliseconds, the quickest first.</returns>
    private static async Task<double[]> SequencesAsync(DurableTaskClient client, int count, int atOnce)
    {
        var took = new double[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, cancellationToken) =>
        {
            var began = TimeProvider.System.GetTimestamp();
            var id = await client.ScheduleNewOrchestrationInstanceAsync(Sequence, i, cancellationToken);
            await client.WaitForInstanceCompletionAsync(id, cancellationToken);
            took[i] = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        });
        Array.Sort(took);
        return took;
    }

    private static async Task<IHost> StartAsync(string connection, RequestCount requests)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddLocalEngine(
            options => (options.ConnectionString, options.OnRequest) = (connection, requests),
            registry =>
            {
                registry.AddActivityFunc<int, int>(Echo, (_, number) => number);
                registry.AddOrchestratorFunc<int, int>(Sequence, async (context, number) =>
                {
                    number = await context.CallActivityAsync<int>(Echo, number);
                    number = await context.CallActivityAsync<int>(Echo, number);
                    return await context.CallActivityAsync<int>(Echo, number);
                });
            });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private sealed class RequestCount : HttpPipelineSynchronousPolicy
    {
        private long total;

        public long Total => Interlocked.Read(ref total);

        public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref total);
    }
}
