using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Local.Hosting;

/// <summary>What a timer trigger does in the cloud: when the host comes up and at every midnight, UTC, what is due is erased and what is new is matched.</summary>
internal sealed partial class Nightly(Sweeps sweeps, Matchings matchings, TimeProvider time, ILogger<Nightly> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            LogSweep(await sweeps.StartAsync(stoppingToken));
            var (run, refusal) = await matchings.StartAsync(Matchings.Timer, role: "", stoppingToken);
            LogMatching(run?.Id ?? refusal!.Code);
            var now = time.GetUtcNow();
            await Task.Delay(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Retention sweep {Instance} started")]
    private partial void LogSweep(string instance);

    [LoggerMessage(LogLevel.Information, "Matching: {Round}")]
    private partial void LogMatching(string round);
}
