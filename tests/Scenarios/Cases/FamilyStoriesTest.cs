using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Keys;

namespace TfFlow.Scenarios.Cases;

/// <summary>What happens to families, as a coordinator lives it: what they do, what they then see, what the key worker can no longer do,
/// what the ledger says.</summary>
public sealed class FamilyStoriesTest(CaseWorld world) : IClassFixture<CaseWorld>
{
    private const string Before = "kw-before";
    private const string After = "kw-after";

    private static readonly string[] Readings = ["", "/pack", "/incidents", "/services", "/people?purpose=support"];

    private static int homes;

    [Fact]
    public async Task Withdrawal_in_flight_ends_everything_the_key_worker_could_do_before_the_police_answer()
    {
        var (family, people) = await InvitedAsync();
        await AgreeAsync(family, people);
        await AllocateAsync(family, Before);
        await world.ActAsync($"/cases/{family.Id}/marker", new MarkerRequest("caseshire-markers", CaseWorld.Police));
        var set = (await world.UntilAsync(family.Id, row => row.Instruction is not null)).Instruction!;
        await CanReadAsync(family, Before);

        await world.ActAsync($"/cases/{family.Id}/consents/{family.Members[1]}/withdraw");

        await world.UntilAsync(family.Id, row => row.Marker is MarkerStanding.Removing);
        var seen = await SeenAsync(family);
        Assert.Equal(("Withdrawn", "None", "Removing"), (seen.State, seen.Basis, seen.Marker));
        Assert.NotNull(seen.DueAt);
        await CannotReadAsync(family, Before);
        await CannotAsync(family, Before, $"/cases/{family.Id}/completion");
        await RefusedAsync(family, "key-worker", new AllocationRequest(After), "A family that comes back");
        await RefusedAsync(family, "reopening", null, "marker is off");
        await world.InstructionAsync(set.Id, instruction => instruction.State is MarkerChangeState.Overtaken);
        Assert.Equal(family.Members[1], Assert.Single(await world.OutcomesAsync("consent.withdraw", family.Id)).References[1]);
        Assert.Single(await world.OutcomesAsync("marker.remove", family.Id));
        Assert.NotEmpty(await RefusedLooksAsync(family, Before));
    }

    [Fact]
    public async Task One_parent_refuses_and_nobody_is_allocated()
    {
        var (family, people) = await InvitedAsync();
        var path = $"/cases/{family.Id}";
        await world.ActAsync($"{path}/consents", world.Form(people[0]));
        await world.ActAsync($"{path}/consents", world.Form(people[2], $"{people[0].Forenames} {people[0].Surname}"));
        await RefusedAsync(family, "key-worker", new AllocationRequest(After), "not everyone has answered");

        await world.ActAsync($"{path}/consents/{family.Members[1]}/refuse");

        var seen = await SeenAsync(family);
        Assert.Equal(("DidNotTakePart", "None", (string?)null), (seen.State, seen.Basis, seen.KeyWorker));
        Assert.Equal([ConsentState.Given, ConsentState.Refused, ConsentState.Given], seen.Consents.Select(consent => consent.State));
        await RefusedAsync(family, "key-worker", new AllocationRequest(After), "does not take part");
        await CannotReadAsync(family, After);
        Assert.Empty(await world.OutcomesAsync("case.allocate", family.Id));
        Assert.Equal(family.Members[1], Assert.Single(await world.OutcomesAsync("consent.refuse", family.Id)).References[1]);
    }

