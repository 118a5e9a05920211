using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What people do about a person's request about their data; originators are asked, chased and deadlines escalated by its orchestration.</summary>
/// <remarks>seeds/002 §17, App A sixth principle. docs/cases.md.</remarks>
public sealed class SubjectRequests(Registers registers, Deployment deployment, MatchingPlan plan, RowActs rows, TimeProvider time)
{
    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    // Whose people receive it.
    private Id<Party> Here => deployment.OwnerOr(plan.Authority);

    /// <summary>A request was received.</summary>
    /// <param name="families">References of the families the person belongs to.</param>
    public async Task<Answer<SubjectRequestRow>> ReceiveAsync(CaseCaller by, SubjectRequestKind kind, DateOnly receivedOn, IReadOnlyList<string> families, CancellationToken cancellationToken)
    {
        var (sources, unknown) = (new List<RequestSource>(), false);
        foreach (var id in families)
        {
            var family = Reference.IsOne(id) ? await registers.Families.FindAsync(id, cancellationToken) : null;
            unknown |= family is null;
            sources.AddRange(family?.Row.Records.Where(record => record.Originator != Here).Select(record => new RequestSource(record.Originator, record.ExtractId)) ?? []);
        }

        var row = new SubjectRequestRow
        {
            Id = Reference.New(),
            State = SubjectRequestState.Received,
            Kind = kind,
            Authority = Here,
            References = [.. families.Distinct()],
            Sources = [.. sources.Distinct()],
            ReceivedOn = receivedOn,
            RecordedAt = time.GetUtcNow(),
            RecordedBy = by.Account,
        };
        IReadOnlyList<Obstacle> obstacles = [.. row.Request.ToReceive(Today), .. unknown ? [new Obstacle("families by their references", "ours")] : Array.Empty<Obstacle>()];
        return await rows.AddAsync(registers.SubjectRequests, row, row.Act("request.receive", by.Account, by.Role), obstacles, cancellationToken);
    }

    /// <summary>An originator gave its view, or none in its time.</summary>
    /// <param name="hash">SHA-256 of what it wrote; empty for none.</param>
    public Task<Answer<SubjectRequestRow>> RecordViewAsync(CaseCaller by, string id, Id<Party> agency, string hash, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "request.view",
        hash,
        row => row.Request.ToHear(agency, hash.Length > 0, row.AskedAt is { } asked ? DateOnly.FromDateTime(asked.UtcDateTime) : null, Today),
        row => row with { Views = [.. row.Views, new(agency, hash, by.Account, time.GetUtcNow())] },
        cancellationToken);

    /// <summary>The person was told, with reasons, that it takes two months more.</summary>
    public Task<Answer<SubjectRequestRow>> ExtendAsync(CaseCaller by, string id, bool complex, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "request.extend",
        "",
        row => row.Request.ToExtend(Today, complex, SubjectRequestRow.NoHolidays),
        row => row with { ExtendedOn = Today },
        cancellationToken);

    /// <summary>What is given, changed or refused, and why, is settled.</summary>
    /// <param name="hash">SHA-256 of the decision and its reasons.</param>
    public Task<Answer<SubjectRequestRow>> DecideAsync(CaseCaller by, string id, string hash, bool exemptionsAssessed, CancellationToken cancellationToken) => MoveAsync(
        by, id, "request.decide", hash, SubjectRequestState.Decided, row => row with { DecisionHash = hash, ExemptionsAssessed = exemptionsAssessed, DecidedBy = by.Account }, cancellationToken);

    /// <summary>The person has the answer.</summary>
    public Task<Answer<SubjectRequestRow>> AnswerAsync(CaseCaller by, string id, CancellationToken cancellationToken) => MoveAsync(
        by, id, "request.answer", "", SubjectRequestState.Answered, row => row with { AnsweredOn = Today }, cancellationToken);

    private Task<Answer<SubjectRequestRow>> MoveAsync(
        CaseCaller by, string id, string act, string hash, SubjectRequestState to, Func<SubjectRequestRow, SubjectRequestRow> change, CancellationToken cancellationToken) => ChangeAsync(
        by, id, act, hash, row => change(row).Request.Obstacles(to), row => change(row) with { State = to }, cancellationToken);

    private Task<Answer<SubjectRequestRow>> ChangeAsync(
        CaseCaller by,
        string id,
        string act,
        string hash,
        Func<SubjectRequestRow, IReadOnlyList<Obstacle>> check,
        Func<SubjectRequestRow, SubjectRequestRow> change,
        CancellationToken cancellationToken) => rows.ChangeAsync(
        registers.SubjectRequests, id, row => row.Act(act, by.Account, by.Role, Reference.New()[..8]) with { Hash = hash }, check, change, cancellationToken);
}
