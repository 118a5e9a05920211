using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Draws the consequence of a correction for one family: out of the cohort, into review, or kept with the corrected record in place of the wrong one.</summary>
public sealed class FamilyCorrector(Registers registers, FamilyVault vault, FamilyKeeper keeper, Erasure erasure, Outbox outbox, MatchingPlan plan, Acts acts, TimeProvider time)
{
    // Quoted to partners: plain words, and a source that they can look up.
    private const string Accuracy = "(UK GDPR Article 5(1)(d), accuracy)";

    public async Task CorrectAsync(FamiliesAtWork work, FamilyAtWork family, EligibilityRun run, CancellationToken cancellationToken)
    {
        var finding = CohortRules.DecideCorrected(
            plan, family.Household.ToString(), family.Records, family.Replaced(work), [.. family.Fresh.Rows.Select(row => row.Record)], run);
        var act = family.Family.Act("family.correct", nameof(LookAgain)) with
        {
            ActId = $"family.correct.{family.Family.Id}.{work.Correction.Id}",
            References = [family.Family.Id, work.Correction.Id, .. work.Corrected.Select(extract => extract.Id)],
        };
        await acts.PerformAsync(
            act,
            async token =>
            {
                var row = await registers.Families.GetAsync(family.Family.Id, token);
                var hasCase = await registers.Cases.FindAsync(row.Row.Id.Text, token) is not null;
                if (finding.Verdict is Verdict.NotMeeting && !hasCase)
                {
                    await TakeOutAsync(row, work, token);
                }
                else
                {
                    await RenewAsync(row, work, family, finding, hasCase, act.ActId, token);
                }

                return new ActResult { Result = Kebab.Of(finding.Verdict) };
            },
            cancellationToken);
    }

    private Task TakeOutAsync(Registered<Family> row, FamiliesAtWork work, CancellationToken cancellationToken) =>
        row.Row.State is CohortState.InCohort or CohortState.InReview
            ? registers.Families.ChangeAsync(row, row.Row.Leaving(RemovalReason.Corrected, $"{CauseOf(work)}: without it the family does not meet the criteria {Accuracy}", time.GetUtcNow()), cancellationToken)
            : Task.CompletedTask;

    /// <summary>Names what will be written, writes it, and only then erases what it takes the place of: cut short anywhere, the family can be read.</summary>
    private async Task RenewAsync(
        Registered<Family> row, FamiliesAtWork work, FamilyAtWork family, FamilyFinding finding, bool hasCase, string actId, CancellationToken cancellationToken)
    {
        var before = row.Row.Readable;
        List<SealedBlob> left = [.. row.Row.Blobs.Where(blob => blob.Sha256.Length == 0 || row.Row.Left.Contains(blob) || (blob == row.Row.Replaced && blob != before))];
        var memberOf = FamilyMembers.Assign([.. family.Known.Select(known => known.Row), .. family.Wrong], family.Fresh.Rows);
        List<FamilyBlob> stays = [.. row.Row.Records.Where(blob => !work.IsCorrected(blob) && blob.Blob.Sha256.Length > 0)];
        List<FamilyBlob> goes = [.. row.Row.Records.Where(blob => work.IsCorrected(blob) && blob.Blob.Sha256.Length > 0)];
        var added = FamilyKeeper.Named(row.Row.Id, family.Fresh.Rows);
        row = await registers.Families.ChangeAsync(
            row,
            row.Row with
            {
                Records = [.. stays, .. goes, .. added],
                Explanation = SealedBlob.Of(row.Row.Id),
                Replaced = before,
                Members = [.. row.Row.Members.Union(memberOf.Values)],
                Left = left,
            },
            cancellationToken);
        await erasure.EraseAsync(row.Row.Id, left, cancellationToken);
        await keeper.MeetAsync(row.Row, family.Fresh.Rows, cancellationToken);

        var records = FamilyKeeper.Records(added, family.Fresh.Rows, [.. family.Fresh.Rows.Select(fresh => memberOf.GetValueOrDefault(fresh, ""))]);
        var corrected = FamilyKeeper.Explain(family.Household, finding) with
        {
            OtherHouseholds = family.Explained.OtherHouseholds,
            Links = family.Explained.Links,
            Surfaced = family.Explained.Surfaced,
        };
        (added, var explanation) = await vault.SealAsync(records, row.Row.Explanation!.Name, row.Row.Authority, corrected, cancellationToken);
        row = await registers.Families.ChangeAsync(row, row.Row with { Records = [.. stays, .. goes, .. added], Explanation = explanation, Left = [] }, cancellationToken);

        await erasure.EraseAsync(row.Row.Id, [.. goes.Select(blob => blob.Blob), before], cancellationToken);
        var erasedAt = time.GetUtcNow();
        foreach (var blob in goes)
        {
            // The correction makes it due, not the family's own time.
            var certificate = EraseFamily.Certify(row.Row with { DueAt = erasedAt }, blob, $"{CauseOf(work)} {Accuracy}", actId, erasedAt) with { ApprovedBy = EraseFamily.Corrector };
            await outbox.PutOnceAsync(blob.Originator, $"certificates/{blob.ExtractId}.{row.Row.Id}.json", certificate, cancellationToken);
        }

        var renewed = row.Row.With(finding.Standing) with
        {
            Records = [.. stays, .. added],
            Replaced = null,
            MoreProblems = corrected.More,
            NoLongerMeets = hasCase && finding.Verdict is Verdict.NotMeeting,
        };
        await registers.Families.ChangeAsync(
            row,
            (renewed.State, finding.Verdict) switch
            {
                (CohortState.InReview, Verdict.Eligible) => keeper.InCohort(renewed),

                // What a person decided stands while it stays uncertain; a case is ended by people alone.
                (CohortState.InCohort, Verdict.Uncertain) when renewed.DecidedBy is null && !hasCase => keeper.InReview(renewed),
                _ => renewed,
            },
            cancellationToken);
    }

    private static string CauseOf(FamiliesAtWork work) => $"its agency corrected the extract by {work.Correction.Id}";
}
