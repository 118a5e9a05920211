using System.Globalization;
using System.Runtime.CompilerServices;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Who places a hold, and on what.</summary>
/// <param name="OrderHash">SHA-256 of the written order, lower-case hex.</param>
public sealed record HoldOrder(string Account, string Role, HoldReason Reason, string OrderHash, IReadOnlyList<string> References, DateOnly ReviewOn);

/// <summary>Legal holds: placed, reviewed, released. <see cref="Erasure"/> asks what they cover before it destroys a key.</summary>
/// <remarks>Ours. docs/cases.md, A legal hold.</remarks>
public sealed class LegalHolds(Registers registers, Outbox outbox, Deployment deployment, MatchingPlan plan, RowActs rows, Acts acts, TimeProvider time)
{
    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <returns>The references that are held now.</returns>
    public async Task<IReadOnlySet<string>> CoveredAsync(CancellationToken cancellationToken) =>
        await registers.Holds.ListAsync(cancellationToken)
            .Where(row => row.Row.State is LegalHoldState.InForce)
            .SelectMany(row => row.Row.Hold.References.ToAsyncEnumerable())
            .ToHashSetAsync(cancellationToken: cancellationToken);

    /// <summary>The ids due at <paramref name="asOf"/> or before, the longest due first, without those whose erasing a hold stopped: they are due again once it is released.</summary>
    /// <param name="erasing">The state of what is being erased.</param>
    internal async IAsyncEnumerable<string> DueAsync<TRow, TState>(
        Register<TRow, TState> register, TState erasing, DateTimeOffset asOf, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TRow : class, IRegisterRow<TState>
        where TState : struct, Enum
    {
        var covered = await CoveredAsync(cancellationToken);
        await foreach (var id in register.DueAsync(asOf, cancellationToken))
        {
            if (!covered.Contains(id) || !(await register.GetAsync(id, cancellationToken)).Row.State.Equals(erasing))
            {
                yield return id;
            }
        }
    }

    /// <summary>Places a hold: at once, on everything it names or on nothing.</summary>
    public async Task<Answer<HoldRow>> PlaceAsync(HoldOrder order, CancellationToken cancellationToken)
    {
        var row = new HoldRow
        {
            Id = Reference.New(),
            Hold = new(LegalHoldState.InForce, order.Account, order.Reason, order.OrderHash, [.. order.References.Distinct()], Today, order.ReviewOn),
            RoleCode = order.Role,
            PlacedAt = time.GetUtcNow(),
        };
        var covered = await CoveredAsync(cancellationToken);
        IReadOnlyList<Obstacle> obstacles = row.Hold.ToPlace() is { Count: > 0 } missing ? missing : await NotKeptAsync(row.Hold.References, covered, cancellationToken);
        if (obstacles.Count > 0)
        {
            return new(null, obstacles);
        }

        await acts.PerformAsync(
            row.Act("hold.place", order.Account, order.Role),
            async token =>
            {
                await registers.Holds.TryAddAsync(row, token);

                // An erasing begun before it looks again at the holds finds this one; one that was past its look is seen here.
                obstacles = await NotKeptAsync(row.Hold.References, covered, token);
                if (obstacles.Count == 0)
                {
                    return ActResult.Done;
                }

                var late = await registers.Holds.GetAsync(row.Id, token);
                await registers.Holds.ChangeAsync(late, Released(row, order.Account), token);
                return new ActResult { Result = "hold.too-late" };
            },
            cancellationToken);
        return obstacles.Count > 0 ? new(null, obstacles) : new(row, []);
    }

    /// <summary>The hold was reviewed and is still needed.</summary>
    public Task<Answer<HoldRow>> ReviewAsync(string id, DateOnly next, string account, string role, CancellationToken cancellationToken) => ChangeAsync(
        id,
        "hold.review",
        account,
        role,
        hold => hold.ToReview(Today, next),
        row => row with { Hold = row.Hold with { ReviewOn = next }, ReviewedBy = account, ReviewedAt = time.GetUtcNow(), RemindedAt = null },
        cancellationToken);

    /// <summary>Ends the hold: the next sweep erases what is due and under no other.</summary>
    public Task<Answer<HoldRow>> ReleaseAsync(string id, string account, string role, CancellationToken cancellationToken) => ChangeAsync(
        id,
        "hold.release",
        account,
        role,
        hold => hold.ToRelease(),
        row => Released(row, account),
        cancellationToken);

    /// <summary>Tells the authority of each hold whose review is overdue; again every 30 days.</summary>
    internal async Task ChaseAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var owner = deployment.OwnerOr(plan.Authority);
        foreach (var id in await registers.Holds.DueAsync(asOf, cancellationToken).ToListAsync(cancellationToken))
        {
            var current = await registers.Holds.GetAsync(id, cancellationToken);
            var row = current.Row;
            if (!(row.DueAt <= asOf))
            {
                continue;
            }

            // Named by the day it was due, so that a run cut short and its repetition are one reminder.
            await acts.PerformAsync(
                row.Act("hold.escalate", nameof(RetentionSweepOrchestration), more: row.DueAt.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
                async token =>
                {
                    await outbox.PutAsync(owner, $"escalations/hold-{id}.json", Remind(row), token);
                    await registers.Holds.ChangeAsync(current, row with { RemindedAt = asOf }, token);
                },
                cancellationToken);
        }
    }

    private HoldRow Released(HoldRow row, string account) => row with { Hold = row.Hold with { State = LegalHoldState.Released }, ReleasedBy = account, ReleasedAt = time.GetUtcNow() };

    private static HoldReminder Remind(HoldRow row) => new(
        row.Id,
        row.Hold.References.Count,
        row.Hold.ReviewOn,
        $"The review of this legal hold was due by {row.Hold.ReviewOn:yyyy-MM-dd}. It still holds. Information governance reviews it for another {LegalHold.MaxMonths} months at most, or releases it.");

    private Task<Answer<HoldRow>> ChangeAsync(
        string id, string act, string account, string role, Func<LegalHold, IReadOnlyList<Obstacle>> check, Func<HoldRow, HoldRow> change, CancellationToken cancellationToken) => rows.ChangeAsync(
        registers.Holds, id, row => row.Act(act, account, role, more: Reference.New()[..8]), row => check(row.Hold), change, cancellationToken);

    /// <summary>What is not kept, or is being erased, cannot be held any more. An erasing that another hold stopped is as whole as it was.</summary>
    private async Task<IReadOnlyList<Obstacle>> NotKeptAsync(IReadOnlyList<string> references, IReadOnlySet<string> covered, CancellationToken cancellationToken)
    {
        var obstacles = new List<Obstacle>();
        foreach (var reference in references)
        {
            if (!await IsKeptAsync(reference, covered.Contains(reference), cancellationToken))
            {
                obstacles.Add(new($"something that is kept, and not being erased, under the reference {(Reference.IsOne(reference) ? reference : "that is none")}", "ours"));
            }
        }

        return obstacles;
    }

    private async Task<bool> IsKeptAsync(string id, bool covered, CancellationToken cancellationToken) =>
        Reference.IsOne(id)
        && (IsKept((await registers.Extracts.FindAsync(id, cancellationToken))?.Row.State, covered, ExtractStage.Erasing, ExtractStage.Sealed, ExtractStage.Kept)
            || IsKept((await registers.Families.FindAsync(id, cancellationToken))?.Row.State, covered, CohortState.Erasing, CohortState.InReview, CohortState.InCohort)
            || IsKept((await registers.Cases.FindAsync(id, cancellationToken))?.Row.State, covered, FamilyCaseState.Erasing, [.. Enum.GetValues<FamilyCaseState>().Where(state => state < FamilyCaseState.Erasing)])
            || IsKept((await registers.Research.FindAsync(id, cancellationToken))?.Row.State, covered, ResearchExtractState.Destroying, ResearchExtractState.Built)
            || IsKept((await registers.Studies.FindAsync(id, cancellationToken))?.Row.State, covered, StudyRoundState.Destroying, [.. Enum.GetValues<StudyRoundState>().Where(state => state < StudyRoundState.Destroying)]));

    private static bool IsKept<TState>(TState? state, bool covered, TState erasing, params TState[] kept)
        where TState : struct, Enum =>
        state is { } now && (kept.Contains(now) || (covered && now.Equals(erasing)));
}
