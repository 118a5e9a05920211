using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Drops;
using Microsoft.DurableTask.Client;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Intake;

namespace TfFlow.Scenarios;

/// <summary>What a collector of an authority's own receives from a host.</summary>
public class TelemetryTest
{
    [Fact]
    public async Task A_collector_receives_the_spans_of_an_intake_and_its_counts_and_nothing_of_a_person()
    {
        var received = new ConcurrentQueue<(string Path, byte[] Body)>();
        await using var collector = await CollectAsync(received);
        await using var world = await World.CreateAloneAsync();
        await using (var host = await HostProcess.StartAsync(
            world, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            using var api = host.As(world, "school-0");
            var drops = new DropSender(api, "school-0");
            var extract = await drops.SendAsync(new GrantRequest(World.Attendance), new MemoryStream(World.AttendanceFile(400)), plain: false, progress: null, World.Patience);

            // The extract is kept before its orchestration ends, and a span is sent when it ends.
            using var coordinator = host.As(world, "", Role.Coordinator);
            while ((await coordinator.GetAsync<InstanceView>($"/instances/intake-{extract.Id}", World.Patience)).Status is not OrchestrationRuntimeStatus.Completed)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }

            await host.StopAsync();
        }

        Assert.All(
            (string[])[$"orchestration:{nameof(ExtractIntakeOrchestration)}", $"activity:{nameof(SealExtract)}", "extract.seal"],
            span => Assert.Contains(received, sent => sent.Path == "/v1/traces" && Holds(sent.Body, span)));
        Assert.Contains(received, sent => sent.Path == "/v1/metrics" && Holds(sent.Body, "tfflow.acts"));
        var canaries = Cli.Demo.Canaries.Texts(World.Today);
        Assert.DoesNotContain(received, sent => canaries.Any(canary => Holds(sent.Body, canary)));
    }

    private static bool Holds(byte[] body, string text) => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static async Task<WebApplication> CollectAsync(ConcurrentQueue<(string Path, byte[] Body)> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.MapPost("/v1/{kind}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue((request.Path.Value!, body.ToArray()));
        });
        await collector.StartAsync();
        return collector;
    }
}
