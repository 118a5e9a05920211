using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Rights;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Rights;

/// <summary>A request for information that is recorded.</summary>
/// <param name="LetterSha256">Lower-case hex; empty: it was said.</param>
public sealed record InformationAsked(
    InformationRegime Regime, IReadOnlyList<InformationSubject> Subjects, DateOnly From, DateOnly To, DateOnly ReceivedOn,
        string LetterSha256);

/// <param name="Found">What is held, figures as they are: for whoever coordinates the request.</param>
public sealed record SearchedInformation(InformationRequestRow Row, IReadOnlyList<HeldInformation> Found);

/// <param name="Json">UTF-8.</param>
/// <param name="Sha256">Of those bytes, lower-case hex.</param>
public sealed record WrittenResponse(byte[] Json, string Sha256);

/// <summary>Answers requests under the law on freedom of information and on environmental information: what is held is found, the partners
/// whose it is
/// too are asked, and the response gives what is not exempt.</summary>
/// <remarks>docs/governance.md. seeds/002 §16.</remarks>
public sealed class InformationRequests(
    Registers registers, HeldInformationSearch search, BundleWriter writer, Deployment deployment, MatchingPlan plan, Outbox outbox,
        RowActs rows, Acts acts, TimeProvider time)
{
    private const string Words = "Somebody asked for information that is yours too. Say what may not be given, and under which exemption; else it may be given.";

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>A request was received.</summary>
    public async Task<Answer<InformationRequestRow>> ReceiveAsync(CaseCaller by, InformationAsked asked,
        CancellationToken cancellationToken)
    {
        var row = new InformationRequestRow
        {
            Id = Reference.New(),
            State = InformationRequestState.Received,
            Regime = asked.Regime,
            Authority = deployment.OwnerOr(plan.Authority),
            Subjects = [.. asked.Subjects.Distinct()],
            From = asked.From,
            To = asked.To,
            ReceivedOn = asked.ReceivedOn,
            RecordedAt = time.GetUtcNow(),
            RecordedBy = by.Account,
            LetterHash = asked.LetterSha256,
        };
        return await rows.AddAsync(
            registers.InformationRequests, row, row.Act("information.receive", by.Account, by.Role) with { Hash = row.LetterHash },
                row.Request.ToReceive(Today), cancellationToken);
    }

    /// <summary>Finds what is held, and asks the partners whose it is too.</summary>
    public async Task<Answer<SearchedInformation>> FindAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<HeldInformation> found = [];
        var answer = await rows.PerformAsync(
            registers.InformationRequests,
            id,
            row => row.Act("information.find", by.Account, by.Role, Reference.New()[..8]),
            row => row.Request.ToSearch(),
            async (current, token) =>
            {
                found = await search.FindAsync(current.Row, token);
                var partners = found.SelectMany(item => item.Partners).Distinct().Select(party => (Id<Party>)party).ToList();
                await AskAsync(current.Row, found, partners.Except(current.Row.Partners), token);
                await registers.InformationRequests.ChangeAsync(
                    current,
                    current.Row with
                    {
                        State = InformationRequestState.Consulting,
                        ItemReferences = [.. found.Select(item => item.Reference)],
                        Partners = [.. current.Row.Partners.Union(partners)],
                        AskedAt = current.Row.AskedAt ?? time.GetUtcNow(),
                    },
                    token);
            },
            cancellationToken);
        return new(answer is { Row: { } row, Obstacles.Count: 0 } ? new(row, found) : null, answer.Obstacles);
    }

    private async Task AskAsync(InformationRequestRow row, IReadOnlyList<HeldInformation> found, IEnumerable<Id<Party>> partners,
        CancellationToken cancellationToken)
    {
        var by = WorkingDays.After(Today, InformationRequest.ViewDays, SubjectRequestRow.NoHolidays);
        foreach (var partner in partners)
        {
            var titles = found.Where(item => item.Partners.Contains(partner.Text)).Select(item => item.Title);
            await outbox.PutAsync(partner, $"requests/foi-{row.Id}.json",
                new InformationQuestion(row.Id, row.Regime, [.. titles], by, Words), cancellationToken);
        }
    }

    /// <summary>A partner gave its view, or none in its time.</summary>
    public Task<Answer<InformationRequestRow>> RecordViewAsync(CaseCaller by, string id, Id<Party> agency, string hash,
        CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "information.view",
        hash,
        row => row.Request.ToHear(agency, hash.Length > 0, row.AskedAt is { } asked ? DateOnly.FromDateTime(asked.UtcDateTime) : null,
            Today, SubjectRequestRow.NoHolidays),
        row => row with { Views = [.. row.Views, new(agency, hash, by.Account, time.GetUtcNow())] },
        cancellationToken);

    /// <summary>Something that is held is exempt.</summary>
    public Task<Answer<InformationRequestRow>> ExemptAsync(CaseCaller by, string id, ItemExemption exemption,
        CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "information.exempt",
        exemption.Hash,
        row => row.Request.ToExempt(exemption, row.ItemReferences),
        row => row with
        {
            Exemptions = [.. row.Exemptions.Where(other => other.ItemReference != exemption.ItemReference), exemption with { By = by.Account }],
        },
        cancellationToken);

    /// <summary>Whoever asked was told that it takes longer.</summary>
    public Task<Answer<InformationRequestRow>> ExtendAsync(CaseCaller by, string id, bool complex, CancellationToken cancellationToken) =>
        ChangeAsync(
        by, id, "information.extend", "", row => row.Request.ToExtend(Today, complex, SubjectRequestRow.NoHolidays), row =>
            row with { ExtendedOn = Today }, cancellationToken);

    /// <summary>What is given and what is not, and why, is settled.</summary>
    public Task<Answer<InformationRequestRow>> DecideAsync(CaseCaller by, string id, string hash, CancellationToken cancellationToken) =>
        ChangeAsync(
        by,
        id,
        "information.decide",
        hash,
        row => (row with { DecisionHash = hash }).Request.Obstacles(InformationRequestState.Decided),
        row => row with { DecisionHash = hash, State = InformationRequestState.Decided },
        cancellationToken);

    /// <summary>Writes the response: what is not exempt, figures through disclosure control.</summary>
    public async Task<Answer<WrittenResponse>> RespondAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        WrittenResponse? written = null;
        var answer = await rows.PerformAsync(
            registers.InformationRequests,
            id,
            row => row.Act("information.respond", by.Account, by.Role, Reference.New()[..8]),
            row => row.State is InformationRequestState.Decided ? [] : [Obstacle.NotNow(InformationRequestStates.Where(row.State))],
            async (current, token) =>
            {
                // What came since the search was neither consulted on nor decided.
                var held = (await search.FindAsync(current.Row, token)).Where(item => current.Row.ItemReferences.Contains(item.Reference))
                    .ToList();
                var json = JsonSerializer.SerializeToUtf8Bytes(
                    InformationResponse.Of(id, current.Row.Request, writer.NameOf(current.Row.Authority), Today, held), Outbox.Json);
                written = new(json, Convert.ToHexStringLower(SHA256.HashData(json)));
                await registers.InformationRequests.ChangeAsync(current, current.Row with { ResponseHash = written.Sha256 }, token);
            },
            cancellationToken);
        return new(answer.Obstacles.Count == 0 ? written : null, answer.Obstacles);
    }

    /// <summary>Whoever asked has the response.</summary>
    public Task<Answer<InformationRequestRow>> AnswerAsync(CaseCaller by, string id, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "information.answer",
        "",
        row => row.Request.Obstacles(InformationRequestState.Answered),
        row => row with { State = InformationRequestState.Answered, AnsweredOn = Today },
        cancellationToken);

    /// <summary>Tells the authority of each request whose last day has come; again every seven days.</summary>
    internal async Task ChaseAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        foreach (var id in await registers.InformationRequests.DueAsync(asOf, cancellationToken).ToListAsync(cancellationToken))
        {
            var current = await registers.InformationRequests.GetAsync(id, cancellationToken);
            var row = current.Row;
            if (!(row.DueAt <= asOf))
            {
                continue;
            }

            var words = $"The last day to answer this request is {row.DueOn.InWords()}. Decide and answer it, or, within the first {InformationRequest.AnswerDays} working days, tell whoever asked that it takes longer.";
            await acts.PerformAsync(
                row.Act("information.escalate", nameof(Retention.RetentionSweepOrchestration),
                    more: row.DueAt.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
                async token =>
                {
                    await outbox.PutAsync(row.Authority, $"escalations/foi-{id}.json",
                        new InformationEscalation(id, row.State, row.DueOn, [.. row.Unheard], words), token);
                    await registers.InformationRequests.ChangeAsync(current, row with { EscalatedAt = asOf }, token);
                },
                cancellationToken);
        }
    }

    private Task<Answer<InformationRequestRow>> ChangeAsync(
        CaseCaller by,
        string id,
        string act,
        string hash,
        Func<InformationRequestRow, IReadOnlyList<Obstacle>> check,
        Func<InformationRequestRow, InformationRequestRow> change,
        CancellationToken cancellationToken) => rows.ChangeAsync(
        registers.InformationRequests, id, row =>
            row.Act(act, by.Account, by.Role, Reference.New()[..8]) with { Hash = hash }, check, change, cancellationToken);
}
