using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What became of an act on a request.</summary>
/// <param name="Request">As it is now; null when there is none.</param>
/// <param name="Obstacles">Why it was not done; empty when it was.</param>
public sealed record RequestAnswer(SubjectRequestRow? Request, IReadOnlyList<Obstacle> Obstacles);

/// <summary>What people do about a person's request about their data; originators are asked, chased and deadlines escalated by its orchestration.</summary>
/// <remarks>seeds/002 §17, App A sixth principle. docs/cases.md.</remarks>
public sealed class SubjectRequests(Registers registers, Waker waker, MatchingPlan plan, Acts acts, TimeProvider time)
{
    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>A request was received.</summary>
    /// <param name="families">References of the families the person belongs to.</param>
    public async Task<RequestAnswer> ReceiveAsync(CaseCaller by, SubjectRequestKind kind, DateOnly receivedOn, IReadOnlyList<string> families, CancellationToken cancellationToken)
    {
        var (sources, unknown) = (new List<RequestSource>(), false);
        foreach (var id in families)
        {
            var family = Reference.IsOne(id) ? await registers.Families.FindAsync(id, cancellationToken) : null;
            unknown |= family is null;
            sources.AddRange(family?.Row.Records.Where(record => record.Originator != plan.Authority).Select(record => new RequestSource(record.Originator, record.ExtractId)) ?? []);
        }

        var row = new SubjectRequestRow
        {
            Id = Reference.New(),
            State = SubjectRequestState.Received,
            Kind = kind,
            Authority = plan.Authority,
            References = [.. families.Distinct()],
            Sources = [.. sources.Distinct()],
            ReceivedOn = receivedOn,
            RecordedAt = time.GetUtcNow(),
            RecordedBy = by.Account,
        };
        IReadOnlyList<Obstacle> obstacles = [.. row.Request.ToReceive(Today), .. unknown ? [new Obstacle("families by their references", "ours")] : Array.Empty<Obstacle>()];
        if (obstacles.Count > 0)
        {
            return new(null, obstacles);
        }

        await acts.PerformAsync(
            row.Act("request.receive", by.Account, by.Role),
            async token =>
            {
                await registers.SubjectRequests.TryAddAsync(row, token);
                return ActResult.Done;
            },
            cancellationToken);
        await waker.WakeRequestAsync(row.Id, cancellationToken);
        return new(row, []);
    }

    /// <summary>An originator gave its view, or none in its time.</summary>
    /// <param name="hash">SHA-256 of what it wrote; empty for none.</param>
    public Task<RequestAnswer> RecordViewAsync(CaseCaller by, string id, string agency, string hash, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "request.view",
        hash,
        row => row.Request.ToHear(agency, hash.Length > 0, row.AskedAt is { } asked ? DateOnly.FromDateTime(asked.UtcDateTime) : null, Today),
        row => row with { Views = [.. row.Views, new(agency, hash, by.Account, time.GetUtcNow())] },
        cancellationToken);

    /// <summary>The person was told, with reasons, that it takes two months more.</summary>
    public Task<RequestAnswer> ExtendAsync(CaseCaller by, string id, bool complex, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "request.extend",
        "",
        row => row.Request.ToExtend(Today, complex, SubjectRequestRow.NoHolidays),
        row => row with { ExtendedOn = Today },
        cancellationToken);

    /// <summary>What is given, changed or refused, and why, is settled.</summary>
    /// <param name="hash">SHA-256 of the decision and its reasons.</param>
    public Task<RequestAnswer> DecideAsync(CaseCaller by, string id, string hash, bool exemptionsAssessed, CancellationToken cancellationToken) => MoveAsync(
        by, id, "request.decide", hash, SubjectRequestState.Decided, row => row with { DecisionHash = hash, ExemptionsAssessed = exemptionsAssessed, DecidedBy = by.Account }, cancellationToken);

    /// <summary>The person has the answer.</summary>
    public Task<RequestAnswer> AnswerAsync(CaseCaller by, string id, CancellationToken cancellationToken) => MoveAsync(
        by, id, "request.answer", "", SubjectRequestState.Answered, row => row with { AnsweredOn = Today }, cancellationToken);

    private Task<RequestAnswer> MoveAsync(
        CaseCaller by, string id, string act, string hash, SubjectRequestState to, Func<SubjectRequestRow, SubjectRequestRow> change, CancellationToken cancellationToken) => ChangeAsync(
        by, id, act, hash, row => change(row).Request.Obstacles(to), row => change(row) with { State = to }, cancellationToken);

    private async Task<RequestAnswer> ChangeAsync(
        CaseCaller by,
        string id,
        string act,
        string hash,
        Func<SubjectRequestRow, IReadOnlyList<Obstacle>> check,
        Func<SubjectRequestRow, SubjectRequestRow> change,
        CancellationToken cancellationToken)
    {
        if (await registers.SubjectRequests.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        if (check(current.Row) is { Count: > 0 } obstacles)
        {
            return new(current.Row, obstacles);
        }

        await acts.PerformAsync(
            current.Row.Act(act, by.Account, by.Role, Reference.New()[..8]) with { Hash = hash },
            async token =>
            {
                await registers.SubjectRequests.ChangeAsync(current, change(current.Row), token);
                return ActResult.Done;
            },
            cancellationToken);
        await waker.WakeRequestAsync(id, cancellationToken);
        return new((await registers.SubjectRequests.GetAsync(id, cancellationToken)).Row, []);
    }
}