    [Fact]
    public async Task A_family_that_moves_away_leaves_the_cohort_and_once_it_is_supported_its_support_is_completed()
    {
        var (gone, _) = await NamedAsync();
        using var coordinator = world.As(Role.Coordinator);
        await coordinator.PostAsync($"/matching/cohort/{gone.Id}/removal/moved-away", World.Patience);
        var left = (await world.Registers.Families.GetAsync(gone.Id, World.Patience)).Row;
        Assert.True(left is { State: CohortState.Erasing or CohortState.Erased, Removal: RemovalReason.MovedAway });
        var closed = await world.RefusedAsync($"/families/{gone.Id}/case", new CaseOpening());
        Assert.Contains("a family of the cohort", closed, StringComparison.Ordinal);

        var (family, people) = await InvitedAsync();
        await AgreeAsync(family, people);
        await AllocateAsync(family, Before);
        var refusal = await Assert.ThrowsAsync<CommandException>(
            () => coordinator.PostAsync($"/matching/cohort/{family.Id}/removal/moved-away", World.Patience));
        Assert.Contains("case", refusal.Message, StringComparison.Ordinal);
        await world.ActAsync($"/cases/{family.Id}/completion");

        var seen = await SeenAsync(family);
        var today = DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime);
        Assert.Equal(("Completed", today, "Off"), (seen.State, seen.EndedOn!.Value, seen.Marker));
        Assert.Equal(today.AddMonths(FamilyCaseRules.ReviewMonths), DateOnly.FromDateTime(seen.DueAt!.Value.UtcDateTime));
        await CannotReadAsync(family, Before);
        Assert.Single(await world.OutcomesAsync("family.remove", gone.Id));
        Assert.Single(await world.OutcomesAsync("case.complete", family.Id));
    }

    [Fact]
    public async Task A_key_worker_leaves_and_another_takes_the_family_over_at_once()
    {
        var (family, people) = await InvitedAsync();
        await AgreeAsync(family, people);
        await AllocateAsync(family, Before);
        await CanReadAsync(family, Before);
        await RefusedAsync(family, "key-worker", new AllocationRequest(Before), "another key worker");

        await AllocateAsync(family, After);

        var seen = await SeenAsync(family);
        Assert.Equal(("Supported", "Consent", After), (seen.State, seen.Basis, seen.KeyWorker));
        await CannotReadAsync(family, Before);
        await CannotAsync(family, Before, $"/cases/{family.Id}/completion");
        await CannotAsync(family, Before, $"/cases/{family.Id}/consents/{family.Members[0]}/withdraw");
        await CanReadAsync(family, After);
        Assert.Equal(2, (await world.OutcomesAsync("case.allocate", family.Id)).Count);
        Assert.NotEmpty(await RefusedLooksAsync(family, Before));
    }

    [Fact]
    public async Task A_family_that_comes_back_is_asked_anew_and_nothing_of_before_holds()
    {
        var (family, people) = await InvitedAsync();
        var path = $"/cases/{family.Id}";
        await AgreeAsync(family, people);
        await AllocateAsync(family, Before);
        await RefusedAsync(family, "reopening", null, "the family is supported");
        await world.ActAsync($"{path}/consents/{family.Members[0]}/withdraw");
        var documents = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.Blobs.ToList();
        Assert.Equal(4, documents.Count);

        // What a hold covers is not put aside; the refusal leaves the case as it is.
        using var governance = world.As(Role.InformationGovernance);
        var review = DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime).AddMonths(3);
        var order = new HoldRequest(HoldReason.SubjectRequest, new string('c', 64), [family.Id], review);
        var hold = await governance.PostAsync<HoldView>("/holds", order, World.Patience);
        await RefusedAsync(family, "reopening", null, "no legal hold covers");
        Assert.Equal("Withdrawn", (await SeenAsync(family)).State);
        await governance.PostAsync<HoldView>($"/holds/{hold.Id}/release", null, World.Patience);

        var opened = await world.ActAsync($"{path}/reopening");

        Assert.Equal(("Identified", "None"), (opened.State, opened.Basis));
        Assert.True(opened is { KeyWorker: null, EndedOn: null });
        Assert.Empty(opened.Consents);
        Assert.Empty(opened.Currency);
        await CannotReadAsync(family, Before);
        var keys = world.Host.Services.GetRequiredService<DataKeys>();
        foreach (var document in documents)
        {
            Assert.Null(await keys.FindAsync(document.Name, World.Patience));
        }

        // Assessed, put together, asked and invited once more: the sources too say again whether what they sent is current.
        await world.InviteAsync(family.Id);
        Assert.All((await SeenAsync(family)).Consents, consent => Assert.Equal(ConsentState.Sought, consent.State));
        await AgreeAsync(family, people);
        await AllocateAsync(family, After);
        await CanReadAsync(family, After);
        await CannotReadAsync(family, Before);
        Assert.Single(await world.OutcomesAsync("case.reopen", family.Id));
        Assert.Equal(2, (await world.OutcomesAsync("case.pack", family.Id)).Count);
        var answers = await world.OutcomesAsync("question.answer");
        Assert.Equal(4, answers.Count(answer => answer.ActId.StartsWith($"question.answer.{family.Id}-", StringComparison.Ordinal)));
        await world.Host.Engine.IdleAsync(World.Patience);
        Assert.DoesNotContain(await world.DiscrepanciesAsync(), found => found.Reference.Contains(family.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_duty_stands_in_for_consent_and_carries_no_marker()
    {
        var (family, _) = await NamedAsync();
        var path = $"/cases/{family.Id}";
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        await RefusedAsync(family, "duty", Duty, "between the suitability check");
        await SuitableAsync(family);
        var power = Duty with { Enactment = "Crime and Disorder Act 1998 s115" };
        await RefusedAsync(family, "duty", power, "a duty: what is named is a gateway");

        await world.ActAsync($"{path}/duty", Duty);
        await AllocateAsync(family, Before);

        var seen = await SeenAsync(family);
        Assert.Equal(("Supported", "Duty", "Off"), (seen.State, seen.Basis, seen.Marker));
        Assert.Empty(seen.Consents);
        await CanReadAsync(family, Before);
        await RefusedAsync(family, "marker", new MarkerRequest("caseshire-markers", CaseWorld.Police), "a duty alone sets no marker");

        await world.ActAsync($"{path}/completion");
        await CannotReadAsync(family, Before);
        Assert.Single(await world.OutcomesAsync("case.duty", family.Id));
        Assert.Empty(await world.OutcomesAsync("case.invite", family.Id));
        Assert.Empty(await world.OutcomesAsync("marker.order", family.Id));
    }

    private static DutyRequest Duty => new("Children Act 1989 s47", $"Enquiries about {CaseWorld.Canary} are under way.");

    private async Task<(Family Family, PersonDetails[] People)> NamedAsync()
    {
        var home = $"{Interlocked.Increment(ref homes)} Wharf Street";
        PersonDetails[] people =
        [
            new(CaseWorld.Canary, "Edith Anne", new(1981, 2, 3), home, "LE1 1AA"),
            new(CaseWorld.Canary, "Walter", new(1979, 11, 30), home, "LE1 1AA"),
            new(CaseWorld.Canary, "Oswald", new(2014, 6, 7), home, "LE1 1AA"),
        ];
        return (await world.NamedFamilyAsync(people), people);
    }

    private async Task<(Family Family, PersonDetails[] People)> InvitedAsync()
    {
        var (family, people) = await NamedAsync();
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        await world.InviteAsync(family.Id);
        return (family, people);
    }

    private async Task SuitableAsync(Family family)
    {
        await world.ActAsync($"/cases/{family.Id}/assessment", new AssessmentRequest(MultiAgency: true));
        var prepared = await world.UntilAsync(family.Id, row => row.State is FamilyCaseState.PackPrepared);
        foreach (var asked in prepared.Currency)
        {
            await world.ActAsync($"/cases/{family.Id}/currency", new CurrencyAnswer(asked.ExtractId, Current: true));
        }

        var check = new SuitabilityRequest(LoneWorkerConsidered: true);
        await world.ActAsync($"/cases/{family.Id}/suitability", check);
    }

    private async Task AgreeAsync(Family family, PersonDetails[] people)
    {
        foreach (var (person, member) in people.Zip(family.Members))
        {
            var scan = string.Concat(member, member, member, "beef");
            var form = world.Form(person, person == people[2] ? family.Members[0] : null, scan);
            await world.ActAsync($"/cases/{family.Id}/consents/{member}/give", form);
        }
    }

    private Task AllocateAsync(Family family, string keyWorker) =>
        world.ActAsync($"/cases/{family.Id}/key-worker", new AllocationRequest(keyWorker));

    private async Task RefusedAsync(Family family, string act, object? body, string words) =>
        Assert.Contains(words, await world.RefusedAsync($"/cases/{family.Id}/{act}", body), StringComparison.Ordinal);

    private async Task<CaseView> SeenAsync(Family family)
    {
        using var coordinator = world.As(Role.Coordinator);
        return (await coordinator.GetAsync<CaseView[]>("/cases", World.Patience)).Single(row => row.Id == family.Id);
    }

    private async Task CanReadAsync(Family family, string keyWorker)
    {
        using var api = world.As(Role.KeyWorker, account: keyWorker);
        foreach (var reading in Readings)
        {
            await api.GetAsync<object>($"/cases/{family.Id}{reading}", World.Patience);
        }
    }

    /// <summary>What is about people, and for one whose the family is not any more the case itself.</summary>
    private async Task CannotReadAsync(Family family, string keyWorker)
    {
        using var api = world.As(Role.KeyWorker, account: keyWorker);
        var own = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.KeyWorker == keyWorker;
        foreach (var reading in Readings.Skip(own ? 1 : 0))
        {
            await Assert.ThrowsAsync<CommandException>(() => api.GetAsync<object>($"/cases/{family.Id}{reading}", World.Patience));
        }
    }

    private async Task CannotAsync(Family family, string keyWorker, string path)
    {
        using var api = world.As(Role.KeyWorker, account: keyWorker);
        var state = (await SeenAsync(family)).State;
        await Assert.ThrowsAsync<CommandException>(() => api.PostAsync<CaseView>(path, null, World.Patience));
        Assert.Equal(state, (await SeenAsync(family)).State);
    }

    private async Task<IReadOnlyList<string>> RefusedLooksAsync(Family family, string account) =>
    [
        .. from look in await world.OutcomesAsync(FamilyPeople.Act, family.Id)
           where look.Actor == account && look.Result == RefusedLooks.Result
           select look.ActId,
    ];
}
