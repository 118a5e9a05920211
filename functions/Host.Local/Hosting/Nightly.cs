using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Local.Hosting;

/// <summary>What a timer trigger does in the cloud: when the host comes up and at every midnight, UTC, what is due is erased. At midnight a round begins, if the plan's window closes; never because the host came up.</summary>
internal sealed partial class Nightly(Sweeps sweeps, Matchings matchings, TimeProvider time, ILogger<Nightly> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isMidnight = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                LogSweep(await sweeps.StartIfDueAsync(stoppingToken) ?? "not needed, nothing is due");
                await matchings.ResumeAsync(stoppingToken);
                if (isMidnight)
                {
                    var (run, refusal) = await matchings.StartIfDueAsync(stoppingToken);
                    LogMatching(run?.Id ?? refusal!.Code);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A store away at midnight must not end the host. What is due stays due.
                LogFailed(UnexpectedFailureException.IsOurs(e) ? e.Message : new UnexpectedFailureException(e).Message, Again.TotalMinutes);
                await Task.Delay(Again, time, stoppingToken);
                continue;
            }

            var now = time.GetUtcNow();
            await Task.Delay(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime, time, stoppingToken);
            isMidnight = true;
        }
    }

    [LoggerMessage(LogLevel.Information, "Retention sweep: {Instance}")]
    private partial void LogSweep(string instance);

    [LoggerMessage(LogLevel.Information, "Matching: {Round}")]
    private partial void LogMatching(string round);

    [LoggerMessage(LogLevel.Error, "The nightly work failed ({Reason}). Trying again in {Minutes} minutes.")]
    private partial void LogFailed(string reason, double minutes);
}
