using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.People;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Rights;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <param name="Unsearched">Extracts that could not be searched: the version of the agreement they came under is no longer among the
/// documents.</param>
public sealed record SearchedRequest(SubjectRequestRow Row, IReadOnlyList<string> Unsearched);

/// <summary>What people do about a person's request about their data; originators are asked, chased and deadlines escalated by its orchestration.</summary>
/// <remarks>seeds/002 §17, App A sixth principle. docs/cases.md.</remarks>
public sealed class SubjectRequests(
    Registers registers, Deployment deployment, MatchingPlan plan, PersonFinder finder, Objections objections, RowActs rows, Acts acts, TimeProvider time)
{
    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    // Whose people receive it.
    private Id<Party> Here => deployment.OwnerOr(plan.Authority);

    /// <summary>A request was received.</summary>
    /// <param name="families">References of the families the person belongs to.</param>
    /// <param name="uses">With an objection: to what.</param>
    public async Task<Answer<SubjectRequestRow>> ReceiveAsync(
        CaseCaller by, SubjectRequestKind kind, DateOnly receivedOn, IReadOnlyList<string> families, IReadOnlyList<Use> uses, CancellationToken cancellationToken)
    {
        var (sources, unknown) = (new List<RequestSource>(), false);
        foreach (var id in families)
        {
            var family = Reference.IsOne(id) ? await registers.Families.FindAsync(id, cancellationToken) : null;
            unknown |= family is null;
            sources.AddRange(SourcesOf(family?.Row));
        }

        var row = new SubjectRequestRow
        {
            Id = Reference.New(),
            State = SubjectRequestState.Received,
            Kind = kind,
            Authority = Here,
            References = [.. families.Distinct()],
            Sources = [.. sources.Distinct()],
            Uses = [.. uses.Distinct()],
            ReceivedOn = receivedOn,
            RecordedAt = time.GetUtcNow(),
            RecordedBy = by.Account,
        };
        IReadOnlyList<Obstacle> obstacles = [.. row.Request.ToReceive(Today), .. unknown ? [new Obstacle("families by their references", "ours")] : Array.Empty<Obstacle>()];
        return await rows.AddAsync(registers.SubjectRequests, row, row.Act("request.receive", by.Account, by.Role), obstacles, cancellationToken);
    }

    private IEnumerable<RequestSource> SourcesOf(Family? family) =>
        family?.Records.Where(record => record.Originator != Here).Select(record => new RequestSource(record.Originator, record.ExtractId)) ?? [];

    /// <summary>Looks for the person through keyed hashes: in every file that is still held, and in every family. What they contest, or want
    /// restricted, erased or not used, waits from now on.</summary>
    /// <param name="taken">Doubts that were decided with the person: references of extracts and families where it is them.</param>
    public async Task<Answer<SearchedRequest>> FindAsync(
        CaseCaller by, string id, PersonSought person, IReadOnlyCollection<string> taken, CancellationToken cancellationToken)
    {
        if (await registers.SubjectRequests.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        if (current.Row.Request.ToSearch() is { Count: > 0 } obstacles)
        {
            return new(null, obstacles);
        }

        var (look, unsearched) = (Reference.New(), (IReadOnlyList<string>)[]);
        await acts.PerformAsync(
            current.Row.Act("request.find", by.Account, by.Role, look[..8]) with { Purpose = PersonFinder.Purpose },
            async token =>
            {
                var findings = await finder.FindAsync(by, current.Row, look, person, token);
                IReadOnlyList<FoundRecord> found =
                    [.. findings.Found.Select(record => record.IsTheirs || !taken.Contains(record.Reference) ? record : record with { TakenBy = by.Account })];
                unsearched = findings.Unsearched;

                var changed = await RecordAsync(id, found, token);
                return new ActResult { Count = changed.Theirs.Count() };
            },
            cancellationToken);
        await WithholdAsync(by, id, cancellationToken);
        var settled = await rows.SettledAsync(registers.SubjectRequests, id, cancellationToken);
        return new(new(settled.Row!, unsearched), []);
    }

    /// <summary>Records where the person was found. What the request's orchestration does meanwhile stays.</summary>
    private async Task<SubjectRequestRow> RecordAsync(string id, IReadOnlyList<FoundRecord> found, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var current = await registers.SubjectRequests.GetAsync(id, cancellationToken);
                var changed = await WithSourcesAsync(current.Row with { Found = found, SearchedAt = time.GetUtcNow() }, cancellationToken);
                return (await registers.SubjectRequests.ChangeAsync(current, changed, cancellationToken)).Row;
            }
            catch (LostUpdateException)
            {
                // The originators were asked at the same moment.
            }
        }
    }

    /// <summary>The families of the person, and the partners whose information was found.</summary>
    private async Task<SubjectRequestRow> WithSourcesAsync(SubjectRequestRow row, CancellationToken cancellationToken)
    {
        var (families, sources) = (new List<string>(row.References), new List<RequestSource>(row.Sources));
        foreach (var found in row.Theirs)
        {
            if (found.In is FoundIn.Family)
            {
                families.Add(found.Reference);
                sources.AddRange(SourcesOf((await registers.Families.FindAsync(found.Reference, cancellationToken))?.Row));
            }
            else if (found.Agency != Here)
            {
                sources.Add(new(found.Agency, found.Reference));
            }
        }

        return row with { References = [.. families.Distinct()], Sources = [.. sources.Distinct()] };
    }

    /// <summary>Has what the request is about wait, as an objection does: the gate's next answer is different.</summary>
    /// <remarks>ours: UK GDPR Art 18(1), Art 21.</remarks>
    private async Task WithholdAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        var row = (await registers.SubjectRequests.GetAsync(id, cancellationToken)).Row;
        var standing = await registers.Objections.ListAsync(cancellationToken).Select(objection => objection.Row)
            .Where(objection => row.ObjectionIds.Contains(objection.Id)).Select(objection => objection.Objection.Person).ToHashSetAsync(cancellationToken: cancellationToken);
        var reason = row.Kind is SubjectRequestKind.Rectification ? ObjectionReason.NotAccurate : ObjectionReason.OwnSituation;
        var recorded = new List<string>();
        foreach (var found in row.Theirs.Where(found => found.In is FoundIn.Family && row.Request.Withheld.Count > 0))
        {
            foreach (var member in found.MemberReferences.Where(standing.Add))
            {
                var received = new ObjectionReceived(found.Reference, member, row.Request.Withheld, reason, row.ReceivedOn, LetterSha256: "");
                if (await objections.ReceiveAsync(by, received, cancellationToken) is { Obstacles.Count: 0, Row: { } objection })
                {
                    recorded.Add(objection.Id);
                }
            }
        }

        if (recorded.Count > 0)
        {
            await rows.ChangeAsync(
                registers.SubjectRequests,
                id,
                current => current.Act("request.withhold", by.Account, by.Role, Reference.New()[..8]) with { Count = recorded.Count },
                _ => [],
                current => current with { ObjectionIds = [.. current.ObjectionIds, .. recorded] },
                cancellationToken);
        }
    }

    /// <summary>An originator gave its view, or none in its time.</summary>
    /// <param name="hash">SHA-256 of what it wrote; empty for none.</param>
    public Task<Answer<SubjectRequestRow>> RecordViewAsync(CaseCaller by, string id, Id<Party> agency, string hash, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "request.view",
        hash,
        row => row.Request.ToHear(agency, hash.Length > 0, row.AskedAt is { } asked ? DateOnly.FromDateTime(asked.UtcDateTime) : null, Today),
        row => row with { Views = [.. row.Views, new(agency, hash, by.Account, time.GetUtcNow())] },
        cancellationToken);

    /// <summary>The person was told, with reasons, that it takes two months more.</summary>
    public Task<Answer<SubjectRequestRow>> ExtendAsync(CaseCaller by, string id, bool complex, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        "request.extend",
        "",
        row => row.Request.ToExtend(Today, complex, SubjectRequestRow.NoHolidays),
        row => row with { ExtendedOn = Today },
        cancellationToken);

    /// <summary>What is given, changed or refused, and why, is settled.</summary>
    /// <param name="hash">SHA-256 of the decision and its reasons.</param>
    /// <param name="outcome">Null of a request for access that is given.</param>
    public async Task<Answer<SubjectRequestRow>> DecideAsync(
        CaseCaller by, string id, string hash, bool exemptionsAssessed, SubjectRequestOutcome? outcome, CancellationToken cancellationToken)
    {
        if (outcome is SubjectRequestOutcome.Granted && await LiveCasesAsync(id, cancellationToken) is { Count: > 0 } live)
        {
            return new(null, [Obstacle.Refusal(
                $"A case lives of {string.Join(", ", live)}: what is written and signed for support is erased with it. Record that the person takes consent back ('tfflow case consent withdraw') "
                + "and review the case, or grant the request in part: then what is held beside the case is erased now.",
                "ours")]);
        }

        return await MoveAsync(
            by,
            id,
            "request.decide",
            hash,
            SubjectRequestState.Decided,
            row => row with { DecisionHash = hash, ExemptionsAssessed = exemptionsAssessed, DecidedBy = by.Account, Outcome = outcome, DecidedAt = time.GetUtcNow() },
            cancellationToken);
    }

    /// <returns>Families of a request for erasure whose case lives.</returns>
    private async Task<IReadOnlyList<string>> LiveCasesAsync(string id, CancellationToken cancellationToken)
    {
        var live = new List<string>();
        if (await registers.SubjectRequests.FindAsync(id, cancellationToken) is { Row: { Kind: SubjectRequestKind.Erasure } row })
        {
            foreach (var family in row.Theirs.Where(found => found.In is FoundIn.Family).Select(found => found.Reference).Distinct())
            {
                if (await registers.Cases.FindAsync(family, cancellationToken) is { Row.State: < FamilyCaseState.Erasing })
                {
                    live.Add(family);
                }
            }
        }

        return live;
    }

    /// <summary>The person has the answer.</summary>
    public Task<Answer<SubjectRequestRow>> AnswerAsync(CaseCaller by, string id, CancellationToken cancellationToken) => MoveAsync(
        by, id, "request.answer", "", SubjectRequestState.Answered, row => row with { AnsweredOn = Today }, cancellationToken);

    private Task<Answer<SubjectRequestRow>> MoveAsync(
        CaseCaller by, string id, string act, string hash, SubjectRequestState to, Func<SubjectRequestRow, SubjectRequestRow> change, CancellationToken cancellationToken) => ChangeAsync(
        by, id, act, hash, row => change(row).Request.Obstacles(to), row => change(row) with { State = to }, cancellationToken);

    private Task<Answer<SubjectRequestRow>> ChangeAsync(
        CaseCaller by,
        string id,
        string act,
        string hash,
        Func<SubjectRequestRow, IReadOnlyList<Obstacle>> check,
        Func<SubjectRequestRow, SubjectRequestRow> change,
        CancellationToken cancellationToken) => rows.ChangeAsync(
        registers.SubjectRequests, id, row => row.Act(act, by.Account, by.Role, Reference.New()[..8]) with { Hash = hash }, check, change, cancellationToken);
}
