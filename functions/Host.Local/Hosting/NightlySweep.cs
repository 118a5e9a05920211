using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Local.Hosting;

/// <summary>What a timer trigger does in the cloud: starts the retention sweep when the host comes up and at every midnight, UTC.</summary>
internal sealed partial class NightlySweep(Sweeps sweeps, TimeProvider time, ILogger<NightlySweep> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            LogStarted(await sweeps.StartAsync(stoppingToken));
            var now = time.GetUtcNow();
            await Task.Delay(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Retention sweep {Instance} started")]
    private partial void LogStarted(string instance);
}
