using System.Globalization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What a source finds in its outbox: which of its own records is asked about, by reference. Its own file says whose they are.</summary>
/// <param name="Rows">Row numbers in its file, the header being row 1; none for all that it sent of a family.</param>
/// <param name="By">The last day for its answer.</param>
public sealed record SourceQuestionDocument(
    string Question,
    SourceQuestionKind Kind,
    Id<Exchange> Exchange,
    Id<Extract> Extract,
    IReadOnlyList<long> Rows,
    DateOnly? AsAt,
    DateOnly By,
    string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"This is about what you sent under {Exchange} (extract {Extract}){(AsAt is { } day ? $", as at {day.InWords()}" : "")}: "
            + $"{(Rows.Count == 0 ? "all of it" : $"row{(Rows.Count == 1 ? "" : "s")} {string.Join(", ", Rows)}")}.",
        Words,
        $"The last day for the answer is {By.InWords()}.",
    ];
}

/// <summary>What the authority finds in its outbox when a source has not answered in time.</summary>
public sealed record SourceQuestionOverdue(
    string Question,
    SourceQuestionKind Kind,
    string Agency,
    Id<Exchange> Exchange,
    Id<Extract> Extract,
    string Case,
    DateOnly Due,
    string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"Question {Question} is about what {Agency} sent under {Exchange} (extract {Extract}){(Case.Length > 0 ? $", for case {Case}" : "")}.",
        Words,
    ];
}

