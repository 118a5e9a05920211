using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Retention;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Rights;

/// <summary>Erases what is held about one person: their rows of each extract and of each family's records. What is about others is sealed
/// anew, the
/// old keys are destroyed, and each originator gets a certificate.</summary>
/// <remarks>Ours: UK GDPR Art 17. What was written for a case that lives goes with the case.</remarks>
public sealed class PersonEraser(
    Registers registers, ExtractRewriter rewriter, FamilyVault vault, HouseholdIndex index, Removals removals, Erasure erasure,
        Outbox outbox, Acts acts, TimeProvider time)
{
    private const string Rule = "the person asked for it, and it was decided (UK GDPR Art 17)";

    /// <returns>False when a legal hold covers some of it: the rest is erased.</returns>
    internal async Task<bool> EraseAsync(SubjectRequestRow request, CancellationToken cancellationToken)
    {
        var all = true;
        foreach (var found in request.Theirs.Where(record => record.In is FoundIn.Extract).GroupBy(record => record.Reference))
        {
            all &= await FromExtractAsync(request, found.Key, found.SelectMany(record => record.Rows).ToHashSet(), cancellationToken);
        }

        foreach (var found in request.Theirs.Where(record => record.In is FoundIn.Family).GroupBy(record => record.Reference))
        {
            all &= await FromFamilyAsync(request, found.Key, found.SelectMany(record => record.MemberReferences)
                .ToHashSet(), cancellationToken);
        }

        return all;
    }

    private static LedgerAct ActOf(LedgerAct of, SubjectRequestRow request, string reference, int count) => of with
    {
        ActId = $"request.erase-rows.{request.Id}.{reference}",
        Purpose = PersonFinder.Purpose,
        References = [request.Id, reference],
        Count = count,
    };

    private async Task<bool> FromExtractAsync(SubjectRequestRow request, string id, HashSet<long> rows, CancellationToken cancellationToken)
    {
        var extract = await registers.Extracts.GetAsync(id, cancellationToken);
        if (extract.Row.State is not (ExtractStage.Kept or ExtractStage.Erasing))
        {
            return true;
        }

        var act = ActOf(extract.Row.Act("request.erase-rows", nameof(SubjectRequestOrchestration)), request, id, rows.Count);
        return await Erasure.UnlessHeldAsync(acts.PerformAsync(
            act,
            async token =>
            {
                var gone = await rewriter.WithoutAsync(extract, rows, token);
                var certificate = Certificates.Of(act.ActId, id, gone, rows.Count, Rule, null, time.GetUtcNow(), request.DecidedBy) with
                {
                    Agreement = extract.Row.Agreement,
                    AgreementVersion = extract.Row.AgreementVersion,
                    Exchange = extract.Row.Exchange,
                };
                await CertifyAsync(request, extract.Row.Agency, certificate, token);
            },
            cancellationToken));
    }

    private async Task<bool> FromFamilyAsync(SubjectRequestRow request, string id, HashSet<string> members,
        CancellationToken cancellationToken)
    {
        var family = await registers.Families.GetAsync(id, cancellationToken);
        if (family.Row.State is not (CohortState.InCohort or CohortState.InReview)
            || await registers.Cases.FindAsync(id, cancellationToken) is { Row.State: not FamilyCaseState.Erased })
        {
            return true;
        }

        var act = ActOf(family.Row.Act("request.erase-rows", nameof(SubjectRequestOrchestration)), request, id, members.Count);
        var done = await Erasure.UnlessHeldAsync(
            acts.PerformAsync(act, token => WithoutAsync(request, family, members, act.ActId, token), cancellationToken));
        var left = (await registers.Families.GetAsync(id, cancellationToken)).Row;
        if (done && left is { State: CohortState.InCohort, Members.Count: 0 })
        {
            await removals.RemoveAsync(id, RemovalReason.Objection, request.DecidedBy ?? nameof(SubjectRequestOrchestration), "",
                cancellationToken);
        }

        return done;
    }

    /// <summary>Names what will be written, writes it, and only then erases what it takes the place of.</summary>
    private async Task WithoutAsync(SubjectRequestRow request, Registered<Family> family, HashSet<string> members, string actId,
        CancellationToken cancellationToken)
    {
        await erasure.EraseAsync(family.Row.Id, family.Row.Left, cancellationToken);
        var written = family.Row.Records.Where(record => record.Blob.Sha256.Length > 0).ToList();
        var rows = new List<(FamilyBlob Blob, FamilyRow Row)>();
        using (var open = vault.Open(written))
        {
            foreach (var record in written)
            {
                rows.AddRange((await open.ReadAsync(record, cancellationToken)).Select(row => (record, row)));
            }
        }

        var whose = new PersonRows(rows, members, []);
        var goes = written.Where(record => rows.Any(pair => pair.Blob == record && whose.Of(pair.Row) is RowOf.Person)).ToList();
        var stays = goes.ToDictionary(record => record, record =>
            rows.Where(pair => pair.Blob == record && whose.Of(pair.Row) is not RowOf.Person).Select(pair => pair.Row).ToList());
        var added = goes.Where(record => stays[record].Count > 0)
            .Select(record => (Old: record, New: record with { Blob = SealedBlob.Of(family.Row.Id), Rows = stays[record].Count })).ToList();
        family = await registers.Families.ChangeAsync(family, family.Row with { Left = [.. added.Select(pair => pair.New.Blob)] },
            cancellationToken);
        var anew = await vault.SealAsync([.. added.Select(pair => new FamilyRecord(pair.New, stays[pair.Old]))], cancellationToken);
        family = await registers.Families.ChangeAsync(
            family,
            family.Row with
            {
                Records = [.. family.Row.Records.Except(goes), .. anew],
                Members = [.. family.Row.Members.Where(member => !members.Contains(member))],
                Left = [.. goes.Select(record => record.Blob)],
            },
            cancellationToken);
        using (var meeting = await index.OpenMeetingKeysAsync(cancellationToken))
        {
            var keys = PeopleReader.KeysOf(meeting, rows.Where(pair => whose.Of(pair.Row) is not RowOf.Person)
                .Select(pair => pair.Row.Fields));
            await index.SetMeetingKeysAsync(family.Row.Programme, family.Row.Id, keys, cancellationToken);
        }

        await erasure.EraseAsync(family.Row.Id, family.Row.Left, cancellationToken);
        foreach (var record in goes)
        {
            var certificate = Certificates.Of(actId, record.ExtractId, [record.Blob], record.Rows - stays[record].Count, Rule, null,
                time.GetUtcNow(), request.DecidedBy) with
            {
                Agreement = record.Agreement,
                AgreementVersion = record.AgreementVersion,
                Exchange = record.Exchange,
                SealedAnew = stays[record].Count,
            };
            await CertifyAsync(request, record.Originator, certificate, cancellationToken);
        }

        await registers.Families.ChangeAsync(family, family.Row with { Left = [] }, cancellationToken);
    }

    private Task CertifyAsync(SubjectRequestRow request, string originator, ErasureCertificate certificate,
        CancellationToken cancellationToken) =>
        outbox.PutOnceAsync(originator, $"certificates/{certificate.Reference}.{request.Id}.json", certificate, cancellationToken);
}
