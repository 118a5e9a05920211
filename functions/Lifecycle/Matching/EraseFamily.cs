using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.People;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Retention;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Erases what is kept of one family: keys destroyed, blobs deleted, both verified, the household forgotten, a certificate for each agency its records came from.</summary>
public sealed class EraseFamily(Registers registers, HouseholdIndex index, Erasure erasure, GivenFiles given, Outbox outbox, RetentionLines lines, Acts acts, TimeProvider time)
{
    /// <returns>True once it is erased, by this run or an earlier one; false when it is not due after all, or held.</returns>
    public async Task<bool> RunAsync(FamilyReference input, CancellationToken cancellationToken)
    {
        var family = await registers.Families.GetAsync(input.FamilyId, cancellationToken);
        if (family.Row.State is CohortState.InReview or CohortState.InCohort && !(family.Row.DueAt <= time.GetUtcNow()))
        {
            return false;
        }

        var act = family.Row.Act("family.erase", nameof(RetentionSweepOrchestration));
        return await Erasure.UnlessHeldAsync(acts.PerformAsync(act, token => EraseAsync(family, act.ActId, token), cancellationToken));
    }

    private async Task EraseAsync(Registered<Family> family, string actId, CancellationToken cancellationToken)
    {
        if (family.Row.State is not (CohortState.Erasing or CohortState.Erased))
        {
            family = await registers.Families.ChangeAsync(family, family.Row with { State = CohortState.Erasing }, cancellationToken);
        }

        if (family.Row.State is CohortState.Erasing)
        {
            await given.WithdrawAsync(family.Row.Id, cancellationToken);
            await given.ForgetAsync(family.Row.Id, cancellationToken);
            await index.SetMeetingKeysAsync(family.Row.Programme, family.Row.Id, new HashSet<ulong>(), cancellationToken);

            // The token of a household that objects stays, and nothing else: by it the next round leaves it alone.
            if (!(await registers.ObjectingFamiliesAsync(Use.Identification, cancellationToken)).Contains(family.Row.Id))
            {
                await index.RemoveAsync(family.Row.Programme, family.Row.Id, cancellationToken);
            }

            await erasure.EraseAsync(family.Row.Id, [.. family.Row.Blobs], cancellationToken);
            var erasedAt = time.GetUtcNow();
            var (point, clocks) = await FateAsync(family.Row, cancellationToken);
            foreach (var blob in family.Row.Records)
            {
                await outbox.PutOnceAsync(blob.Originator, $"certificates/{blob.ExtractId}.{family.Row.Id}.json", Certify(family.Row, blob, Quote(family.Row, blob, point, clocks), actId, erasedAt), cancellationToken);
            }

            // What was found and decided dies with the records: the row keeps that there was one, and when.
            await registers.Families.ChangeAsync(
                family,
                family.Row.With(default(Standing)) with
                {
                    State = CohortState.Erased,
                    Members = [],
                    Pairs = [],
                    Records = [],
                    Left = [],
                    Explanation = null,
                    Replaced = null,
                    NoLongerMeets = false,
                    MoreProblems = 0,
                    DecidedBy = null,
                    DecidedAt = null,
                    DueAt = null,
                    ErasedAt = erasedAt,
                },
                cancellationToken);
        }
    }

    /// <summary>How the family's way ended, and when what its agreements count from happened.</summary>
    private async Task<(RetentionPoint? Point, RetentionClocks Clocks)> FateAsync(Family family, CancellationToken cancellationToken)
    {
        var clocks = RetentionClocks.None.With(ClockEvent.MatchingCompleted, family.FoundAt);
        if (await registers.Cases.FindAsync(family.Id.Text, cancellationToken) is not { Row: var row })
        {
            return (family.RetentionRule == FamilyKeeper.ReviewRule || family.DecidedBy is not null || family.Removal is not null ? RetentionPoint.DoesNotMeet : null, clocks);
        }

        return (
            row.EndedOn is null ? RetentionPoint.DidNotTakePart : RetentionPoint.OnProgramme,
            clocks.With(ClockEvent.CaseClosed, At(row.EndedOn)).With(ClockEvent.OutcomesChecked, At(row.Outcome?.On)).With(ClockEvent.SentToStudy, row.SentToStudyAt)
                .With(ClockEvent.ConsentWithdrawn, row.Withdrew ? At(row.EndedOn) : null));
    }

    private static DateTimeOffset? At(DateOnly? day) => day is { } known ? new DateTimeOffset(known, TimeOnly.MinValue, TimeSpan.Zero) : null;

    /// <summary>The agreement's own line, then what made it due now.</summary>
    private string Quote(Family family, FamilyBlob blob, RetentionPoint? point, RetentionClocks clocks) =>
        point is { } known && lines.At(known, $"{blob.Agreement}@{blob.AgreementVersion}", blob.Exchange, blob.Originator, family.Authority, clocks) is { } term
            ? family.Removal is null ? $"{term.Quote}. {family.RetentionRule}" : $"{family.RetentionRule}. Without that the agreement's line would have applied: {term.Quote}"
            : family.RetentionRule;

    /// <summary>Who approved what goes because of a correction.</summary>
    internal const string Corrector = "the agency that corrected its extract";

    internal static ErasureCertificate Certify(Family family, FamilyBlob blob, string rule, string actId, DateTimeOffset erasedAt) =>
        Certificates.Of(actId, blob.ExtractId, [blob.Blob], blob.Rows, rule, family.DueAt, erasedAt, family.DecidedBy ?? (family.Removal is RemovalReason.Corrected ? Corrector : null)) with
        {
            Agreement = blob.Agreement,
            AgreementVersion = blob.AgreementVersion,
            Exchange = blob.Exchange,
        };
}
