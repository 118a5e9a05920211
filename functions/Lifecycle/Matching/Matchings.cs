using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Starts matching rounds: by hand, or by the host's nightly timer.</summary>
public sealed class Matchings(Registers registers, MatchingGate gate, Notices notices, MatchingPlan plan, DurableTaskClient orchestrations, Acts acts, TimeProvider time)
{
    /// <summary>Who acts when it is the timer.</summary>
    public const string Timer = "nightly-timer";

    public static string InstanceOf(string runId) => "match-" + runId;

    /// <summary>Starts the next round; while one is looking at households, that is the one asked for.</summary>
    /// <returns>The round; or why there is none: nothing new to match, or the programme is not in force.</returns>
    public async Task<(MatchingRun? Run, Refusal? Refusal)> StartAsync(string account, string role, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var latest = await registers.Matchings.ListAsync(cancellationToken)
            .Where(run => run.Row.Programme == plan.Programme.Name)
            .Select(run => run.Row)
            .MaxByAsync(run => run.Round, cancellationToken: cancellationToken);
        if (latest?.State is MatchingStage.Started or MatchingStage.Matching or MatchingStage.Erasing)
        {
            await ScheduleAsync(latest, cancellationToken);
            return (latest, null);
        }

        if (today < plan.Programme.InForce.From || today > plan.Programme.InForce.To)
        {
            return (null, new("matching.not-in-force", $"{plan.Programme.Name} takes families on from {plan.Programme.InForce.From:yyyy-MM-dd} to {plan.Programme.InForce.To:yyyy-MM-dd}."));
        }

        if (!await AnythingNewAsync(cancellationToken))
        {
            return (null, new("matching.nothing-new", "Nothing that came for identification since the last round waits to be matched."));
        }

        return (await AddAsync((latest?.Round ?? 0) + 1, today, account, role, cancellationToken), null);
    }

    private async Task<MatchingRun> AddAsync(int round, DateOnly today, string account, string role, CancellationToken cancellationToken)
    {
        var run = new MatchingRun
        {
            Id = FormattableString.Invariant($"{plan.Programme.Id}-v{plan.Programme.Version}-r{round}"),
            State = MatchingStage.Started,
            Round = round,
            Programme = plan.Programme.Name,
            Authority = plan.Authority,
            On = today,
            StartedAt = time.GetUtcNow(),
            StartedBy = account,
        };
        await acts.PerformAsync(
            run.Act("match.start") with { Actor = account, Role = role },
            token => registers.Matchings.TryAddAsync(run, token),
            cancellationToken);
        run = (await registers.Matchings.GetAsync(run.Id, cancellationToken)).Row;
        await ScheduleAsync(run, cancellationToken);
        return run;
    }

    private async Task<bool> AnythingNewAsync(CancellationToken cancellationToken)
    {
        var standing = await notices.StandingAsync(cancellationToken);
        return await registers.Extracts.ListAsync(cancellationToken).AnyAsync(
            extract => extract.Row is { State: ExtractStage.Kept, MatchedBy: "" } && gate.Find(extract.Row, plan.Authority, standing) is not null, cancellationToken);
    }

    /// <summary>The register decides: a round that is under way and has no live orchestration gets one.</summary>
    private Task ScheduleAsync(MatchingRun run, CancellationToken cancellationToken) =>
        orchestrations.TryStartAsync(nameof(MatchingRunOrchestration), new MatchingReference(run.Id), InstanceOf(run.Id), cancellationToken);
}
