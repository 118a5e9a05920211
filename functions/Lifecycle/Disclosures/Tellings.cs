using System.Globalization;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.People;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Disclosures;

/// <summary>What was told face to face, by telephone, or in a secure email that carried no file.</summary>
/// <param name="To">The parties that were told; none where only others attended.</param>
/// <param name="Attendees">How many attended who have not signed the agreement.</param>
/// <param name="ConfidentialityAgreed">They signed the meeting's confidentiality agreement.</param>
/// <param name="Families">References of the families it was about.</param>
public sealed record Telling(
    Id<Exchange> Exchange,
    IReadOnlyList<string> To,
    int Attendees,
    bool ConfidentialityAgreed,
    Means Means,
    InformationKind Kind,
    IReadOnlyList<string> Families,
    DateOnly On)
{
    /// <summary>Organisations that attended, have not signed the agreement and are named: the ledger has an entry for each.</summary>
    public IReadOnlyList<string> Guests { get; init; } = [];

    /// <summary>The entry of the register by whose leave what a partner sent is handed on; empty where the exchange itself names who is told.</summary>
    public string Onward { get; init; } = "";

    /// <summary>What it is for, where that is not what the exchange is for.</summary>
    public Use? OnwardUse { get; init; }
}

/// <summary>Something that may be told, as the gate decided for each that was told.</summary>
public sealed record CheckedTelling(Telling Telling, IReadOnlyList<string> Told, IReadOnlyList<GateDecision> Decisions);

/// <param name="Id">In the ledger: the acts of one telling are <c>disclosure.tell.ID.1</c> and so on, one for each that was told.</param>
public sealed record ToldRecord(string Id, IReadOnlyList<string> To, string Basis);

/// <summary>What the ledger has of one telling.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Attendees">How many were told who had not signed the agreement.</param>
/// <param name="What">Its purpose, by which means it was told, on which day, and of what kind it was.</param>
public sealed record ToldView(
    string Id,
    DateTimeOffset At,
    string By,
    Id<Exchange> Exchange,
    IReadOnlyList<string> To,
    long Attendees,
    string What,
    IReadOnlyList<string> Families,
    string Basis);

