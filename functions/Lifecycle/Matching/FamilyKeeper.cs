using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Linkage;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Keeps what matching keeps: a household's records sealed anew, named in the register before the first byte is written.</summary>
public sealed class FamilyKeeper(
    Registers registers, HouseholdIndex index, FamilyVault vault, Erasure erasure, MatchingGate gate, Notices notices, MatchingPlan plan, Acts acts, TimeProvider time)
{
    public const string ReviewRule = "an uncertain household waits for its decision, and no longer";

    /// <summary>Decides on a household and keeps it, or finishes keeping it. What is not kept leaves no trace.</summary>
    /// <returns>The family; null when the household is none, or is being erased.</returns>
    public async Task<Family?> KeepAsync(MatchingRun run, FormedHousehold household, EligibilityRun eligibility, CancellationToken cancellationToken)
    {
        var finding = CohortRules.Decide(
            plan, household.Home.Pseudonym.ToString(), [.. household.Rows.Select(row => row.Record)], [.. household.Perhaps.Select(row => row.Record)], household.Doubts, eligibility);
        if (finding.Verdict is Verdict.NotMeeting && !household.IsKnown)
        {
            return null;
        }

        var proposed = Reference.New();
        var meets = finding.Verdict is Verdict.Uncertain ? household.Meets.Union(household.MeetsPerhaps).ToHashSet() : household.Meets;
        var id = await index.ClaimAsync(run.Programme, [.. household.Households.Select(own => own.Token)], proposed, meets, cancellationToken);
        var family = id == proposed ? null : await registers.Families.FindAsync(id, cancellationToken);
        return family?.Row.State switch
        {
            CohortState.InCohort or CohortState.InReview => await AddAsync(run, family, household, finding, eligibility, cancellationToken),
            CohortState.Erasing or CohortState.Erased => null,
            _ when finding.Verdict is Verdict.NotMeeting => null,
            _ => await RecordAsync(run, id, family, household, finding, cancellationToken),
        };
    }

    /// <summary>The records of a household that was not known before.</summary>
    private async Task<Family?> RecordAsync(
        MatchingRun run, string id, Registered<Family>? left, FormedHousehold household, FamilyFinding finding, CancellationToken cancellationToken)
    {
        // What may be about it is kept while somebody must look, and no longer.
        IReadOnlyList<RowAtWork> rows = finding.Verdict is Verdict.Uncertain ? [.. household.Rows, .. household.Perhaps] : household.Rows;
        var members = finding.Persons.Take(rows.Count).Where(person => person >= 0).Distinct().ToDictionary(person => person, _ => Reference.New());
        var row = new Family
        {
            Id = id,
            State = CohortState.Recorded,
            Programme = run.Programme,
            Authority = run.Authority,
            RunId = run.Id,
            FoundAt = time.GetUtcNow(),
            Members = [.. members.Values],
            Records = Named(id, rows),
            Explanation = SealedBlob.Of(id),
        };
        var family = await BeginAsync(row.With(finding.Standing), left, cancellationToken);
        var memberOf = finding.Persons.Take(rows.Count).Select(person => person < 0 ? "" : members[person]).ToList();
        var (records, explanation) = await vault.SealAsync(
            Records(family.Row.Records, rows, memberOf), family.Row.Explanation!.Name, run.Authority, Explain(household, finding), cancellationToken);
        var ended = family.Row with { Records = records, Explanation = explanation, Left = [] };
        family = await registers.Families.ChangeAsync(family, finding.Verdict is Verdict.Eligible ? InCohort(ended) : InReview(ended), cancellationToken);
        return family.Row;
    }

    /// <summary>Has the index know by which keyed hashes people of these rows are met, when one of them asks for their data.</summary>
    internal async Task MeetAsync(Family family, IEnumerable<RowAtWork> rows, CancellationToken cancellationToken)
    {
        using var meeting = await index.OpenMeetingKeysAsync(cancellationToken);
        await index.MeetAsync(family.Programme, family.Id, PeopleReader.KeysOf(meeting, rows.Select(row => row.Identity)), cancellationToken);
    }

    /// <summary>Names what will be written, before it is written; then erases what an interrupted run may have left.</summary>
    /// <remarks>The row first: from then on a run that still goes on elsewhere cannot commit, so nothing is erased that a row will name.</remarks>
    private async Task<Registered<Family>> BeginAsync(Family row, Registered<Family>? left, CancellationToken cancellationToken)
    {
        if (left is null && await registers.Families.TryAddAsync(row, cancellationToken) is { } added)
        {
            return added;
        }

        left ??= await registers.Families.GetAsync(row.Id, cancellationToken);
        var begun = await registers.Families.ChangeAsync(left, row with { Left = [.. left.Row.Blobs] }, cancellationToken);
        await erasure.EraseAsync(row.Id, begun.Row.Left, cancellationToken);
        return begun;
    }

    /// <summary>What is new of a family that was known: added beside what it has; one in review that is now clear enters the cohort.</summary>
    private async Task<Family> AddAsync(
        MatchingRun run, Registered<Family> family, FormedHousehold household, FamilyFinding finding, EligibilityRun eligibility, CancellationToken cancellationToken)
    {
        var written = family.Row.Records.Where(blob => blob.Blob.Sha256.Length > 0).ToList();
        var rows = household.Rows.Where(row => written.All(blob => blob.ExtractId != row.Fact.Source.Extract)).ToList();
        var surfaced = default(FamilyFinding);
        if (rows.Count > 0)
        {
            var standing = await notices.StandingAsync(cancellationToken);
            var known = new KnownFamily();
            var allowed = written.Select(blob => (Blob: blob, Decision: gate.Check(blob.Exchange, run.Authority, standing))).Where(record => record.Decision.Allowed).ToList();
            using var open = vault.Open([.. allowed.Select(record => record.Blob)]);
            await Openings.PerformAsync(
                acts,
                [
                    .. allowed.Select(record => OpenKnown(run, family.Row, record.Blob, record.Decision, open, known)),
                    new(
                        run.Act("match.known", family.Row.Readable.Name) with { References = [run.Id, family.Row.Id] },
                        async token =>
                        {
                            known.Explanation = await vault.ReadExplanationAsync(family.Row.Readable, token);
                            return 1;
                        }),
                ],
                async token =>
                {
                    surfaced = Surfaced(family.Row, household, known, rows, eligibility);
                    await index.MeetAsync(run.Programme, family.Row.Id, household.Meets, token);
                    family = await AddAsync(family, written, rows, known, surfaced, token);
                },
                cancellationToken);
            family = await registers.Families.GetAsync(family.Row.Id, cancellationToken);
        }

        return family.Row.State is CohortState.InReview && (finding.Verdict is Verdict.Eligible || surfaced?.Verdict is Verdict.Eligible)
            ? (await registers.Families.ChangeAsync(family, InCohort(family.Row), cancellationToken)).Row
            : family.Row;
    }

    private static Opening OpenKnown(MatchingRun run, Family family, FamilyBlob blob, GateDecision decision, OpenRecords open, KnownFamily known) => new(
        run.Act("match.known", blob.Blob.Name) with
        {
            Agreement = blob.Agreement,
            AgreementVersion = blob.AgreementVersion,
            Exchange = blob.Exchange,
            Basis = decision.Basis,
            Purpose = decision.Purpose,
            References = [run.Id, family.Id],
        },
        async token =>
        {
            var rows = await open.ReadAsync(blob, token);
            known.Rows.AddRange(rows.Select(row => new KnownRow(blob, row)));
            return rows.Count;
        });

    /// <summary>Problems that came to light since the family was found.</summary>
    /// <remarks>seeds/001 Identifying Families: "The information available at the point of identification may not reflect the entirety of each family's complexity."</remarks>
    /// <returns>What is found with them; null when nothing more is shown than before.</returns>
    private FamilyFinding? Surfaced(Family family, FormedHousehold household, KnownFamily known, List<RowAtWork> rows, EligibilityRun eligibility)
    {
        var before = known.Rows.ConvertAll(row => row.Record);
        var run = eligibility with { Received = [.. eligibility.Received, .. before.Select(record => record.Fact.Source)] };
        var finding = CohortRules.Decide(plan, household.Home.Pseudonym.ToString(), [.. before, .. rows.Select(row => row.Record)], run);
        return finding.Standing.Criteria > family.Problems && finding.Verdict is Verdict.Eligible ? finding : null;
    }

    private async Task<Registered<Family>> AddAsync(
        Registered<Family> family, List<FamilyBlob> written, List<RowAtWork> rows, KnownFamily known, FamilyFinding? surfaced, CancellationToken cancellationToken)
    {
        var before = family.Row.Readable;
        var memberOf = FamilyMembers.Assign(known.Rows.Select(row => row.Row), rows);
        var added = Named(family.Row.Id, rows);
        var left = family.Row.Blobs.Where(blob => blob.Sha256.Length == 0 || family.Row.Left.Contains(blob)).ToList();
        var named = family.Row with { Records = [.. written, .. added], Members = [.. family.Row.Members.Union(memberOf.Values)], Left = left };
        family = await registers.Families.ChangeAsync(family, surfaced is null ? named : named with { Explanation = SealedBlob.Of(family.Row.Id), Replaced = before }, cancellationToken);
        await erasure.EraseAsync(family.Row.Id, left, cancellationToken);
        var records = Records(added, rows, [.. rows.Select(row => memberOf.GetValueOrDefault(row, ""))]);
        if (surfaced is null)
        {
            added = await vault.SealAsync(records, cancellationToken);
            return await registers.Families.ChangeAsync(family, family.Row with { Records = [.. written, .. added], Left = [] }, cancellationToken);
        }

        var explanation = known.Explanation with
        {
            Problems = ProblemsOf(surfaced),
            Lines = [.. surfaced.Outcome.Describe(), FormattableString.Invariant($"More was found on {surfaced.Outcome.Run.On:yyyy-MM-dd} than when the family was found: {surfaced.Standing.Criteria} problems instead of {family.Row.Problems}.")],
            Doubts = surfaced.Doubts,
        };
        (added, var renewed) = await vault.SealAsync(records, family.Row.Explanation!.Name, family.Row.Authority, explanation, cancellationToken);
        family = await registers.Families.ChangeAsync(
            family, family.Row.With(surfaced.Standing) with { MoreProblems = explanation.More, Records = [.. written, .. added], Explanation = renewed, Replaced = null, Left = [before] }, cancellationToken);
        await erasure.EraseAsync(family.Row.Id, [before], cancellationToken);
        return await registers.Families.ChangeAsync(family, family.Row with { Left = [] }, cancellationToken);
    }

    /// <summary>Puts a new explanation in the place of a family's: named, sealed, then the old one is erased. Whoever calls is inside an
    /// act.</summary>
    public async Task RenewAsync(Registered<Family> family, FamilyExplanation explanation, CancellationToken cancellationToken)
    {
        var before = family.Row.Readable;
        List<SealedBlob> left = [.. family.Row.Left, .. SealedBlob.IfAny(family.Row.Explanation == before ? null : family.Row.Explanation)];
        family = await registers.Families.ChangeAsync(family, family.Row with { Explanation = SealedBlob.Of(family.Row.Id), Replaced = before, Left = left }, cancellationToken);
        await erasure.EraseAsync(family.Row.Id, left, cancellationToken);
        var (_, renewed) = await vault.SealAsync([], family.Row.Explanation!.Name, family.Row.Authority, explanation, cancellationToken);
        family = await registers.Families.ChangeAsync(
            family, family.Row with { Explanation = renewed, Replaced = null, MoreProblems = explanation.More, Left = [before] }, cancellationToken);
        await erasure.EraseAsync(family.Row.Id, [before], cancellationToken);
        await registers.Families.ChangeAsync(family, family.Row with { Left = [] }, cancellationToken);
    }

    private static IReadOnlyList<string> ProblemsOf(FamilyFinding finding) => [.. finding.Outcome.MetCriteria.Select(criterion => criterion.Id)];

    /// <summary>What a family has: in memory only.</summary>
    private sealed class KnownFamily
    {
        public List<KnownRow> Rows { get; } = [];

        public FamilyExplanation Explanation { get; set; } = new("", [], []);
    }

    /// <summary>What each blob will hold.</summary>
    internal static IReadOnlyList<FamilyRecord> Records(IReadOnlyList<FamilyBlob> blobs, IReadOnlyList<RowAtWork> rows, IReadOnlyList<string> memberOf) =>
    [
        .. blobs.Select(blob => new FamilyRecord(
            blob,
            [
                .. rows.Zip(memberOf).Where(row => row.First.Fact.Source.Extract == blob.ExtractId)
                    .Select(row => new FamilyRow(row.First.Fact.Row, row.Second, row.First.Identity.Concat(row.First.Fact.Fields).ToDictionary(StringComparer.Ordinal))),
            ])),
    ];

    internal static FamilyExplanation Explain(HouseholdPseudonym household, FamilyFinding finding) =>
        new(household.ToString(), [.. finding.Outcome.Describe()], finding.Doubts) { Problems = ProblemsOf(finding) };

    private static FamilyExplanation Explain(FormedHousehold household, FamilyFinding finding) => Explain(household.Home.Pseudonym, finding) with
    {
        OtherHouseholds = [.. household.Households.Skip(1).Select(other => other.Pseudonym.ToString())],
        Links = household.Links,
    };

    /// <summary>A blob for each extract, under a new random name.</summary>
    internal static IReadOnlyList<FamilyBlob> Named(string family, IEnumerable<RowAtWork> rows) =>
    [
        .. rows.GroupBy(row => row.Licence).Select(group => new FamilyBlob(
            SealedBlob.Of(family),
            group.Key.Extract.Agency,
            group.Key.Decision.Agreement,
            group.Key.Decision.Version,
            group.Key.Extract.Exchange,
            group.Key.Source.Uses,
            group.Key.Specification.Id,
            group.Key.Specification.Version,
            group.Key.Extract.Id,
            group.Key.Source.AsAt,
            group.LongCount())),
    ];

    /// <summary>A family of the cohort; its case, once there is one, says how long it is kept.</summary>
    public Family InCohort(Family family) => family with
    {
        State = CohortState.InCohort,
        RetentionRule = FormattableString.Invariant($"{plan.KeepMonths} months while no case has taken it up"),
        DueAt = time.GetUtcNow().AddMonths(plan.KeepMonths),
    };

    internal Family InReview(Family family) => family with
    {
        State = CohortState.InReview,
        RetentionRule = ReviewRule,
        DueAt = time.GetUtcNow().AddDays(plan.ReviewDays),
    };
}