/// <summary>Questions to the sources of records: asked by reference, answered by the source itself, asked again when it is late.</summary>
/// <remarks>seeds/002 §6, App A fourth principle. docs/cases.md, A question to a source.</remarks>
public sealed class SourceQuestions(
    Registers registers, CaseDesk desk, RowActs rows, Acts acts, Outbox outbox, Deployment deployment, MatchingPlan plan, TimeProvider time)
{
    private Id<Party> Here => deployment.OwnerOr(plan.Authority);

    /// <summary>Asks the agency that sent an extract about records of it.</summary>
    /// <param name="about">Row numbers in the file, its header being row 1.</param>
    public async Task<Answer<SourceQuestionRow>> AskAsync(
        CaseCaller by, SourceQuestionKind kind, string extractId, IReadOnlyList<long> about, CancellationToken cancellationToken)
    {
        if (!Reference.IsOne(extractId) || await registers.Extracts.FindAsync(extractId, cancellationToken) is not { Row: var extract })
        {
            return new(null, []);
        }

        var row = new SourceQuestionRow
        {
            Id = Reference.New(),
            State = SourceQuestionState.Asked,
            Kind = kind,
            Agency = extract.Agency,
            Authority = Here,
            Exchange = extract.Exchange,
            ExtractId = extract.Id,
            Rows = [.. about.Distinct().Order()],
            AsAt = extract.Quality?.AsOf,
            AskedAt = time.GetUtcNow(),
            AskedBy = by.Account,
        };
        var (asked, waiting) = (await AboutAsync(extract, cancellationToken), await WaitingAsync(extract.Id, cancellationToken));
        if (SourceQuestionRules.ToAsk(kind, asked, row.Rows, waiting) is { Count: > 0 } obstacles)
        {
            return new(null, obstacles);
        }

        await AskAsync(row, by.Role, cancellationToken);
        return new(row, []);
    }

    private async Task<QuestionedExtract> AboutAsync(Extract extract, CancellationToken cancellationToken) => new(
        extract.Agency != Here,
        extract.State,
        extract.LastRow,
        await registers.Families.ListAsync(cancellationToken).Select(family => family.Row)
            .Where(family => family.State is not (CohortState.Erasing or CohortState.Erased))
            .AnyAsync(family => family.Records.Any(blob => blob.ExtractId == extract.Id), cancellationToken),
        extract.SupersededBy);

    private async Task<IReadOnlyList<WaitingQuestion>> WaitingAsync(Id<Extract> extract, CancellationToken cancellationToken) =>
        await registers.Questions.ListAsync(cancellationToken)
            .Where(question => question.Row.State is SourceQuestionState.Asked && question.Row.ExtractId == extract)
            .Select(question => new WaitingQuestion(question.Row.Id, question.Row.Kind, question.Row.Rows, question.Row.By))
            .ToListAsync(cancellationToken);

    /// <summary>Asks the source of what a case has whether it is still current; once for each extract.</summary>
    internal Task AskForCaseAsync(Case row, FamilyBlob source, CancellationToken cancellationToken) => AskAsync(
        new()
        {
            Id = SourceQuestionRow.IdOf(row.Id, source.ExtractId, row.Reopened),
            State = SourceQuestionState.Asked,
            Kind = SourceQuestionKind.Currency,
            Agency = source.Originator,
            Authority = row.Authority,
            Exchange = source.Exchange,
            ExtractId = source.ExtractId,
            AsAt = source.AsAt,
            CaseId = row.Id,
            AskedAt = time.GetUtcNow(),
            AskedBy = nameof(FamilyCaseOrchestration),
        },
        role: "",
        cancellationToken);

    /// <summary>The source answers. A case that waits for it uses only what is current.</summary>
    /// <returns>No row when the agency was asked no such question.</returns>
    public async Task<Answer<SourceQuestionRow>> AnswerAsync(
        CaseCaller by, Id<Party> agency, string id, SourceAnswer answer, CancellationToken cancellationToken)
    {
        if (await registers.Questions.FindAsync(id, cancellationToken) is not { Row: var row } || row.Agency != agency)
        {
            return new(null, []);
        }

        if (SourceQuestionRules.ToAnswer(row.State, answer) is { Count: > 0 } obstacles)
        {
            return new(row, obstacles);
        }

        // The case first: an answer cut short in between is given again, and says the same.
        if (row.CaseId.Length > 0)
        {
            var current = answer is SourceAnswer.Current;
            var recorded = await desk.AnswerCurrencyAsync(by, row.CaseId, row.ExtractId, current, cancellationToken);
            if (recorded.Obstacles.Count > 0)
            {
                return new(row, recorded.Obstacles);
            }
        }

        return await SettleAsync(by, id, answer, cancellationToken);
    }

    /// <summary>The coordinator records what a source said by other means.</summary>
    public async Task<Answer<Case>> RecordAsync(
        CaseCaller by, string caseId, Id<Extract> extractId, bool current, CancellationToken cancellationToken)
    {
        var recorded = await desk.AnswerCurrencyAsync(by, caseId, extractId, current, cancellationToken);
        if (recorded is { Row: { } row, Obstacles.Count: 0 })
        {
            var answer = current ? SourceAnswer.Current : SourceAnswer.NotCurrent;
            await SettleAsync(by, SourceQuestionRow.IdOf(caseId, extractId, row.Reopened), answer, cancellationToken);
        }

        return recorded;
    }

    /// <summary>Asks those again who are late and tells the authority; what nobody needs to know any more lapses.</summary>
    internal async Task ChaseAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        foreach (var id in await registers.Questions.DueAsync(asOf, cancellationToken).ToListAsync(cancellationToken))
        {
            var current = await registers.Questions.GetAsync(id, cancellationToken);
            if (!(current.Row.DueAt <= asOf))
            {
                continue;
            }

            // Named by the day it was due, so that a run cut short and its repetition are one reminder.
            var lapsed = current.Row with { State = SourceQuestionState.Lapsed };
            await (await IsOverAsync(current.Row, asOf, cancellationToken)
                ? PerformAsync(current, "question.lapse", "", lapsed, _ => Task.CompletedTask, cancellationToken)
                : PerformAsync(
                    current,
                    "question.chase",
                    current.Row.DueAt.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
                    current.Row with { ChasedAt = asOf },
                    token => RemindAsync(current.Row, token),
                    cancellationToken));
        }
    }

    private Task AskAsync(SourceQuestionRow row, string role, CancellationToken cancellationToken) => acts.PerformAsync(
        row.Act("question.ask", row.AskedBy, role),
        async token =>
        {
            await registers.Questions.TryAddAsync(row, token);
            await PutAsync(row, token);
        },
        cancellationToken);

    private Task<Answer<SourceQuestionRow>> SettleAsync(
        CaseCaller by, string id, SourceAnswer answer, CancellationToken cancellationToken) => rows.ChangeAsync(
        registers.Questions,
        id,
        row => row.Act("question.answer", by.Account, by.Role),
        row => SourceQuestionRules.ToAnswer(row.State, answer),
        row => row with { State = SourceQuestionState.Answered, Answer = answer, AnsweredAt = time.GetUtcNow(), AnsweredBy = by.Account },
        cancellationToken);

    private Task PerformAsync(
        Registered<SourceQuestionRow> current,
        string act,
        string more,
        SourceQuestionRow next,
        Func<CancellationToken, Task> tell,
        CancellationToken cancellationToken) => acts.PerformAsync(
        current.Row.Act(act, nameof(RetentionSweepOrchestration), more: more),
        async token =>
        {
            await tell(token);
            await registers.Questions.ChangeAsync(current, next, token);
        },
        cancellationToken);

    // A case asks as long as it lives.
    private async Task<bool> IsOverAsync(SourceQuestionRow row, DateTimeOffset asOf, CancellationToken cancellationToken) => row.CaseId.Length > 0
        ? await registers.Cases.FindAsync(row.CaseId, cancellationToken)
            is null or { Row.State: FamilyCaseState.Erasing or FamilyCaseState.Erased or FamilyCaseState.DidNotTakePart }
        : row.AskedAt.AddDays(SourceQuestionRules.LapseDays) <= asOf;

    private async Task RemindAsync(SourceQuestionRow row, CancellationToken cancellationToken)
    {
        await PutAsync(row, cancellationToken);
        await outbox.PutAsync(
            row.Authority,
            $"escalations/question-{row.Id}.json",
            new SourceQuestionOverdue(
                row.Id,
                row.Kind,
                row.Agency,
                row.Exchange,
                row.ExtractId,
                row.CaseId,
                row.By,
                $"{row.Agency} was to answer by {row.By:yyyy-MM-dd} and was asked again. What it sent is not used until it does; ask it by other means."),
            cancellationToken);
    }

    private Task PutAsync(SourceQuestionRow row, CancellationToken cancellationToken) => outbox.PutAsync(
        row.Agency,
        $"questions/{row.Id}.json",
        new SourceQuestionDocument(row.Id, row.Kind, row.Exchange, row.ExtractId, row.Rows, row.AsAt, row.By, Words(row)),
        cancellationToken);

    private static string Words(SourceQuestionRow row)
    {
        var asked = row.Kind is SourceQuestionKind.Match
            ? "These records of your file could not be matched. Compare them with your own records: are they right?"
            : "Before anything is done on what you sent: is it still current?";
        return $"{asked} Answer with 'tfflow question answer {row.Id} --agency {row.Agency} --answer current', or not-current, corrected or unknown. "
            + "After 'corrected', send the correction with 'tfflow drop --correction'. What is not current is not used.";
    }
}
