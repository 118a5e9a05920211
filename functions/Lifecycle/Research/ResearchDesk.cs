using System.Security.Cryptography;
using System.Text.Json;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Research.Release;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research;

/// <summary>What people do with requests for anonymous extracts.</summary>
/// <remarks>docs/research.md.</remarks>
public sealed class ResearchDesk(
    Registers registers,
    AgreementCatalogue agreements,
    AgreementGate gate,
    Notices notices,
    Recipients recipients,
    SealedDocuments documents,
    Erasure erasure,
    Outbox outbox,
    RowActs rows,
    Acts acts,
    TimeProvider time)
{
    /// <summary>A recipient asks, with its statement of legality and necessity.</summary>
    public async Task<Answer<ResearchRequest>> RequestAsync(CaseCaller by, Id<Party> recipient, Id<Exchange> exchange, string statementHash, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var authority = agreements.WithExchange(exchange, today)?.Exchange(exchange)?.From is [var from, ..] ? from : default;
        var row = new ResearchRequest
        {
            Id = Reference.New(),
            State = ResearchExtractState.Requested,
            Authority = authority,
            Recipient = recipient,
            Exchange = exchange,
            RequestedBy = by.Account,
            RequestedAt = time.GetUtcNow(),
            StatementHash = statementHash,
        };
        var decision = await CheckAsync(row, cancellationToken);
        IReadOnlyList<Obstacle> obstacles =
        [
            .. decision.Allowed ? Array.Empty<Obstacle>() : [Obstacle.Refusal(decision.Words, decision.Code)],
            .. statementHash.Length > 0 ? Array.Empty<Obstacle>() : [new("the statement of legality and necessity, by its SHA-256", "seeds/001 National Evaluation")],
            .. await recipients.FindAsync(recipient, cancellationToken) is null ? [new Obstacle("a key of the recipient to seal the release to", "ours")] : Array.Empty<Obstacle>(),
        ];
        return await rows.AddAsync(registers.Research, row, row.Act("research.request", by.Account, by.Role) with { Hash = statementHash }, obstacles, cancellationToken);
    }

    /// <summary>Found lawful and necessary, and proportionate.</summary>
    public Task<Answer<ResearchRequest>> JustifyAsync(CaseCaller by, string id, bool lawful, bool necessary, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "research.justify",
        row => NotTheRequester(row, by).Concat(lawful && necessary ? [] : [new Obstacle("a finding that it is lawful and that it is necessary: otherwise refuse it", "seeds/001 National Evaluation")]),
        ResearchExtractState.Justified,
        row => row with { JustifiedBy = by.Account },
        cancellationToken);

    /// <summary>The Information Asset Owner approves that it is built.</summary>
    public Task<Answer<ResearchRequest>> ApproveAsync(CaseCaller by, string id, CancellationToken cancellationToken) => ChangeAsync(
        by, id, "research.approve", row => NotTheRequester(row, by), ResearchExtractState.Approved, row => row with { ApprovedBy = by.Account }, cancellationToken);

    public Task<Answer<ResearchRequest>> RefuseAsync(CaseCaller by, string id, CancellationToken cancellationToken) => ChangeAsync(
        by, id, "research.refuse", _ => [], ResearchExtractState.Refused, row => row with { RefusedBy = by.Account }, cancellationToken);

    /// <summary>What was built or released is destroyed now, before its time: its purpose is reached, or it should not have been.</summary>
    public Task<Answer<ResearchRequest>> DestroyAsync(CaseCaller by, string id, CancellationToken cancellationToken) => ChangeAsync(
        by, id, "research.end", _ => [], ResearchExtractState.Destroying, row => row, cancellationToken);

    /// <summary>The record of how it was made safe, for those who release it.</summary>
    /// <returns>Null when nothing is built, or it went out.</returns>
    public async Task<SdcRecord?> ReadRecordAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        if (await registers.Research.FindAsync(id, cancellationToken) is not { Row: { State: ResearchExtractState.Built } row })
        {
            return null;
        }

        return (await OpenAsync(by, row, cancellationToken)).Record;
    }

    /// <summary>One of two people releases it; with the second it goes out. Neither is the requester.</summary>
    public async Task<Answer<ResearchRequest>> ReleaseAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        if (await registers.Research.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var row = current.Row;
        IReadOnlyList<Obstacle> obstacles =
        [
            .. row.State is ResearchExtractState.Built ? Array.Empty<Obstacle>() : [new("an extract that is built and not released", "ours")],
            .. NotTheRequester(row, by),
            .. !IsDecided(row) && row.Approvals.Any(approval => Same(approval.By, by.Account)) ? [new("another person: this one has released it already", "ours")] : Array.Empty<Obstacle>(),
        ];
        if (obstacles.Count > 0)
        {
            return new(row, obstacles);
        }

        IReadOnlyList<ResearchApproval> approvals = IsDecided(row) ? row.Approvals : [.. row.Approvals, new(by.Account, by.Role, time.GetUtcNow())];
        if (approvals.Count < 2)
        {
            return await ChangeAsync(by, id, "research.release-first", _ => [], ResearchExtractState.Built, before => before with { Approvals = approvals }, cancellationToken);
        }

        var decision = await CheckAsync(row, cancellationToken);
        if (decision.Grant is not { } grant)
        {
            return new(row, [Obstacle.Refusal(decision.Words, decision.Code)]);
        }

        var draft = await OpenAsync(by, row, cancellationToken);
        var record = draft.Record with { Approvals = [.. approvals.Select(approval => new SdcApproval(approval.By, approval.RoleCode, approval.At))] };
        if (record.Obstacles().ToList() is { Count: > 0 } missing)
        {
            return new(row, [.. missing.Select(what => new Obstacle(what, "the rules of disclosure control"))]);
        }

        await acts.PerformAsync(
            row.Act("research.release", by.Account, by.Role) with
            {
                Agreement = grant.Agreement,
                AgreementVersion = grant.Version,
                Basis = grant.Basis,
                Purpose = grant.Purpose,
                Count = row.Records,
            },
            token => SendAsync(current, draft with { Record = record }, grant, approvals, token),
            cancellationToken);
        return await rows.SettledAsync(registers.Research, id, cancellationToken);
    }

    /// <summary>Two have released it, and its sending was cut short: either of them has it go on.</summary>
    private static bool IsDecided(ResearchRequest row) => row.Approvals.Count >= 2;

    private async Task<ActResult> SendAsync(
        Registered<ResearchRequest> current, ResearchDraft release, DisclosureGrant grant, IReadOnlyList<ResearchApproval> approvals, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(release, Outbox.Json);
        var file = await recipients.SealAsync(grant, current.Row.Id, content, cancellationToken);
        CryptographicOperations.ZeroMemory(content);

        // The row names the file before it lies there, and says last that it does: what is cut short between is taken up again.
        var next = await registers.Research.ChangeAsync(
            current,
            current.Row with { Approvals = approvals, Release = new SealedBlob(current.Row.FileName, file.Sha256, file.Length) },
            cancellationToken);
        await outbox.DiscloseAsync(grant, current.Row.FileName, file, cancellationToken);
        next = await registers.Research.ChangeAsync(next, next.Row with { State = ResearchExtractState.Released, ReleasedAt = time.GetUtcNow() }, cancellationToken);

        // A draft that is held stays until the collection is over, and then until it is released.
        await Erasure.UnlessHeldAsync(erasure.EraseAsync(next.Row.Id, [next.Row.Draft!], cancellationToken));
        return new ActResult { Hash = file.Sha256 };
    }

    private Task<Answer<ResearchRequest>> ChangeAsync(
        CaseCaller by,
        string id,
        string act,
        Func<ResearchRequest, IEnumerable<Obstacle>> check,
        ResearchExtractState to,
        Func<ResearchRequest, ResearchRequest> change,
        CancellationToken cancellationToken) => rows.ChangeAsync(
        registers.Research,
        id,
        row => row.Act(act, by.Account, by.Role) with { ActId = $"{act}.{id}.{Reference.New()[..8]}" },
        row =>
        [
            .. row.State == to || ResearchExtractStates.Transitions.Allows(row.State, to)
                ? Array.Empty<Obstacle>() : [Obstacle.NotNow(ResearchExtractStates.Where(row.State))],
            .. check(row),
        ],
        row => change(row) with { State = to },
        cancellationToken);

    private async Task<ResearchDraft> OpenAsync(CaseCaller by, ResearchRequest row, CancellationToken cancellationToken)
    {
        ResearchDraft? draft = null;
        await acts.PerformAsync(
            row.Act("research.read", by.Account, by.Role) with { ActId = $"research.read.{row.Id}.{Reference.New()[..8]}" },
            async token =>
            {
                var opened = await documents.OpenAsync(row.Draft!.Name, token);
                draft = JsonSerializer.Deserialize<ResearchDraft>(opened, Outbox.Json);
                CryptographicOperations.ZeroMemory(opened);
            },
            cancellationToken);
        return draft!;
    }

    private async Task<GateDecision> CheckAsync(ResearchRequest row, CancellationToken cancellationToken) => gate.Check(new()
    {
        Act = GateAct.Disclosure,
        Exchange = row.Exchange,
        Agency = row.Authority,
        Recipient = row.Recipient,
        At = time.GetUtcNow(),
        Notices = await notices.StandingAsync(cancellationToken),
        Use = Use.Research,
        Families = FamilyStanding.MeetsCriteria,
        Means = Means.SealedDrop,
    });

    private static IEnumerable<Obstacle> NotTheRequester(ResearchRequest row, CaseCaller by) =>
        Same(row.RequestedBy, by.Account) ? [new Obstacle("somebody else than who asked for it", "ours")] : [];

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