/// <summary>Records in the ledger that something was told: who, of what kind, to whom, on which basis. What was said is recorded nowhere.</summary>
/// <remarks>seeds/002 App B row 18, §4.3.2.</remarks>
public sealed class Tellings(
    Registers registers, AgreementCatalogue agreements, AgreementGate gate, Notices notices, Deployment deployment, MatchingPlan plan, Ledger ledger, Acts acts, TimeProvider time)
{
    public async Task<Answer<ToldRecord>> RecordAsync(CaseCaller by, Telling telling, CancellationToken cancellationToken)
    {
        var (known, obstacles) = await CheckAsync(telling, cancellationToken);
        return known is null ? new(null, obstacles) : new(await PerformAsync(by, known, cancellationToken), []);
    }

    /// <summary>Whether something may be told, to each that was told.</summary>
    /// <returns>What to record; null, and why not.</returns>
    internal async Task<(
        CheckedTelling? Telling, IReadOnlyList<Obstacle> Obstacles)> CheckAsync(Telling telling, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<string> told = [.. telling.To, .. telling.Guests];
        if (telling.Attendees > 0)
        {
            told.Add(GateRequest.Attendees);
        }

        var (families, wrong) = await StandingOfAsync(telling.Families, cancellationToken);
        var agreement = agreements.WithExchange(telling.Exchange, telling.On);
        var exchange = agreement?.Exchange(telling.Exchange);
        var obstacles = new (bool Holds, string What, string Source)[]
        {
            (exchange?.IsToldBy(telling.Means) ?? telling.Means.IsSpoken(),
                "face-to-face or telephone, or secure-email where the exchange carries no file: what is a file is given as one", "seeds/002 App B"),
            (told.Count > 0, "to whom it was told", "seeds/002 App B"),
            (families is not null,
                "the families it was about: references of families that are in the cohort or supported"
                    + (wrong.Count > 0 ? $", which {string.Join(", ", wrong)} {(wrong.Count == 1 ? "is" : "are")} not" : ""),
                "ours"),
            (Enum.IsDefined(telling.Kind), "of what kind it was", "ours"),
            (telling.On <= DateOnly.FromDateTime(now.UtcDateTime), "a day that is not to come", "ours"),
        }.Where(condition => !condition.Holds).Select(condition => new Obstacle(condition.What, condition.Source)).ToList();
        if (obstacles.Count > 0)
        {
            return (null, obstacles);
        }

        var standing = await notices.StandingAsync(cancellationToken);
        var objections = new List<Objection>();
        foreach (var family in telling.Families)
        {
            objections.AddRange(await registers.ObjectionsOfAsync(family, cancellationToken));
        }

        var untold = exchange is { TellFirst: true } ? await registers.UntoldAsync(telling.Families, agreement!.Id, telling.On, cancellationToken) : [];
        List<GateDecision> decisions = [.. told.Select(recipient => gate.Check(new()
        {
            Act = telling.Onward.Length > 0 ? GateAct.OnwardDisclosure : GateAct.Disclosure,
            Onward = telling.Onward.Length > 0 ? new(OnwardKind.WrittenConsent, telling.Onward) : null,
            Exchange = telling.Exchange,
            Agency = deployment.OwnerOr(plan.Authority),
            Recipient = telling.Guests.Contains(recipient) ? GateRequest.Attendees : recipient,
            At = now,
            Notices = standing,
            Use = telling.OnwardUse ?? (exchange is { Uses: [var use, ..] } ? use : null),
            Families = families,
            Objections = objections,
            Untold = untold,
            Means = telling.Means,
            ConfidentialityAgreed = telling.ConfidentialityAgreed,
        }))];
        return decisions.FirstOrDefault(decision => !decision.Allowed) is { } refused
            ? (null, [Obstacle.Refusal(refused.Words, refused.Code)])
            : (new(telling, told, decisions), []);
    }

    /// <summary>Writes that it was told: one entry for each that was.</summary>
    internal async Task<ToldRecord> PerformAsync(CaseCaller by, CheckedTelling known, CancellationToken cancellationToken)
    {
        var (telling, told, decisions) = known;
        var id = Reference.New();
        for (var i = 0; i < told.Count; i++)
        {
            var count = told[i] == GateRequest.Attendees ? telling.Attendees : 1;
            await acts.PerformAsync(
                new()
                {
                    ActId = string.Create(CultureInfo.InvariantCulture, $"disclosure.tell.{id}.{i + 1}"),
                    Act = "disclosure.tell",
                    Actor = by.Account,
                    Role = by.Role,
                    Agency = told[i],
                    Agreement = decisions[i].Agreement,
                    AgreementVersion = decisions[i].Version,
                    Exchange = telling.Exchange,
                    Basis = decisions[i].Basis,
                    Purpose = string.Create(CultureInfo.InvariantCulture, $"{decisions[i].Purpose} Told {telling.Means.InWords()} on {telling.On:yyyy-MM-dd}: {Kebab.Of(telling.Kind)}."),
                    References = [id, .. telling.Families],
                },
                _ => Task.FromResult(new ActResult { Count = count }),
                cancellationToken);
        }

        return new(id, told, decisions[0].Basis);
    }

    /// <returns>The earliest first.</returns>
    public async Task<IReadOnlyList<ToldView>> ListAsync(CancellationToken cancellationToken)
    {
        var entries = await ledger.ReadAsync(0, cancellationToken)
            .Select(record => record.Entry)
            .Where(entry => entry is { Act: "disclosure.tell", Kind: EntryKind.Outcome, Result: "done" })
            .ToListAsync(cancellationToken);
        return
        [
            .. from entry in entries
               group entry by entry.References[0] into told
               let first = told.First()
               orderby first.At
               select new ToldView(
                   told.Key,
                   first.At,
                   first.Actor,
                   first.Exchange,
                   [.. told.Select(entry => entry.Agency.Text).Where(party => party != GateRequest.Attendees)],
                   told.Where(entry => entry.Agency == GateRequest.Attendees).Sum(entry => entry.Count),
                   first.Purpose,
                   [.. first.References.Skip(1)],
                   first.Basis),
        ];
    }

    /// <summary>All of them, at least so far; null for none, or when one is not known here.</summary>
    /// <returns>What can be said of all of them; null where one is no family of the cohort, with those that are none.</returns>
    private async Task<(FamilyStanding? All, IReadOnlyList<string> Wrong)> StandingOfAsync(IReadOnlyList<string> families, CancellationToken cancellationToken)
    {
        FamilyStanding? all = families.Count > 0 ? FamilyStanding.Allocated : null;
        var wrong = new List<string>();
        foreach (var (place, id) in families.Index())
        {
            if (await registers.Cases.FindAsync(id, cancellationToken) is { Row.State: FamilyCaseState.Supported } supported && supported.Row.Family.Basis is not SupportBasis.None)
            {
                continue;
            }

            if (await registers.Families.FindAsync(id, cancellationToken) is not { Row.State: CohortState.InCohort })
            {
                // What is no reference may be a name: it is not repeated.
                wrong.Add(Reference.IsOne(id) ? id : $"number {place + 1} of those named");
            }

            all = FamilyStanding.MeetsCriteria;
        }

        return (wrong.Count > 0 ? null : all, wrong);
    }
}
