using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.People;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;
using TfFlow.Vault.Sealing;

namespace TfFlow.Lifecycle.Research.Study;

/// <param name="Exchange">As the agreement names it: <c>nis-submission</c>.</param>
/// <param name="Study">The research organisation.</param>
/// <param name="GrantId">The study's upload grant.</param>
/// <param name="PublicKey">The grant's, 65 bytes.</param>
/// <param name="Without">Families that are left out, by their references.</param>
public sealed record SubmissionOrder(
    Id<Party> Authority, Id<Exchange> Exchange, string Study, string GrantId, byte[] PublicKey, IReadOnlyCollection<string> Without);

/// <summary>An authority's part in a study: families that took part, and families assessed that did not, sealed to the study's key. A one-way street.</summary>
/// <remarks>seeds/003 How will this work in practice. People are named as they named themselves on a signed form, or else as the authority's own records name them: what partners sent stays here.</remarks>
public sealed class StudySubmissions(
    Registers registers,
    StoreNames names,
    CaseOpenings openings,
    CaseBook book,
    SealedDocuments documents,
    Erasure erasure,
    Outbox outbox,
    AgreementCatalogue agreements,
    AgreementGate gate,
    Notices notices,
    RowActs rows,
    Acts acts,
    TimeProvider time)
{
    private static readonly string[] Headers = ["Surname", "Forenames", "Date of birth", "Address", "Postcode", "Group", "Started"];

    /// <summary>Builds and seals a submission.</summary>
    /// <returns>The row, or why not.</returns>
    public async Task<Answer<StudySubmission>> BuildAsync(CaseCaller by, SubmissionOrder order, CancellationToken cancellationToken)
    {
        var people = await SubmittedAsync(order, cancellationToken);
        var decision = gate.Check(new()
        {
            Act = GateAct.Disclosure,
            Exchange = order.Exchange,
            Agency = order.Authority,
            Recipient = order.Study,
            Untold = await UntoldAsync(order, people, cancellationToken),
            At = time.GetUtcNow(),
            Notices = await notices.StandingAsync(cancellationToken),
            Use = Use.Research,
            Means = Means.SealedDrop,
        });
        if (decision.Grant is not { } grant)
        {
            return new(null, [Obstacle.Refusal(decision.Words, decision.Code)]);
        }

        var row = new StudySubmission
        {
            Id = Reference.New(),
            State = StudySubmissionState.Ordered,
            Authority = order.Authority,
            StudyAgency = order.Study,
            Exchange = order.Exchange,
            GrantId = order.GrantId,
            OrderedAt = time.GetUtcNow(),
        };
        await acts.PerformAsync(
            row.Act("study.submit", by.Account, by.Role) with { Agreement = grant.Agreement, AgreementVersion = grant.Version, Basis = grant.Basis, Purpose = grant.Purpose },
            token => SealAsync(row, order, people, grant, token),
            cancellationToken);
        return new((await registers.Submissions.GetAsync(row.Id, cancellationToken)).Row, []);
    }

    /// <summary>The study has it: the sealed file is removed here, and the comparison group's clock starts.</summary>
    /// <param name="sha256">What the study says arrived; must be what was sealed.</param>
    public Task<Answer<StudySubmission>> ReceivedAsync(CaseCaller by, string id, Id<Extract> extractId, string sha256, CancellationToken cancellationToken) => rows.PerformAsync(
        registers.Submissions,
        id,
        row => row.Act("study.received", by.Account, by.Role) with { Hash = sha256, Count = row.People },
        row => row.State is StudySubmissionState.Sealed && row.FileHash == sha256 && Reference.IsOne(extractId)
            ? [] : [new("the study's receipt of the very file that was sealed", "ours")],
        async (current, token) =>
        {
            await erasure.DeleteAsync(new(names.Outbox(current.Row.Authority), current.Row.FileName), token);
            foreach (var caseId in current.Row.CaseIds)
            {
                await SentAsync(caseId, current.Row.Id, token);
            }

            await registers.Submissions.ChangeAsync(
                current, current.Row with { State = StudySubmissionState.Received, ExtractId = extractId, ReceivedAt = time.GetUtcNow() }, token);
        },
        cancellationToken);

    private async Task SentAsync(string caseId, string submissionId, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(caseId, cancellationToken) is { Row.SentToStudyAt: null } current && current.Row.State is not (FamilyCaseState.Erasing or FamilyCaseState.Erased))
        {
            await book.PerformAsync(
                current,
                current.Row.Act("case.sent-to-study", nameof(StudySubmissions), submissionId),
                row => row with { SentToStudyAt = time.GetUtcNow() },
                cancellationToken);
        }
    }

    /// <summary>Whom a submission is about: who is involved in the families of both groups, without who objects to research.</summary>
    private async Task<IReadOnlyList<Submitted>> SubmittedAsync(SubmissionOrder order, CancellationToken cancellationToken)
    {
        var objecting = await registers.ObjectingPeopleAsync([Use.Research], cancellationToken);
        return await registers.Cases.ListAsync(cancellationToken).Select(found => found.Row)
            .Where(row => row.Authority == order.Authority && row.SentToStudyAt is null && GroupOf(row) is not null && !order.Without.Contains(row.Id))
            .Select(row => new Submitted(row, row.People.Where(person => !row.Held.IsAmong(person, objecting)).ToHashSet(StringComparer.Ordinal)))
            .ToListAsync(cancellationToken);
    }

    /// <returns>Families somebody of whom was not told of the study, by their references.</returns>
    private async Task<IReadOnlyList<string>> UntoldAsync(
        SubmissionOrder order, IReadOnlyList<Submitted> people, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var agreement = agreements.WithExchange(order.Exchange, today)?.Id ?? "";
        var given = await registers.GivenNoticesAsync(cancellationToken);
        return [.. people.Where(submitted => NoticeGiven.Untold(submitted.People, submitted.Row.Held, agreement, today, given).Count > 0).Select(submitted => submitted.Row.Id)];
    }

    private async Task<ActResult> SealAsync(
        StudySubmission row, SubmissionOrder order, IReadOnlyList<Submitted> submitted, DisclosureGrant grant, CancellationToken cancellationToken)
    {
        await registers.Submissions.TryAddAsync(row, cancellationToken);
        var current = await registers.Submissions.GetAsync(row.Id, cancellationToken);
        var (content, people, cases) = await WriteAsync(row, submitted, cancellationToken);
        var file = await Recipients.SealDropAsync(grant, order.GrantId, order.PublicKey, content, cancellationToken);
        CryptographicOperations.ZeroMemory(content);
        await outbox.DiscloseByDropAsync(grant, row.FileName, file, cancellationToken);
        await registers.Submissions.ChangeAsync(
            current, row with { State = StudySubmissionState.Sealed, People = people, FileHash = file.Sha256, CaseIds = cases }, cancellationToken);
        return new ActResult { Count = people, Hash = file.Sha256 };
    }

    private async Task<(byte[] Content, int People, IReadOnlyList<string> Cases)> WriteAsync(
        StudySubmission submission, IReadOnlyList<Submitted> submitted, CancellationToken cancellationToken)
    {
        // Somebody may have two references, or a place in two families: they are compared once.
        var (people, cases) = (new HashSet<PersonDetails>(), new List<string>());
        using var output = new MemoryStream();
        using (var csv = CsvOutput.ForMachines(output))
        {
            void Line(IEnumerable<string> cells)
            {
                foreach (var cell in cells)
                {
                    csv.WriteField(cell);
                }

                csv.EndRecord();
            }

            Line(Headers);
            foreach (var (row, sent) in submitted)
            {
                foreach (var person in (await NamedAsync(row, sent, submission, cancellationToken)).Where(people.Add))
                {
                    Line([person.Surname, person.Forenames, Day(person.DateOfBirth), person.Address, person.Postcode, GroupOf(row)!, Day(DateOnly.FromDateTime(row.OpenedAt.UtcDateTime))]);
                }

                cases.Add(row.Id);
            }
        }

        var content = output.ToArray();
        output.GetBuffer().AsSpan().Clear();
        return (content, people.Count, cases);
    }

    private static string? GroupOf(Case row) => row.State switch
    {
        FamilyCaseState.PartnerLed or FamilyCaseState.Supported or FamilyCaseState.Completed or FamilyCaseState.Withdrawn or FamilyCaseState.OutcomesChecked or FamilyCaseState.Reviewed => GroupComparison.Groups[0],
        FamilyCaseState.DidNotTakePart => GroupComparison.Groups[1],
        _ => null,
    };

    private async Task<IReadOnlyList<PersonDetails>> NamedAsync(
        Case row, IReadOnlySet<string> sent, StudySubmission submission, CancellationToken cancellationToken)
    {
        if (row.Forms.Count > 0)
        {
            var forms = row.ByPerson.Forms.Zip(await documents.ReadFormsAsync(row.ByPerson, cancellationToken));
            return [.. forms.Where(form => sent.Contains(form.First.Person)).Select(form => form.Second)];
        }

        var (items, _) = await openings.ReadAsync(
            row,
            record => record.Originator == row.Authority && record.Uses.Contains(Use.Baseline) ? Use.Baseline : null,
            $"study.name.{submission.Id}.{row.Id}",
            nameof(StudySubmissions),
            "",
            cancellationToken);
        return [.. items.Where(item => sent.Contains(row.Held.PersonOf(item.Member))).Select(item => PersonDetails.Of(item.Fields)).OfType<PersonDetails>()];
    }

    /// <param name="People">Who of the family is sent, by their references.</param>
    private sealed record Submitted(Case Row, IReadOnlySet<string> People);

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
