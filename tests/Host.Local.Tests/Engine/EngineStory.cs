using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TfFlow.Host.Local.Engine;

namespace TfFlow.Host.Local.Tests.Engine;

/// <summary>A process that tells a story of virtual days until it is killed, and goes on with it when it is started again.</summary>
internal static class EngineStory
{
    public const int Instances = 20;
    public const int Days = 12;

    private const string Story = "Story";

    private static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string IdOf(int instance) => $"story-{instance}";

    /// <summary>What an instance returns, however often its host was killed.</summary>
    public static string Ending(int instance) => string.Join(' ', Enumerable.Range(1, Days).Select(day => $"{Start.UtcDateTime.AddDays(day).AddMinutes(instance):MMdd'T'HHmm}"));

    public static Process StartProcess(string connection, string hub) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(EngineStory).Assembly.Location, "engine", connection, hub]) { RedirectStandardOutput = true })!;

    public static async Task<int> RunAsync(string connection, string hub)
    {
        var clock = new VirtualClock(Start);
        using var host = await StartAsync(connection, hub, clock);
        await Console.Out.WriteLineAsync("started");
        await host.Services.GetRequiredService<LocalEngine>().AdvanceToAsync(Start.AddDays(Days + 1), CancellationToken.None);
        await host.StopAsync();
        return 0;
    }

    public static async Task<IHost> StartAsync(string connection, string hub, VirtualClock clock)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<TimeProvider>(clock).AddLocalEngine(
            options => (options.ConnectionString, options.HubName) = (connection, hub),
            registry =>
            {
                registry.AddActivityFunc<string, string>("Note", (_, text) => text);
                registry.AddOrchestratorFunc<int, string>(Story, TellAsync);
            });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public static async Task BeginAsync(DurableTaskClient client)
    {
        for (var instance = 0; instance < Instances; instance++)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(Story, instance, new StartOrchestrationOptions(IdOf(instance)));
        }
    }

    private static async Task<string> TellAsync(TaskOrchestrationContext context, int instance)
    {
        var days = new List<string>();
        while (days.Count < Days)
        {
            await context.CreateTimer(Start.UtcDateTime.AddDays(days.Count + 1).AddMinutes(instance), CancellationToken.None);
            days.Add(await context.CallActivityAsync<string>("Note", $"{context.CurrentUtcDateTime:MMdd'T'HHmm}"));
        }

        return string.Join(' ', days);
    }
}
