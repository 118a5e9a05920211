using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.People;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Orders markers set and taken off, and keeps a case's standing and its instruction's in step.</summary>
/// <remarks>The case's row changes first: an instruction that is named there and not yet written is written by whoever looks next.</remarks>
public sealed class Markers(
    Registers registers, CaseBook book, Waker waker, AgreementGate gate, Notices notices, Recipients recipients, Erasure erasure, StoreNames names, RowActs rows, Acts acts, TimeProvider time)
{
    /// <summary>What the police's systems are taken to show, by the instruction.</summary>
    public static MarkerStanding Standing(MarkerStanding before, MarkerInstruction instruction) => MarkerRules.After(
        before, instruction.Change.Action, instruction.Change.SentAt is null ? MarkerChangeState.Instructed : MarkerChangeState.Sent, instruction.State);

    /// <summary>Orders a marker set.</summary>
    /// <param name="exchange">Under which the police are told.</param>
    public async Task<Answer<Case>> OrderAsync(CaseCaller by, string caseId, Id<Exchange> exchange, Id<Party> police, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(caseId, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var decision = await CheckAsync(current.Row, MarkerAction.Set, exchange, police, cancellationToken);
        IReadOnlyList<Obstacle> obstacles =
        [
            .. MarkerRules.ToSet(current.Row.Family),
            .. decision.Allowed ? Array.Empty<Obstacle>() : [Obstacle.Refusal(decision.Words, decision.Code)],
            .. await recipients.FindAsync(police, cancellationToken) is null ? [new Obstacle("a key of the police to seal the file to", "ours")] : Array.Empty<Obstacle>(),
        ];
        if (obstacles.Count > 0)
        {
            return new(current.Row, obstacles);
        }

        var order = new MarkerOrder(Reference.New(), MarkerAction.Set, exchange, police);
        current = await book.PerformAsync(
            current,
            by.Act(current.Row, "marker.order") with { Exchange = exchange, References = [caseId, order.Id] },
            row => row with { Marker = MarkerStanding.Setting, Instruction = order },
            cancellationToken);
        await EnsureAsync(current.Row, cancellationToken);
        return new(current.Row, []);
    }

    /// <summary>The police say that it is done.</summary>
    public async Task<Answer<MarkerInstruction>> ConfirmAsync(CaseCaller by, Id<Party> police, string instructionId, CancellationToken cancellationToken)
    {
        if (await registers.Markers.FindAsync(instructionId, cancellationToken) is not { } current || current.Row.Police != police)
        {
            return new(null, []);
        }

        if (current.Row.State is not MarkerChangeState.Confirmed && MarkerRules.Obstacles(current.Row.Change, MarkerChangeState.Confirmed) is { Count: > 0 } obstacles)
        {
            return new(current.Row, obstacles);
        }

        await acts.PerformAsync(
            current.Row.Act("marker.confirm", by.Account) with { Role = by.Role },
            async token =>
            {
                if (current.Row.State is not MarkerChangeState.Confirmed)
                {
                    await registers.Markers.ChangeAsync(current, current.Row with { Change = current.Row.Change with { State = MarkerChangeState.Confirmed }, EndedAt = time.GetUtcNow() }, token);
                }

                await RemoveFileAsync(current.Row, token);
            },
            cancellationToken);
        await SettleAsync(current.Row.Change.CaseId, cancellationToken);
        await waker.WakeAsync<Case>(current.Row.Change.CaseId, cancellationToken);
        return await rows.SettledAsync(registers.Markers, instructionId, cancellationToken);
    }

    /// <summary>Has a marker that is there, or may be, taken off: an open instruction to set it is overtaken first.</summary>
    public async Task TakeOffAsync(string caseId, CancellationToken cancellationToken)
    {
        var current = await registers.Cases.GetAsync(caseId, cancellationToken);
        if (!MarkerRules.MustGo(current.Row.Family))
        {
            return;
        }

        var set = current.Row.Instruction!;
        if (await registers.Markers.FindAsync(set.Id, cancellationToken) is { Row.IsOpen: true } open)
        {
            await OvertakeAsync(open, cancellationToken);
        }

        current = await SettleAsync(caseId, cancellationToken);
        if (current.Row.Marker is MarkerStanding.On or MarkerStanding.Setting)
        {
            current = await book.PerformAsync(
                current,
                current.Row.Act("marker.remove", nameof(FamilyCaseOrchestration), set.Id) with { Exchange = set.Exchange },
                row => row with { Marker = MarkerStanding.Removing, Instruction = set with { Id = Reference.New(), Action = MarkerAction.Remove } },
                cancellationToken);
        }

        await EnsureAsync(current.Row, cancellationToken);
    }

    /// <summary>Brings a case's standing to what its instruction says; writes an instruction that is yet to be written.</summary>
    public async Task<Registered<Case>> SettleAsync(string caseId, CancellationToken cancellationToken)
    {
        var current = await registers.Cases.GetAsync(caseId, cancellationToken);
        if (current.Row.Instruction is not { } order)
        {
            return current;
        }

        if (await registers.Markers.FindAsync(order.Id, cancellationToken) is not { Row: var instruction })
        {
            await EnsureAsync(current.Row, cancellationToken);
            return current;
        }

        var standing = Standing(current.Row.Marker, instruction);
        return standing == current.Row.Marker
            ? current
            : await book.PerformAsync(
                current,
                current.Row.Act("marker.settle", nameof(Markers), $"{order.Id}.{instruction.State}"),
                row => row with { Marker = standing, Instruction = standing is MarkerStanding.Off ? null : row.Instruction },
                cancellationToken);
    }

    /// <summary>Whether the police may be told under an exchange, now: taking a marker off always may.</summary>
    public async Task<GateDecision> CheckAsync(Case row, MarkerAction action, Id<Exchange> exchange, Id<Party> police, CancellationToken cancellationToken) => gate.Check(new()
    {
        Act = action is MarkerAction.Set ? GateAct.Disclosure : GateAct.MarkerRemoval,
        Exchange = exchange,
        Agency = row.Authority,
        Recipient = police,
        At = time.GetUtcNow(),
        Notices = await notices.StandingAsync(cancellationToken),
        Use = Use.Management,
        Families = row.Standing,
        Objections = await registers.ObjectionsOfAsync(row.Id, cancellationToken),
        Means = Means.SealedDrop,
    });

    private async Task EnsureAsync(Case row, CancellationToken cancellationToken)
    {
        if (row.Instruction is not { } order)
        {
            return;
        }

        var instruction = new MarkerInstruction
        {
            Id = order.Id,
            Change = new(row.Id, order.Action, MarkerChangeState.Instructed, SentAt: null),
            Authority = row.Authority,
            Police = order.Police,
            Exchange = order.Exchange,
            OrderedAt = time.GetUtcNow(),
        };
        await acts.PerformAsync(
            instruction.Act("marker.instruct", nameof(Markers)),
            token => registers.Markers.TryAddAsync(instruction, token),
            cancellationToken);
        await waker.WakeAsync<MarkerInstruction>(order.Id, cancellationToken);
    }

    private async Task OvertakeAsync(Registered<MarkerInstruction> open, CancellationToken cancellationToken)
    {
        await acts.PerformAsync(
            open.Row.Act("marker.overtake", nameof(FamilyCaseOrchestration)),
            async token =>
            {
                await registers.Markers.ChangeAsync(open, open.Row with { Change = open.Row.Change with { State = MarkerChangeState.Overtaken }, EndedAt = time.GetUtcNow() }, token);
                await RemoveFileAsync(open.Row, token);
            },
            cancellationToken);
        await waker.WakeAsync<MarkerInstruction>(open.Row.Id, cancellationToken);
    }

    /// <summary>Removes what a sender that was cut short may have put after its instruction was overtaken.</summary>
    internal Task RemoveLeftAsync(MarkerInstruction instruction, CancellationToken cancellationToken) => acts.PerformAsync(
        instruction.Act("marker.clear", nameof(Markers)),
        token => RemoveFileAsync(instruction, token),
        cancellationToken);

    /// <summary>Removes an instruction's file and notice from the outbox of the police.</summary>
    internal async Task RemoveFileAsync(MarkerInstruction instruction, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])[instruction.FileName, instruction.NoticeName])
        {
            await erasure.DeleteAsync(new(names.Outbox(instruction.Police), name), cancellationToken);
        }
    }
}
