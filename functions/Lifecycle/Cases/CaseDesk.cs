using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.People;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What people do in a family's case. Each act is checked against the rules, changes the register, and wakes the case.</summary>
/// <remarks>docs/cases.md.</remarks>
public sealed class CaseDesk(
    Registers registers,
    CaseBook book,
    Cohort cohort,
    Waker waker,
    AgreementCatalogue agreements,
    Erasure erasure,
    FormCheck forms,
    LegalHolds holds,
    MatchingPlan plan,
    UsedDocuments used,
    Acts acts,
    TimeProvider time)
{
    /// <summary>Opens the case of a family of the cohort; one that is open is left as it is.</summary>
    /// <param name="involved">References of members, or how these begin; none for all that its records name.</param>
    public async Task<Answer<Case>> OpenAsync(CaseCaller by, Id<Family> familyId, IReadOnlyList<string> involved, CancellationToken cancellationToken)
    {
        if (await registers.Families.FindAsync(familyId, cancellationToken) is not { Row: var family })
        {
            return new(null, []);
        }

        // One that is none, or begins as several do, stays as it was said, and is no member.
        string Full(string said)
        {
            var fitting = family.Members.Where(member => said.Length > 0 && member.StartsWith(said, StringComparison.Ordinal)).ToList();
            return fitting is [var one] ? one : said;
        }

        IReadOnlyList<string> members = involved.Count == 0 ? family.Members : [.. involved.Select(Full).Distinct()];
        var places = await cohort.PlacesAsync(cancellationToken);
        var hasCase = await registers.Cases.FindAsync(familyId.Text, cancellationToken) is not null;
        var row = new Case
        {
            Id = familyId,
            State = FamilyCaseState.Identified,
            Authority = family.Authority,
            OpenedAt = time.GetUtcNow(),
            ChangedAt = time.GetUtcNow(),
            Involved = members,
            Pairs = family.Pairs,
            ActIds = [$"case.begin.{familyId}"],
        };
        var objections = await registers.ObjectionsOfAsync(familyId, cancellationToken);
        var obstacles = new (bool Holds, Obstacle Obstacle)[]
        {
            (family.State is CohortState.InCohort, new("a family of the cohort", "ours")),
            (!objections.Any(objection => objection.StandsAgainst(Use.Identification)),
                new("a family nobody of whom objects to being selected: 'tfflow objection list' has where that stands", "ours")),
            (members.Count > 0 && members.All(family.Members.Contains),
                new("members of the family, each by its reference or as much of it as no other begins with", "ours")),
            (hasCase || places is not { Left: 0 }, NoPlace(places)),
        }.Where(condition => !condition.Holds).Select(condition => condition.Obstacle).ToList();
        if (obstacles.Count > 0)
        {
            return new(row, obstacles);
        }

        await acts.PerformAsync(
            row.Act("case.begin", by.Account) with { Role = by.Role },
            async token =>
            {
                await registers.Cases.TryAddAsync(row, token);
                await KeepFamilyAsync(familyId, token);
            },
            cancellationToken);
        return new((await registers.Cases.GetAsync(row.Id, cancellationToken)).Row, []);
    }

    /// <summary>From now on the case says when what is kept of its family is erased.</summary>
    private async Task KeepFamilyAsync(Id<Family> familyId, CancellationToken cancellationToken)
    {
        var family = await registers.Families.GetAsync(familyId, cancellationToken);
        if (family.Row is { State: CohortState.InCohort, DueAt: not null })
        {
            await registers.Families.ChangeAsync(
                family, family.Row with { DueAt = null, RetentionRule = "as long as its case lives, and until it is reviewed" }, cancellationToken);
        }
    }

    /// <summary>What support the family already receives was assessed.</summary>
    /// <param name="ledBy">The partner that supports it already and goes on; null: it is to have a key worker.</param>
    public async Task<Answer<Case>> AssessAsync(CaseCaller by, string id, bool multiAgency, Id<Party>? ledBy, CancellationToken cancellationToken)
    {
        var to = ledBy is null ? FamilyCaseState.SupportAssessed : FamilyCaseState.PartnerLed;
        Case Assessed(Case row) => (ledBy is null ? row : Entered(row)) with { Assessment = new(book.Today, by.Account, multiAgency, ledBy?.Text) };
        var answer = await ChangeAsync(
            by,
            id,
            "case.assess",
            row =>
            [
                .. FamilyCaseRules.Obstacles(Assessed(row).Family, to, book.Today),
                .. ledBy is not { } partner || (agreements.Parties.Contains(partner) && partner != row.Authority)
                    ? Array.Empty<Obstacle>() : [new("the partner that supports the family already, as the agreements name it", "seeds/002 §4.3.2")],
            ],
            row => Assessed(row) with { State = to },
            cancellationToken);
        return await UsedAsync(answer, cancellationToken);
    }

    /// <summary>A source said whether what it sent is still current.</summary>
    public async Task<Answer<Case>> AnswerCurrencyAsync(CaseCaller by, string id, Id<Extract> extractId, bool current, CancellationToken cancellationToken) => await ChangeAsync(
        by,
        id,
        "case.currency",
        row => row.Currency.Any(check => check.ExtractId == extractId) ? [] : [new("a source that was asked, by its extract", "seeds/002 App A, fourth principle")],
        row => row with
        {
            Currency = [.. row.Currency.Select(check => check.ExtractId == extractId ? check with { AnsweredAt = time.GetUtcNow(), Current = current } : check)],
        },
        cancellationToken);

    /// <summary>The final check before the invitation.</summary>
    /// <param name="byTwo">The family is visited by two.</param>
    /// <param name="reason">Why it is not suitable; null where it is.</param>
    public Task<Answer<Case>> ConfirmSuitabilityAsync(
        CaseCaller by, string id, bool loneWorkerConsidered, bool byTwo, UnsuitableReason? reason, CancellationToken cancellationToken)
    {
        Case Checked(Case row) => row with { Suitability = new(book.Today, by.Account, loneWorkerConsidered, reason is null, byTwo, reason) };
        return reason is null
            ? MoveAsync(by, id, "case.suitability", FamilyCaseState.SuitabilityConfirmed, Checked, cancellationToken)
            : ChangeAsync(
                by,
                id,
                "case.suitability",
                row => FamilyCaseRules.ToFindUnsuitable(Checked(row).Family),
                row => Checked(row) with { State = FamilyCaseState.DidNotTakePart },
                cancellationToken);
    }

    /// <summary>The family was invited, and everyone involved asked for consent.</summary>
    /// <param name="noticeVersion">The privacy notice they were given with it.</param>
    public async Task<Answer<Case>> InviteAsync(CaseCaller by, string id, string noticeVersion, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        Case Invited(Case row) => row with
        {
            InvitedAt = time.GetUtcNow(),
            Consents = [.. row.People.Select(person => new Consent(person, ConsentState.Sought, noticeVersion, book.Today, null, null, VictimInformation: false))],
        };
        var notice = await registers.PrivacyNotices.FindAsync(noticeVersion, cancellationToken);
        var given = new NoticeGiven(id, current.Row.People, noticeVersion, notice?.Row.Agreements ?? [], book.Today);
        IReadOnlyList<Obstacle> obstacles =
        [
            .. FamilyCaseRules.Obstacles(Invited(current.Row).Family, FamilyCaseState.Invited, book.Today),
            .. given.ToGive(current.Row.People, notice?.Row.PublishedOn, book.Today),
        ];
        if (obstacles.Count > 0)
        {
            return new(current.Row, obstacles);
        }

        var act = by.Act(current.Row, "case.invite");
        var told = new NoticeGivenRow(Reference.New(), given, NoticeMeans.WithInvitation, by.Account, time.GetUtcNow());
        var changed = await book.PerformAsync(
            current,
            act,
            async (before, token) =>
            {
                await registers.NoticesGiven.TryAddAsync(told, token);
                return await book.ChangeAsync(before, act, Invited(before.Row) with { State = FamilyCaseState.Invited }, token);
            },
            cancellationToken);
        await WakeAsync(current.Row, changed.Row, cancellationToken);
        return new(changed.Row, []);
    }

    /// <summary>A person gave consent on a signed form, which says who they are: it must be theirs.</summary>
    public async Task<Answer<Case>> GiveConsentAsync(CaseCaller by, string id, HandedForm form, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        form = form with { Person = form.Person is { } said ? current.Row.Held.PersonOf(said) : null };

        // Before anything is opened.
        var anybody = current.Row.ConsentsOfPeople.FirstOrDefault(asked => asked.State is ConsentState.Sought)?.Person;
        if (Obstacles(form.Person ?? anybody ?? "") is { Count: > 0 } first)
        {
            return new(current.Row, first);
        }

        var found = await forms.CheckAsync(by, current.Row, form, cancellationToken);
        if ((found.Obstacles is { Count: > 0 } unfit ? unfit : Obstacles(found.Person)) is { Count: > 0 } obstacles)
        {
            return new(current.Row, obstacles);
        }

        var (person, given) = (found.Person, Given(Of(current.Row, found.Person)!) with { SignedBy = found.SignedBy });
        var act = by.Act(current.Row, "consent.give") with { References = [id, person] };
        return await WithDocumentAsync(
            current,
            act,
            form.Details,
            row => row.Forms.FirstOrDefault(kept => kept.Person == person)?.Blob,
            (row, blob) => row with
            {
                Forms = [.. row.Forms.Where(kept => kept.Person != person), new(person, blob) { Token = found.Token }],
            },
            row => row with { Consents = Changed(row, person, _ => given, everywhere: false) },
            cancellationToken);

        Consent Given(Consent asked) => asked with
        {
            State = ConsentState.Given,
            SignedOn = form.SignedOn,
            SignedBy = asked.Person,
            VictimInformation = form.VictimInformation,
        };

        IReadOnlyList<Obstacle> Obstacles(string person)
        {
            var consent = Of(current.Row, person);
            return
            [
                .. ConsentObstacles(current.Row, consent, ConsentState.Given),
                .. consent is null ? [] : Given(consent).ToGive(),
                .. form.SignedOn <= book.Today ? Array.Empty<Obstacle>() : [new("a signature that is not in the future", "ours")],
            ];
        }
    }

    /// <summary>A person refused.</summary>
    public Task<Answer<Case>> RefuseConsentAsync(CaseCaller by, string id, string person, CancellationToken cancellationToken) =>
        ConsentAsync(by, id, person, "consent.refuse", ConsentState.Refused, cancellationToken);

    /// <summary>A person took consent back: at any time, and at once.</summary>
    public Task<Answer<Case>> WithdrawConsentAsync(CaseCaller by, string id, string person, CancellationToken cancellationToken) =>
        ConsentAsync(by, id, person, "consent.withdraw", ConsentState.Withdrawn, cancellationToken);

    /// <summary>A specific legal duty to share without consent was recorded.</summary>
    public async Task<Answer<Case>> RecordDutyAsync(CaseCaller by, string id, string enactment, string why, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var gateways = agreements.Versions.SelectMany(version => version.Bases).SelectMany(basis => basis.Gateways);
        IReadOnlyList<Obstacle> obstacles =
        [
            .. new LegalDuty(enactment, why, by.Account, book.Today).ToRelyOn(gateways),
            .. current.Row.State is FamilyCaseState.SuitabilityConfirmed or FamilyCaseState.Invited or FamilyCaseState.Agreed or FamilyCaseState.Supported
                ? Array.Empty<Obstacle>() : [new("a case between the suitability check and the end of support", "seeds/001 Legal gateway, Consent")],
        ];
        if (obstacles.Count > 0)
        {
            return new(current.Row, obstacles);
        }

        return await WithDocumentAsync(
            current,
            by.Act(current.Row, "case.duty"),
            new DutyNote(enactment, why),
            row => row.Duty?.Note,
            (row, blob) => row with { Duty = new(book.Today, by.Account, blob) },
            row => row,
            cancellationToken);
    }

    /// <summary>A key worker was allocated: support begins. Where one supports the family already, another takes it over.</summary>
    public async Task<Answer<Case>> AllocateAsync(CaseCaller by, string id, string keyWorker, CancellationToken cancellationToken)
    {
        Case Allocated(Case row) => Entered(row) with { KeyWorker = keyWorker };
        IReadOnlyList<Obstacle> Check(Case row) => FamilyCaseRules.ToReallocate(row.Family, keyWorker);
        return await registers.Cases.FindAsync(id, cancellationToken) is { Row.State: FamilyCaseState.Supported }
            ? await ChangeAsync(by, id, "case.allocate", Check, Allocated, cancellationToken)
            : await UsedAsync(await MoveAsync(by, id, "case.allocate", FamilyCaseState.Supported, Allocated, cancellationToken), cancellationToken);
    }

    /// <summary>The family enters: the outcome plan that stands then is frozen for it. One that a partner led before keeps its own.</summary>
    private Case Entered(Case row) => row with { Entry = row.Entry ?? new(book.Today, plan.Outcomes?.Name ?? "") };

    /// <summary>The first family that enters by an outcome plan is the first use of that document.</summary>
    private async Task<Answer<Case>> UsedAsync(Answer<Case> answer, CancellationToken cancellationToken)
    {
        if (answer is { Obstacles.Count: 0, Row.Entry: not null } && plan.Outcomes is { } outcomes)
        {
            await used.UseAsync(outcomes, cancellationToken);
        }

        return answer;
    }

    /// <summary>A family whose support ended, or that did not take part, comes back: its case begins anew. What was sealed for it is
    /// erased.</summary>
    public async Task<Answer<Case>> ReopenAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var places = await cohort.PlacesAsync(cancellationToken);
        var held = (await holds.CoveredAsync(cancellationToken)).Contains(id);
        var conditions = new (bool Holds, Obstacle Obstacle)[]
        {
            (current.Row.SentToStudyAt is null,
                new("a family that no study was told of: it compares those that took part with others", "seeds/003 National Impact Study")),
            (!held, new("a case that no legal hold covers: what was sealed for it would be erased", "ours")),
            (current.Row.State is not FamilyCaseState.DidNotTakePart || places is not { Left: 0 }, NoPlace(places)),
        };
        List<Obstacle> obstacles =
        [
            .. FamilyCaseRules.Obstacles(current.Row.Family, FamilyCaseState.Identified, book.Today),
            .. conditions.Where(condition => !condition.Holds).Select(condition => condition.Obstacle),
        ];
        if (obstacles.Count > 0)
        {
            return new(current.Row, obstacles);
        }

        var act = by.Act(current.Row, "case.reopen");
        var changed = await book.PerformAsync(
            current,
            act,
            async (before, token) =>
            {
                // The row first: nothing is erased that it still relies on.
                before = await book.NoteAsync(before, before.Row.Anew(time.GetUtcNow()), token);
                await erasure.EraseAsync(before.Row.Id, before.Row.Left, token);
                return await book.ChangeAsync(before, act, before.Row with { Left = [] }, token);
            },
            cancellationToken);
        return new(changed.Row, []);
    }

    private static Obstacle NoPlace(Places places) => new(
        $"a place among the {places.Agreed?.Families} families agreed, which are all taken: a new version of the plan says another number",
        "ours");

    /// <summary>Support was completed.</summary>
    public Task<Answer<Case>> CompleteAsync(CaseCaller by, string id, CancellationToken cancellationToken) => MoveAsync(
        by, id, "case.complete", FamilyCaseState.Completed, row => row with { EndedOn = book.Today }, cancellationToken);

    /// <summary>The family does not take part.</summary>
    public Task<Answer<Case>> CloseAsync(CaseCaller by, string id, CancellationToken cancellationToken) => MoveAsync(
        by, id, "case.close", FamilyCaseState.DidNotTakePart, row => row, cancellationToken);

    /// <summary>The case was reviewed for signs of further risk; one that found some is reviewed again.</summary>
    public async Task<Answer<Case>> ReviewAsync(CaseCaller by, string id, bool furtherRisk, CancellationToken cancellationToken)
    {
        Case Reviewed(Case row) => row with { Review = new(book.Today, by.Account, furtherRisk) };
        return await registers.Cases.FindAsync(id, cancellationToken) is { Row.State: FamilyCaseState.Reviewed }
            ? await ChangeAsync(by, id, "case.review", _ => [], Reviewed, cancellationToken)
            : await MoveAsync(by, id, "case.review", FamilyCaseState.Reviewed, Reviewed, cancellationToken);
    }

    /// <summary>A person agreed that what is known of them as a victim or witness may be used, or took that back: their consent to support
    /// stays as it is.</summary>
    /// <param name="on">When they signed, or said so.</param>
    public Task<Answer<Case>> ChangeVictimInformationAsync(
        CaseCaller by, string id, string person, bool given, DateOnly on, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        given ? "consent.give-victim" : "consent.withdraw-victim",
        row => ConsentRules.ToChangeVictimInformation(Of(row, person), given, on, book.Today),
        row => row with { Consents = Changed(row, person, consent => consent with { VictimInformation = given }, everywhere: !given) },
        cancellationToken);

    private Task<Answer<Case>> ConsentAsync(CaseCaller by, string id, string person, string act, ConsentState to, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        act,
        row => ConsentObstacles(row, Of(row, person), to),
        row => row with { Consents = Changed(row, person, consent => consent with { State = to }, everywhere: true) },
        cancellationToken,
        person);

    private Task<Answer<Case>> MoveAsync(CaseCaller by, string id, string act, FamilyCaseState to, Func<Case, Case> change, CancellationToken cancellationToken) => ChangeAsync(
        by,
        id,
        act,
        row => FamilyCaseRules.Obstacles(change(row).Family, to, book.Today),
        row => change(row) with { State = to },
        cancellationToken);

    /// <summary>Finds the case, checks, changes it by an act, and wakes what waits for it.</summary>
    /// <param name="references">What the act is about beside the case.</param>
    internal async Task<Answer<Case>> ChangeAsync(
        CaseCaller by,
        string id,
        string act,
        Func<Case, IReadOnlyList<Obstacle>> check,
        Func<Case, Case> change,
        CancellationToken cancellationToken,
        params IReadOnlyList<string> references)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        if (check(current.Row) is { Count: > 0 } obstacles)
        {
            return new(current.Row, obstacles);
        }

        var changed = await book.PerformAsync(current, by.Act(current.Row, act) with { References = [id, .. references] }, change, cancellationToken);
        await WakeAsync(current.Row, changed.Row, cancellationToken);
        return new(changed.Row, []);
    }

    /// <summary>Most of what people record is all that happens: only what something follows from, or what ends a wait, needs the orchestration.</summary>
    private Task WakeAsync(Case before, Case after, CancellationToken cancellationToken) =>
        CaseClock.IsAttended(before) || CaseClock.IsAttended(after) ? waker.WakeAsync<Case>(after.Id, cancellationToken) : Task.CompletedTask;

    private async Task<Answer<Case>> WithDocumentAsync<T>(
        Registered<Case> current,
        LedgerAct act,
        T content,
        Func<Case, SealedBlob?> earlier,
        Func<Case, SealedBlob, Case> name,
        Func<Case, Case> change,
        CancellationToken cancellationToken)
    {
        var changed = await book.PerformAsync(current, act, content, earlier, name, change, cancellationToken);
        await WakeAsync(current.Row, changed.Row, cancellationToken);
        return new(changed.Row, []);
    }

    private static IReadOnlyList<Obstacle> ConsentObstacles(Case row, Consent? consent, ConsentState to) =>
        consent is null ? [new("a member of the family who was asked", "seeds/001 Legal gateway, Consent")]
        : !ConsentStates.Transitions.Allows(consent.State, to) ? [Obstacle.NotNow(ConsentStates.Where(consent.State))]
        : row.State is FamilyCaseState.Erasing or FamilyCaseState.Erased ? [new("a case that is not erased", "ours")]
        : [];

    private static Consent? Of(Case row, string person)
    {
        var of = row.Held.PersonOf(person);
        return row.ConsentsOfPeople.FirstOrDefault(consent => consent.Person == of);
    }

    /// <summary>Changes what a person answered. Under several references, what gives is written at one of them and what takes back at all,
    /// so that nobody has given anything should they be two people after all.</summary>
    private static IReadOnlyList<Consent> Changed(Case row, string person, Func<Consent, Consent> change, bool everywhere)
    {
        var (held, stands) = (row.Held, Of(row, person)!);
        List<Consent> theirs = [.. row.Consents.Where(consent => held.PersonOf(consent.Person) == stands.Person && consent.State == stands.State)];
        IReadOnlyList<Consent> changed = everywhere ? theirs : [theirs.Find(consent => consent.Person == stands.Person) ?? theirs[0]];
        return [.. row.Consents.Select(consent => changed.Contains(consent) ? change(consent) with { Person = consent.Person } : consent)];
    }
}
