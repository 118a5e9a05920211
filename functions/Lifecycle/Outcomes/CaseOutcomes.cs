using System.Text.Json;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Outcomes;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>Measures families by their outcome plans, from what was sent to measure them, and decides their outcomes by that. Nobody types
/// an outcome.</summary>
/// <remarks>docs/outcomes.md. seeds/001 Measuring Success; Significant and sustained progress.</remarks>
public sealed class CaseOutcomes(
    Registers registers,
    CaseBook book,
    OutcomeEvidence evidence,
    SealedDocuments documents,
    Erasure erasure,
    UsedDocuments used,
    MatchingPlan plan,
    Acts acts)
{
    /// <summary>Measures a family. Its figures are sealed, and stay with its case.</summary>
    /// <returns>What it came to; null where something stood against it.</returns>
    public async Task<(Answer<Case> Answer, ShownMeasurement? Measured)> MeasureAsync(CaseCaller by, string id,
        CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return (new(null, []), null);
        }

        if (ToMeasure(current.Row) is { Count: > 0 } obstacles)
        {
            return (new(current.Row, obstacles), null);
        }

        ShownMeasurement? measured = null;
        var act = by.Act(current.Row, "case.measure");
        var changed = await book.PerformAsync(
            current,
            act,
            async (before, token) =>
            {
                (before, measured) = await MeasureAsync(by, before, act, token);
                return await book.ChangeAsync(before, act, before.Row, token);
            },
            cancellationToken);
        return (new(changed.Row, []), measured);
    }

    /// <summary>Measures a family and decides its outcome by that: shown at once, not shown a year after the end of support.</summary>
    public async Task<Answer<Case>> DecideAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        // What it needs beside the measurement, before anything is opened.
        IReadOnlyList<Obstacle> ToDecide(Case row, OutcomeResult result) =>
            FamilyCaseRules.Obstacles(row.Family with { Outcome = result }, FamilyCaseState.OutcomesChecked, book.Today);
        IReadOnlyList<Obstacle> obstacles = [.. ToMeasure(current.Row), .. ToDecide(current.Row, OutcomeResult.Progress)];
        if (obstacles.Count > 0)
        {
            return new(current.Row, obstacles);
        }

        var act = by.Act(current.Row, "case.outcomes");
        var changed = await book.PerformAsync(
            current,
            act,
            async (before, token) =>
            {
                (before, var measured) = await MeasureAsync(by, before, act, token);
                obstacles = ToDecide(before.Row, measured.Result);
                return await book.ChangeAsync(
                    before,
                    act,
                    obstacles.Count > 0 ? before.Row : before.Row with
                    {
                        State = FamilyCaseState.OutcomesChecked,
                        Outcome = new(measured.On, measured.Result, before.Row.Entry!.Plan, measured.Reference),
                    },
                    token);
            },
            cancellationToken);
        return new(changed.Row, obstacles);
    }

    /// <summary>A family gets another outcome plan than the one by which it entered.</summary>
    /// <param name="to">Its name.</param>
    public async Task<Answer<Case>> MovePlanAsync(CaseCaller by, string id, string to, PlanMoveReason reason,
        CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var next = plan.OutcomePlans.GetValueOrDefault(to);
        if (OutcomeCaseRules.ToMove(current.Row.Family, current.Row.Entry?.On, current.Row.Entry?.Plan ?? "", next, reason,
            plan.OutcomePlans.Keys) is { Count: > 0 } obstacles)
        {
            return new(current.Row, obstacles);
        }

        await used.UseAsync(next!, cancellationToken);
        var act = by.Act(current.Row, "case.move-plan") with
        {
            Purpose = $"{Kebab.Of(reason)}: from {current.Row.Entry!.Plan} to {next!.Name}",
            Hash = next.Sha256,
        };
        var changed = await book.PerformAsync(current, act, row => row with { Entry = row.Entry! with { Plan = next.Name } },
            cancellationToken);
        return new(changed.Row, []);
    }

    /// <summary>Shows a family's measurements. Every look is an act.</summary>
    public async Task<IReadOnlyList<ShownMeasurement>> ReadAsync(CaseCaller by, Case row, CancellationToken cancellationToken)
    {
        var shown = new List<ShownMeasurement>();
        await acts.PerformAsync(
            by.Act(row, "case.read-measurements"),
            async token =>
            {
                foreach (var measured in row.State is FamilyCaseState.Erasing or FamilyCaseState.Erased ? [] : row.Measurements)
                {
                    var content = await documents.OpenAsync(measured.Figures.Name, token);
                    shown.Add(JsonSerializer.Deserialize<ShownMeasurement>(content, Outbox.Json)!);
                    content.AsSpan().Clear();
                }

                return new ActResult { Count = shown.Count };
            },
            cancellationToken);
        return shown;
    }

    private IReadOnlyList<Obstacle> ToMeasure(Case row) =>
    [
        .. OutcomeCaseRules.ToMeasure(row.Family, row.Entry?.On),
        .. row.Entry is { Plan.Length: > 0 } entry && !plan.OutcomePlans.ContainsKey(entry.Plan)
            ? [new Obstacle($"the family outcome plan {entry.Plan}, by which the family entered: put its document back", "ours")]
            : Array.Empty<Obstacle>(),
    ];

    /// <summary>Opens, measures and seals. Whoever does is inside an act, and changes the row by it.</summary>
    private async Task<(Registered<Case> Case, ShownMeasurement Measured)> MeasureAsync(
        CaseCaller by, Registered<Case> before, LedgerAct act, CancellationToken cancellationToken)
    {
        // The row first: from then on a run that still goes on elsewhere cannot commit, so nothing is erased that a row will name.
        var (row, blob, left) = (before.Row, SealedBlob.Of(before.Row.Id), before.Row.Left);
        before = await book.NoteAsync(before, row with { Left = [blob] }, cancellationToken);
        await erasure.EraseAsync(row.Id, left, cancellationToken);
        var occasion = OutcomeRules.OccasionOf(row.EndedOn, [.. row.Measurements.Select(earlier => earlier.On)]);
        var measured = await LookAsync(by, row, occasion, act.ActId, cancellationToken);
        var (sha256, length) = await documents.SealAsync(blob.Name, row.Authority,
            JsonSerializer.SerializeToUtf8Bytes(measured, Outbox.Json), cancellationToken);
        var kept = new CaseMeasurement(measured.Reference, measured.On, occasion, row.Entry!.Plan, measured.Result,
            blob with { Sha256 = sha256, Length = length });
        return (before with { Row = row with { Measurements = [.. row.Measurements, kept], Left = [] } }, measured);
    }

    private async Task<ShownMeasurement> LookAsync(CaseCaller by, Case row, MeasuredAt occasion, string actId,
        CancellationToken cancellationToken)
    {
        var entry = row.Entry!;
        if (plan.OutcomePlans.GetValueOrDefault(entry.Plan) is not { } outcomes)
        {
            return new(Reference.New(), book.Today, occasion, OutcomeResult.NotShown, [],
                ["No outcome is shown: there was no family outcome plan when the family entered."], []);
        }

        await used.UseAsync(outcomes, cancellationToken);
        if (await evidence.OpenAsync(by, row, entry.On, outcomes, plan.Terms, $"{actId}.open", cancellationToken) is not { } known)
        {
            return new(Reference.New(), book.Today, occasion, OutcomeResult.NotShown, [],
                ["No outcome is shown: nothing is kept of the family."], []);
        }

        var now = OutcomeRules.Measure(outcomes, plan.Programme, known.Problems, known.Facts, known.Run);
        var before = known.Run with { On = entry.On, EnteredOn = DateOnly.MinValue };
        var then = OutcomeRules.Measure(outcomes, plan.Programme, known.Problems, known.Facts, before) with { EnteredOn = entry.On };
        return new(Reference.New(), now.On, occasion, now.Result, [.. then.Describe().Skip(1)], [.. now.Describe()], now.Sources);
    }
}
