using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>A partner's suspension of an agreement, as its register has it.</summary>
/// <param name="Agreement">The agreement's id: it holds for all its versions.</param>
/// <param name="Suspension">In the register only as one in writing, for a serious breach.</param>
/// <param name="MinutesHash">SHA-256 of what the meeting resolved, lower-case hex; empty before.</param>
/// <param name="EscalatedAt">When the parties were told that the meeting is overdue.</param>
public sealed record SuspensionRow(
    string Id, string Agreement, Suspension Suspension, DateTimeOffset? LiftedAt = null, string MinutesHash = "", DateTimeOffset? EscalatedAt = null) : IRegisterRow<SuspensionState>
{
    [JsonIgnore]
    public SuspensionState State => Suspension.State;

    /// <summary>When its meeting is overdue, then when its days are over.</summary>
    public DateTimeOffset? DueAt => State switch
    {
        SuspensionState.InForce when EscalatedAt is null => Meeting.At,
        SuspensionState.InForce or SuspensionState.MeetingHeld => LapsesAt,
        _ => null,
    };

    [JsonIgnore]
    public DateTimeOffset LapsesAt => Suspension.LapsesAt;

    [JsonIgnore]
    public Deadline Meeting => Suspension.MeetingDeadline;

    [JsonIgnore]
    public AgreementNotice Notice => AgreementNotice.Suspend(Agreement, Suspension.By, Suspension.GivenAt) is var notice && LiftedAt is { } lifted ? notice with { Until = lifted } : notice;

    /// <summary>An act on this suspension: one of each kind in its life.</summary>
    public LedgerAct Act(string act, string actor, string role = "") => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Suspension.By,
        Agreement = Agreement,
        References = [Id],
    };
}

/// <summary>What every signatory finds in its outbox when an agreement is suspended.</summary>
/// <param name="EvidenceSha256">Of the paper that shows the breach: who gave the suspension has it.</param>
public sealed record SuspensionGiven(string Suspension, string Agreement, string By, DateTimeOffset GivenAt, Deadline Meeting, DateTimeOffset LapsesAt, string EvidenceSha256)
    : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"{By} suspended {Agreement} on {GivenAt.InWords()}, in writing, for a serious breach of security (suspension {Suspension}).",
        "From now on nothing is taken in, opened or disclosed under it. Markers off, breach notices, erasure and replies to people still go through.",
        $"The {Meeting.What} is due by {Meeting.At.InWords()}. Every signatory, or its nominee, sits at it.",
        $"Without a decision the suspension lapses on {LapsesAt.InWords()}.",
    ];

    internal static SuspensionGiven Of(SuspensionRow row) =>
        new(row.Id, row.Agreement, row.Suspension.By, row.Suspension.GivenAt, row.Meeting, row.LapsesAt, row.Suspension.EvidenceHash);
}

/// <summary>What the registers say of agreements, suspensions and all others: the gate is asked with it.</summary>
/// <remarks>seeds/002 §15.</remarks>
public sealed class Notices(Registers registers, AgreementCatalogue agreements, Outbox outbox, RowActs rows, Acts acts, TimeProvider time)
{
    public async Task<IReadOnlyList<AgreementNotice>> StandingAsync(CancellationToken cancellationToken) =>
        await registers.Suspensions.ListAsync(cancellationToken).Select(row => row.Row.Notice)
            .Concat(registers.Governance.ListAsync(cancellationToken).Select(row => row.Row.Entry.Notice(row.Row.Id)).Where(notice => notice is not null).Select(notice => notice!))
            .OrderBy(notice => notice.From)
            .ToListAsync(cancellationToken);

    /// <summary>Suspends an agreement at once, for 45 days. Every signatory finds it in its outbox.</summary>
    public async Task<Answer<SuspensionRow>> SuspendAsync(
        CaseCaller by, string agreement, Id<Party> party, string evidenceHash, bool inWriting, bool seriousBreach, CancellationToken cancellationToken)
    {
        var suspension = new Suspension(SuspensionState.InForce, party, time.GetUtcNow(), inWriting, seriousBreach, evidenceHash, null, []);
        var isParty = agreements.Versions.Any(version => version.Id == agreement && version.Party(party) is not null);
        var obstacles = isParty ? suspension.ToBegin() : [new Obstacle("a party of the agreement that suspends it", "seeds/002 §15")];
        if (obstacles.Count > 0)
        {
            return new(null, obstacles);
        }

        var row = new SuspensionRow(Reference.New(), agreement, suspension);
        await acts.PerformAsync(
            row.Act("agreement.suspend", by.Account, by.Role) with { Hash = evidenceHash },
            async token =>
            {
                // It holds first; then everybody is told.
                await registers.Suspensions.TryAddAsync(row, token);
                foreach (var signatory in agreements.Signatories(agreement, Today))
                {
                    await outbox.PutAsync(signatory, $"governance/suspension-{row.Id}.json", SuspensionGiven.Of(row), token);
                }
            },
            cancellationToken);
        return new(row, []);
    }

    /// <summary>The Risk Assessment and Resolution meeting was held.</summary>
    /// <param name="at">When; null: now.</param>
    /// <param name="panel">The parties whose signatory or nominee sat at it.</param>
    /// <param name="minutesHash">SHA-256 of what it resolved, lower-case hex; empty for none.</param>
    public Task<Answer<SuspensionRow>> HoldMeetingAsync(CaseCaller by, string id, DateTimeOffset? at, IReadOnlyList<Id<Party>> panel, string minutesHash, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "agreement.meet",
        SuspensionState.MeetingHeld,
        minutesHash.Length > 0 ? [] : [new("what the meeting resolved, by its SHA-256", "ours")],
        row => row with
        {
            Suspension = row.Suspension with { MeetingAt = at ?? time.GetUtcNow(), Panel = [.. agreements.Signatories(row.Agreement, Today).Intersect(panel)] },
            MinutesHash = minutesHash,
        },
        cancellationToken);

    /// <summary>The meeting resolved that the agreement holds again, from now on.</summary>
    public Task<Answer<SuspensionRow>> LiftAsync(CaseCaller by, string id, CancellationToken cancellationToken) =>
        ChangeAsync(by, id, "agreement.lift-suspension", SuspensionState.Lifted, [], row => row with { LiftedAt = time.GetUtcNow() }, cancellationToken);

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private Task<Answer<SuspensionRow>> ChangeAsync(
        CaseCaller by, string id, string act, SuspensionState to, IReadOnlyList<Obstacle> missing, Func<SuspensionRow, SuspensionRow> change, CancellationToken cancellationToken) => rows.ChangeAsync(
        registers.Suspensions,
        id,
        row => row.Act(act, by.Account, by.Role) with { Hash = change(row).MinutesHash },
        row =>
        [
            .. row.LapsesAt <= time.GetUtcNow() ? [new($"a suspension whose {AgreementNotice.SuspensionDays} days are not over", "seeds/002 §15")] : Array.Empty<Obstacle>(),
            .. change(row).Suspension.Obstacles(to, time.GetUtcNow(), agreements.Signatories(row.Agreement, Today)),
            .. missing,
        ],
        row => Moved(change(row), to),
        cancellationToken);

    private static SuspensionRow Moved(SuspensionRow row, SuspensionState to) => row with { Suspension = row.Suspension with { State = to } };
}
