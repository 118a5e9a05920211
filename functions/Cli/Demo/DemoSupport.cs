using System.Collections.Concurrent;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Cli.Demo;

/// <summary>What a family decides, or what is decided about it, once its case is open.</summary>
internal enum Journey
{
    TakesPart,
    Refuses,
    DoesNotAnswer,
    UnderADuty,
    NotSuitable,

    /// <summary>Takes part, and one member withdraws while the instruction to the police is on its way.</summary>
    WithdrawsInFlight,

    /// <summary>Takes part, and the police do not confirm until it has been escalated.</summary>
    NeverConfirmed,

    /// <summary>Takes part, and withdraws later.</summary>
    WithdrawsLater,
}

/// <summary>A family with a case, and what is true of it.</summary>
internal sealed record SupportedFamily(string Id, Journey Journey, SyntheticHousehold Household)
{
    public bool TookPart => Journey is not (Journey.Refuses or Journey.DoesNotAnswer or Journey.NotSuitable);

    public bool HasMarker => TookPart && Journey is not Journey.UnderADuty;
}

/// <summary>The coordinator and the key workers: cases from their opening to their review, as the rules let them.</summary>
internal sealed class DemoSupport(DemoStory story, DemoDeployment authority, CohortTruth truth)
{
    /// <summary>How many families the teams can take up.</summary>
    private const int Capacity = 100;

    private readonly Dictionary<OutcomeResult, int> decided = [];
    private string notice = "";
    private int wrong;
    private readonly List<SupportedFamily> families = [];

    public IReadOnlyList<SupportedFamily> Families => families;

