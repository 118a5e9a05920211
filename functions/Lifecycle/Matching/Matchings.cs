using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Starts matching rounds: by hand, or by the host's nightly timer.</summary>
public sealed class Matchings(Registers registers, MatchingGate gate, Notices notices, MatchingPlan plan, UsedDocuments documents, DurableTaskClient orchestrations, Acts acts, TimeProvider time)
{
    /// <summary>Who acts when it is the timer.</summary>
    public const string Timer = "nightly-timer";

    public static string InstanceOf(string runId) => "match-" + runId;

    /// <summary>Takes a round up that an earlier host left under way. Begins none.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (await LatestAsync(cancellationToken) is { } latest && IsUnderWay(latest))
        {
            await ScheduleAsync(latest, cancellationToken);
        }
    }

    /// <summary>Starts the next round by itself, if the plan's window closes: its datasets are in, or its date has come.</summary>
    public async Task<(MatchingRun? Run, Refusal? Refusal)> StartIfDueAsync(CancellationToken cancellationToken)
    {
        var preview = await PreviewAsync(cancellationToken);
        return preview.IsDue || preview.UnderWay
            ? await StartAsync(Timer, role: "", confirmed: true, cancellationToken)
            : (null, new("matching.window-open", preview.Missing.Count > 0 ? $"The round waits: nothing of {string.Join(" or ", preview.Missing)} has come {preview.Period}." : "The plan has no round begin by itself now."));
    }

    /// <summary>What a round would read and go without, and what it would erase. Opens nothing.</summary>
    public async Task<MatchingPreview> PreviewAsync(CancellationToken cancellationToken)
    {
        var (standing, waiting) = (await notices.StandingAsync(cancellationToken), new List<WaitingExtract>());
        await foreach (var extract in registers.Extracts.ListAsync(cancellationToken).Where(extract => extract.Row.State is ExtractStage.Kept))
        {
            if ((extract.Row.MatchedBy.Length == 0 || extract.Row.Agency == plan.Authority) && gate.Find(extract.Row, plan.Authority, standing) is { } licence)
            {
                waiting.Add(new(extract.Row.Id, extract.Row.Agency, extract.Row.Exchange, licence.Specification.Id, Day(extract.Row.ClaimedAt), extract.Row.RowsAccepted, gate.NotMeeting(extract.Row, plan.Authority)?.Rule.Period.IsZero == true));
            }
        }

        var (today, latest) = (Day(time.GetUtcNow()), await LatestAsync(cancellationToken));
        var present = waiting.Select(extract => extract.Dataset).Distinct().ToList();
        var since = waiting.Count > 0 ? waiting.Min(extract => extract.Received) : today;
        return new(
            waiting,
            plan.Window.Missing(present),
            latest?.On,
            [.. plan.Terms.Last(3, today).SelectMany(terms => terms).Distinct().OrderBy(term => term.Start)],
            plan.Window.IsDue(today, latest?.On, since, present),
            latest is not null && IsUnderWay(latest));
    }

    /// <summary>Starts the next round; while one is looking at households, that is the one asked for.</summary>
    /// <param name="confirmed">Whoever asks knows that datasets are missing which the plan names, and that what is below the threshold is erased all the same.</param>
    /// <returns>The round; or why there is none: nothing new to match, or the programme is not in force.</returns>
    public async Task<(MatchingRun? Run, Refusal? Refusal)> StartAsync(string account, string role, bool confirmed, CancellationToken cancellationToken)
    {
        var today = Day(time.GetUtcNow());
        var latest = await LatestAsync(cancellationToken);
        if (latest is not null && IsUnderWay(latest))
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

        if (account != Timer && await NotNamedAsync(account, cancellationToken) is { } notNamed)
        {
            return (null, notNamed);
        }

        if (!confirmed && await PreviewAsync(cancellationToken) is { Missing.Count: > 0 } preview)
        {
            return (null, new("matching.under-supplied", preview.UnderSupplied("confirm=true")));
        }

        return (await AddAsync((latest?.Round ?? 0) + 1, today, account, role, cancellationToken), null);
    }

    private static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    private static bool IsUnderWay(MatchingRun run) => run.State is MatchingStage.Started or MatchingStage.Matching or MatchingStage.Erasing;

    private async Task<MatchingRun?> LatestAsync(CancellationToken cancellationToken) => await registers.Matchings.ListAsync(cancellationToken)
        .Where(run => run.Row.Programme == plan.Programme.Name)
        .Select(run => run.Row)
        .MaxByAsync(run => run.Round, cancellationToken: cancellationToken);

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
            ProgrammeSha256 = plan.Programme.Sha256,
            PlanSha256 = plan.Sha256,
        };
        await documents.UsePlanAsync(cancellationToken);
        await acts.PerformAsync(
            run.Act("match.start") with { Actor = account, Role = role, Hash = plan.Sha256 },
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

    /// <summary>Where only named people match what came, who begins a round that reads it must be one of them.</summary>
    /// <remarks>seeds/002 §7.</remarks>
    private async Task<Refusal?> NotNamedAsync(string account, CancellationToken cancellationToken)
    {
        var standing = await notices.StandingAsync(cancellationToken);
        return await registers.Extracts.ListAsync(cancellationToken)
            .Where(extract => extract.Row is { State: ExtractStage.Kept, MatchedBy: "" })
            .Select(extract => extract.Row.Exchange)
            .Distinct()
            .Select(exchange => gate.Check(exchange, plan.Authority, standing, account))
            .Where(decision => decision.Outcome is GateOutcome.NotNamed)
            .Select(decision => new Refusal(decision.Code, decision.Words))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The register decides: a round that is under way and has no live orchestration gets one.</summary>
    private Task ScheduleAsync(MatchingRun run, CancellationToken cancellationToken) =>
        orchestrations.TryStartAsync(nameof(MatchingRunOrchestration), new MatchingReference(run.Id), InstanceOf(run.Id), cancellationToken);
}