    /// <summary>Families by what their measurement decided.</summary>
    public IReadOnlyDictionary<string, int> Decided => decided.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value);

    public IReadOnlyList<SyntheticHousehold> Supported => [.. families.Where(family => family.TookPart).Select(family => family.Household)];

    /// <summary>Takes the first families of the cohort as far as each goes: assessed, pack, suitability, invitation, consent or a duty, key worker, marker ordered.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        using var coordinator = authority.Coordinator();
        var cohort = (await coordinator.GetAsync<CohortView[]>("/matching/cohort", cancellationToken)).Take(Capacity).ToList();
        story.Chapter(authority.Now, $"The coordinator takes up the first {cohort.Count} families, in order of priority.");
        notice = (await coordinator.PostAsync<NoticeView>("/notices", body: null, cancellationToken)).Version;
        story.Say($"  The privacy notice is made from the agreements in force: {notice}. Each family is given it with its invitation.");
        var households = await truth.HouseholdsOfAsync([.. cohort.Select(family => family.Id)], cancellationToken);
        families.AddRange(cohort.Select((family, place) => new SupportedFamily(family.Id, JourneyOf(place), households[place] ?? throw new InvalidOperationException("A family of the cohort is no household of the authority."))));

        await EachAsync(families, (family, api, token) => OpenAsync(family, api, token), cancellationToken);
        await authority.SettleAsync(cancellationToken);
        await EachAsync(families, (family, api, token) => InviteAsync(family, api, token), cancellationToken);
        await EachAsync(families, (family, api, token) => AnswerAsync(family, api, token), cancellationToken);
        await authority.SettleAsync(cancellationToken);
        story.Say($"  {Count(FamilyCaseState.Supported, await CasesAsync(cancellationToken)),5:N0} have a key worker: on everyone's signed consent, or {families.Count(family => family.Journey is Journey.UnderADuty)} of them under a legal duty.");
        story.Say($"  {families.Count(family => family.Journey is Journey.Refuses),5:N0} refused, {families.Count(family => family.Journey is Journey.NotSuitable)} were found unsuitable, {families.Count(family => family.Journey is Journey.DoesNotAnswer)} have not answered: after {Consent.LapseDays} days that is a no.");
        story.Say($"  {families.Count(family => family.HasMarker),5:N0} markers are asked for: the police find a file sealed to their own key.");
    }

    /// <summary>One member of a family takes consent back: support ends in the same change.</summary>
    public Task WithdrawAsync(Journey journey, CancellationToken cancellationToken) => EachAsync(
        families.Where(family => family.Journey == journey),
        async (family, api, token) =>
        {
            var row = await api.GetAsync<CaseView>($"/cases/{family.Id}", token);
            await api.PostAsync<CaseView>($"/cases/{family.Id}/consents/{row.Consents[0].Person}/withdraw", null, token);
        },
        cancellationToken);

    /// <summary>Key workers read what came for the families they support.</summary>
    /// <returns>How many items there were.</returns>
    public async Task<int> ReadIncidentsAsync(CancellationToken cancellationToken)
    {
        var read = 0;
        foreach (var family in families.Where(family => family.TookPart))
        {
            using var keyWorker = authority.As(Role.KeyWorker, KeyWorkerOf(family));
            if ((await keyWorker.GetAsync<CaseView>($"/cases/{family.Id}", cancellationToken)).State == nameof(FamilyCaseState.Supported))
            {
                read += (await keyWorker.GetAsync<CaseInformation>($"/cases/{family.Id}/incidents", cancellationToken)).Items.Count;
            }
        }

        return read;
    }

    /// <summary>Support is completed for families that are still supported.</summary>
    /// <returns>For how many.</returns>
    public async Task<int> CompleteAsync(int most, CancellationToken cancellationToken)
    {
        var ending = await StandingAsync(FamilyCaseState.Supported, cancellationToken);
        await EachAsync(ending.Take(most), (family, api, token) => api.PostAsync<CaseView>($"/cases/{family.Id}/completion", null, token), cancellationToken);
        await authority.SettleAsync(cancellationToken);
        return Math.Min(most, ending.Count);
    }

    /// <summary>Families whose support was completed are measured by their outcome plan. One that is shown to have its outcome has it decided at
    /// once; the others are measured again later.</summary>
    /// <param name="last">No later measurement is to come: what is not shown now is the answer.</param>
    public async Task MeasureAsync(SyntheticProgress progress, bool last, CancellationToken cancellationToken)
    {
        var due = await StandingAsync(FamilyCaseState.Completed, cancellationToken);
        var results = new ConcurrentDictionary<SupportedFamily, OutcomeResult>();
        await EachAsync(
            due,
            async (family, api, token) =>
            {
                var measured = await api.PostAsync<ShownMeasurement>($"/cases/{family.Id}/measurements", null, token);
                if (measured.Result is not OutcomeResult.NotShown || last)
                {
                    results[family] = (await api.PostAsync<CaseView>($"/cases/{family.Id}/outcomes", null, token)).Outcome!.Result;
                    if (results[family] is not OutcomeResult.NotShown)
                    {
                        await api.PostAsync<ClaimView>($"/cases/{family.Id}/claim", null, token);
                    }
                }
            },
            cancellationToken);
        var shown = results.Where(pair => pair.Value is not OutcomeResult.NotShown).ToList();
        story.Say($"  {due.Count,5:N0} families are measured from what was sent; {shown.Count(pair => pair.Value is OutcomeResult.Progress)} show significant and sustained progress, {shown.Count(pair => pair.Value is OutcomeResult.Employment)} continuous employment.");
        story.Say(last ? $"  {results.Count - shown.Count,5:N0} show neither a year after the end of support, and that is the answer." : $"  {due.Count - shown.Count,5:N0} do not show it yet, and are measured again.");
        wrong += shown.Count(pair => !(pair.Value is OutcomeResult.Progress ? progress.HasTurned(pair.Key.Household) : progress.Works(pair.Key.Household)));
        foreach (var (_, result) in results)
        {
            decided[result] = decided.GetValueOrDefault(result) + 1;
        }

        if (last)
        {
            story.Check(
                "No outcome is found that is not true, and none was typed",
                wrong == 0,
                $"{decided.GetValueOrDefault(OutcomeResult.Progress)} with progress, {decided.GetValueOrDefault(OutcomeResult.Employment)} with employment, {decided.GetValueOrDefault(OutcomeResult.NotShown)} with neither; {wrong} wrong");
        }
    }

    /// <summary>The council's internal audit looks at a sample of the claims, and the Department is told how many there are.</summary>
    public async Task ClaimAsync(CancellationToken cancellationToken)
    {
        using var coordinator = authority.Coordinator();
        using var governance = authority.As(Role.InformationGovernance, "information-governance");
        var claims = await coordinator.GetAsync<ClaimView[]>("/claims", cancellationToken);
        if (claims.Length == 0)
        {
            return;
        }

        var sample = await governance.PostAsync<ClaimSample>("/claims/samples", new SampleRequest(Seed: 1, Percent: 10), cancellationToken);
        foreach (var claim in sample.Drawn)
        {
            await governance.PostAsync<ClaimView>($"/claims/{claim}/audit", new ClaimAudit(Confirmed: true), cancellationToken);
        }

        var made = await coordinator.PostAsync<ClaimReturn>("/claims/returns", null, cancellationToken);
        foreach (var sentence in made.Sentences)
        {
            story.Say($"  {sentence}");
        }

        var refused = await Refuses(() => coordinator.PostAsync<ClaimView>($"/cases/{claims[0].Case}/claim", null, cancellationToken));
        story.Check(
            "Every claim is for another family whose outcome was shown, and a second one is refused",
            refused && claims.Length == claims.DistinctBy(claim => claim.Case).Count() && claims.Length == Shown,
            $"{claims.Length} claims, {sample.Drawn.Count} of {sample.Of} looked at by the internal audit");
    }

    private int Shown => decided.Where(pair => pair.Key is not OutcomeResult.NotShown).Sum(pair => pair.Value);

    private static async Task<bool> Refuses(Func<Task<ClaimView>> act)
    {
        try
        {
            await act();
            return false;
        }
        catch (CommandException e) when (e.ExitCode == ExitCode.Refused)
        {
            return true;
        }
    }

    /// <summary>Every case whose support ended a year ago is reviewed once its outcome is decided. Without further risk it is erased.</summary>
    /// <returns>How many were reviewed.</returns>
    public async Task<int> ReviewAsync(CancellationToken cancellationToken)
    {
        var today = authority.Today;
        bool IsDue(CaseView row) => row.EndedOn?.AddMonths(FamilyCaseRules.ReviewMonths) <= today;
        List<SupportedFamily> due = [.. await StandingAsync(FamilyCaseState.OutcomesChecked, cancellationToken, IsDue), .. await StandingAsync(FamilyCaseState.Withdrawn, cancellationToken, IsDue)];
        await EachAsync(due, (family, api, token) => api.PostAsync<CaseView>($"/cases/{family.Id}/review", new ReviewRequest(FurtherRisk: false), token), cancellationToken);
        await authority.SettleAsync(cancellationToken);
        return due.Count;
    }

    public async Task<IReadOnlyList<CaseView>> CasesAsync(CancellationToken cancellationToken)
    {
        using var coordinator = authority.Coordinator();
        return await coordinator.GetAsync<CaseView[]>("/cases", cancellationToken);
    }

    public static int Count(FamilyCaseState state, IReadOnlyList<CaseView> cases) => cases.Count(row => row.State == state.ToString());

    private static async Task OpenAsync(SupportedFamily family, ApiClient api, CancellationToken cancellationToken)
    {
        await api.PostAsync<CaseView>($"/families/{family.Id}/case", new CaseOpening(), cancellationToken);
        await api.PostAsync<CaseView>($"/cases/{family.Id}/assessment", new AssessmentRequest(MultiAgency: true), cancellationToken);
    }

    private async Task InviteAsync(SupportedFamily family, ApiClient api, CancellationToken cancellationToken)
    {
        var path = $"/cases/{family.Id}";
        var row = await api.GetAsync<CaseView>(path, cancellationToken);
        await api.GetAsync<CaseInformation>($"{path}/pack", cancellationToken);
        foreach (var check in row.Currency.Where(check => check.AnsweredAt is null))
        {
            await api.PostAsync<CaseView>($"{path}/currency", new CurrencyAnswer(check.ExtractId, Current: true), cancellationToken);
        }

        if (family.Journey is Journey.NotSuitable)
        {
            await api.PostAsync<CaseView>(
                $"{path}/suitability", new SuitabilityRequest(LoneWorkerConsidered: true, Reason: UnsuitableReason.OtherHelpFirst), cancellationToken);
            return;
        }

        await api.PostAsync<CaseView>($"{path}/suitability", new SuitabilityRequest(LoneWorkerConsidered: true), cancellationToken);
        if (family.Journey is Journey.UnderADuty)
        {
            await api.PostAsync<CaseView>($"{path}/duty", new DutyRequest("Children Act 1989 s47", "enquiries are under way"), cancellationToken);
        }
        else
        {
            await api.PostAsync<CaseView>($"{path}/invitation", new InvitationRequest(notice), cancellationToken);
        }
    }

    private async Task AnswerAsync(SupportedFamily family, ApiClient api, CancellationToken cancellationToken)
    {
        var path = $"/cases/{family.Id}";
        if (family.Journey is Journey.DoesNotAnswer or Journey.NotSuitable)
        {
            return;
        }

        if (family.Journey is not Journey.UnderADuty)
        {
            // Matching may know more references than there are people: each signs, or refuses, for the reference that is theirs, whose records are likest first.
            var members = await api.GetAsync<FamilyPerson[]>($"{path}/people?purpose=consent", cancellationToken);
            var adult = members.FirstOrDefault(member => member.Role is FamilyRole.Adult)?.Reference;
            var signed = new HashSet<SyntheticPerson>();
            foreach (var person in members.OrderByDescending(member => People(family).Max(one => Likeness(one, member))))
            {
                await api.PostAsync<CaseView>(
                    $"{path}/consents/{person.Reference}/{(family.Journey is Journey.Refuses ? "refuse" : "give")}",
                    family.Journey is Journey.Refuses ? null : Form(family, person, adult, signed),
                    cancellationToken);
            }
        }

        if (family.TookPart)
        {
            await api.PostAsync<CaseView>($"{path}/key-worker", new AllocationRequest(KeyWorkerOf(family)), cancellationToken);
        }

        if (family.HasMarker)
        {
            await api.PostAsync<CaseView>($"{path}/marker", new MarkerRequest("northmere-markers", DemoPolice.Agency), cancellationToken);
        }
    }

    private static IEnumerable<SyntheticPerson> People(SupportedFamily family) => family.Household.Adults.Concat(family.Household.Children);

    /// <summary>The form of whom a record means, however it was written; an adult of the household signs for a child.</summary>
    /// <param name="signed">Who signed already: what is left over of a person signs as its records have it.</param>
    private ConsentFormRequest Form(SupportedFamily family, FamilyPerson record, string? adult, HashSet<SyntheticPerson> signed)
    {
        var person = People(family).MaxBy(one => Likeness(one, record))!;
        person = signed.Add(person) ? person : person with { Surname = record.Surname, Forenames = record.Forenames, Born = record.DateOfBirth ?? person.Born };
        var signedBy = Age.On(person.Born, authority.Today) < SignedForm.SignsFrom ? adult ?? SignedForm.Parent : null;
        return new(
            authority.Today,
            signedBy,
            VictimInformation: false,
            person.Surname,
            person.Forenames,
            person.Born,
            person.Address,
            person.Postcode);
    }

    /// <summary>Records have slips: parts of a date that are the same, and letters with which the names begin alike.</summary>
    private static int Likeness(SyntheticPerson person, FamilyPerson record)
    {
        const int SameName = 6;
        var date = record.DateOfBirth is { } born ? new[] { born.Year == person.Born.Year, born.Month == person.Born.Month, born.Day == person.Born.Day }.Count(same => same) : 0;
        var letters = person.Forenames.Zip(record.Forenames).TakeWhile(pair => char.ToUpperInvariant(pair.First) == char.ToUpperInvariant(pair.Second)).Count();
        return (2 * date) + (person.Forenames == record.Forenames ? SameName : Math.Min(letters, SameName - 1));
    }

    private async Task<List<SupportedFamily>> StandingAsync(FamilyCaseState state, CancellationToken cancellationToken, Predicate<CaseView>? and = null)
    {
        var standing = (await CasesAsync(cancellationToken)).Where(row => row.State == state.ToString() && and?.Invoke(row) != false).Select(row => row.Id).ToHashSet();
        return [.. families.Where(family => standing.Contains(family.Id))];
    }

    private async Task EachAsync(IEnumerable<SupportedFamily> which, Func<SupportedFamily, ApiClient, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        using var coordinator = authority.Coordinator();
        await Parallel.ForEachAsync(which, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (family, token) => await act(family, coordinator, token));
    }

    /// <summary>Ten key workers, ten families each.</summary>
    private string KeyWorkerOf(SupportedFamily family) => $"key-worker-{families.IndexOf(family) % 10}";

    private static Journey JourneyOf(int place) => (place, place % 10) switch
    {
        (1, _) => Journey.WithdrawsInFlight,
        (2, _) => Journey.NeverConfirmed,
        (13 or 24 or 35, _) => Journey.WithdrawsLater,
        (_, 6) => Journey.Refuses,
        (_, 7) => Journey.DoesNotAnswer,
        (_, 8) => Journey.UnderADuty,
        (_, 9) => Journey.NotSuitable,
        _ => Journey.TakesPart,
    };
}
