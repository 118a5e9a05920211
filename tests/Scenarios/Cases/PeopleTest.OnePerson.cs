using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Scenarios.Cases;

/// <remarks>One person held under two references; objections of people who are looked at.</remarks>
public sealed partial class PeopleTest
{
    private static readonly string Paper = new('b', 64);

    private DateOnly Today => DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task One_person_under_two_references_is_one_once_somebody_who_looked_at_both_says_so()
    {
        // A changed surname: the comparison is not sure of it.
        var (again, family, path) = await TwiceHeldAsync();
        var (mother, son, other) = (family.Members[0], family.Members[1], family.Members[2]);
        await world.InviteAsync(family.Id);
        await world.ActAsync($"{path}/consents/{mother}/give", world.Form(Mother, sha256: Scan(mother)));
        var waits = await world.ActAsync($"{path}/consents/{son}/give", world.Form(Son, mother, Scan(son)));
        Assert.Equal(("Invited", 3), (waits.State, waits.Consents.Count));

        var verdict = new PersonVerdictRequest(mother, other, PersonPairReason.FamilySaid);
        Assert.Contains("a look at both", await world.RefusedAsync($"{path}/people/one-person", verdict), StringComparison.Ordinal);
        using var coordinator = world.As(Role.Coordinator);
        var compared = await coordinator.PostAsync<ComparedPeople>(
            $"{path}/people/comparisons", new PersonPairRequest(mother, other), World.Patience);
        Assert.Equal([again.Surname], compared.OtherRecords.Select(record => record.Surname));
        Assert.Contains(compared.OneRecords, record => record.Source == "signed form");
        Assert.Equal("compared", compared.Said);
        Assert.Contains(await world.OutcomesAsync(FamilyPeople.Act, family.Id), look => look.Purpose == "record-check");

        var one = await world.ActAsync($"{path}/people/one-person", verdict);
        Assert.Equal(("Agreed", "Consent"), (one.State, one.Basis));
        Assert.Equal([mother, son], one.Involved);
        Assert.Equal([mother, son], one.Consents.Select(consent => consent.Person));
        Assert.Equal([mother, son], (await PeopleAsync(coordinator, path)).Select(person => person.Reference));
        Assert.Contains("family-said", Assert.Single(await world.OutcomesAsync("case.one-person", family.Id)).References);

        // What is told of the one is told of the other, and what the one objects to covers what is held under the other.
        var given = await coordinator.PostAsync<NoticeGivenView>(
            $"/families/{family.Id}/notices", new NoticeGiving(world.Notice, NoticeMeans.ByHand, Today, [other]), World.Patience);
        Assert.Equal([mother], given.Persons);
        await world.ActAsync($"{path}/key-worker", new AllocationRequest("kw-one"));
        var objection = await coordinator.PostAsync<ObjectionView>(
            "/objections",
            new ObjectionRequest(family.Id, other, [Use.KeyWorker], ObjectionReason.OwnSituation, Today, Paper),
            World.Patience);
        Assert.Equal([true, false], (await PeopleAsync(coordinator, path)).Select(person => person.Objected));
        await coordinator.PostAsync<ObjectionView>($"/objections/{objection.Id}/withdrawal", null, World.Patience);

        await world.ActAsync($"{path}/marker", new MarkerRequest("caseshire-markers", CaseWorld.Police));
        var order = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.Instruction!;
        var file = await world.PoliceReadAsync(await world.SentAsync(order.Id));
        Assert.Equal(3, file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        // Two after all: the second never agreed, and support ends as with any consent that is missing.
        var undone = await world.ActAsync($"{path}/people/undo", new PersonPairRequest(other, mother));
        Assert.Equal(("Withdrawn", "None"), (undone.State, undone.Basis));
        Assert.Equal(family.Members, undone.Involved);
        var once = await world.RefusedAsync($"{path}/people/undo", new PersonPairRequest(other, mother));
        Assert.Contains("of which it was said", once, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_given_under_one_reference_is_taken_back_under_any()
    {
        var (_, family, path) = await TwiceHeldAsync();
        var (mother, son, other) = (family.Members[0], family.Members[1], family.Members[2]);
        await world.InviteAsync(family.Id);
        await SayAsync(path, mother, other, "one-person");
        await world.ActAsync($"{path}/consents/{other}/give", world.Form(Mother, sha256: Scan(mother)));
        await world.ActAsync($"{path}/consents", world.Form(Son, other, Scan(son)));
        await world.ActAsync($"{path}/key-worker", new AllocationRequest("kw-back"));
        await world.ActAsync($"{path}/consents/{mother}/victim-information", new VictimConsentRequest(Today));
        await world.ActAsync($"{path}/consents/{other}/victim-information/withdrawal", new VictimConsentRequest(Today));

        Assert.Equal("Withdrawn", (await world.ActAsync($"{path}/consents/{other}/withdraw")).State);
        var row = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row;
        Assert.Equal(ConsentState.Withdrawn, row.ConsentsOfPeople[0].State);
        Assert.DoesNotContain(row.Consents, consent => consent.VictimInformation);

        // Who never answered under the other reference has not refused, should they be two.
        Assert.Equal(ConsentState.Sought, row.Consents.Single(consent => consent.Person == other).State);
    }

    [Fact]
    public async Task Two_people_are_asked_about_no_more_and_one_paper_is_not_the_form_of_both()
    {
        var (_, family, path) = await TwiceHeldAsync();
        var (mother, son, other) = (family.Members[0], family.Members[1], family.Members[2]);
        using var coordinator = world.As(Role.Coordinator);
        var asked = await PeopleAsync(coordinator, path);
        Assert.Equal(new string[][] { [other], [], [mother] }, asked.Select(person => person.MayBe));

        await SayAsync(path, other, mother, "two-people");

        Assert.All(await PeopleAsync(coordinator, path), person => Assert.Empty(person.MayBe));
        var verdict = new PersonVerdictRequest(mother, other, PersonPairReason.RecordsShow);
        Assert.Contains("it is said already", await world.RefusedAsync($"{path}/people/one-person", verdict), StringComparison.Ordinal);
        await world.InviteAsync(family.Id);
        await world.ActAsync($"{path}/consents/{mother}/give", world.Form(Mother, sha256: Scan(mother)));
        Assert.Contains(
            "recorded already, for somebody else",
            await world.RefusedAsync($"{path}/consents/{other}/give", world.Form(Mother, sha256: Scan(mother))),
            StringComparison.Ordinal);

        // Nobody else says it, and strangers are no members.
        foreach (var role in Enum.GetValues<Role>().Where(role => role is not Role.Coordinator))
        {
            using var api = world.As(role, account: $"pair-{role}");
            await Assert.ThrowsAsync<CommandException>(
                () => api.PostAsync<ComparedPeople>($"{path}/people/comparisons", new PersonPairRequest(mother, other), World.Patience));
        }

        var stranger = await world.RefusedAsync($"{path}/people/comparisons", new PersonPairRequest(son, new string('0', 20)));
        Assert.Contains("two members of this family", stranger, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_objects_is_shown_as_objected_and_neither_named_nor_told_of()
    {
        var mother = Mother with { Address = "81 Wharf Street", Postcode = "LE1 8AA" };
        var son = Son with { Address = mother.Address, Postcode = mother.Postcode };
        var family = await world.NamedFamilyAsync(mother, son);
        var path = $"/cases/{family.Id}";
        await IndexAsync(family, mother);
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        await world.InviteAsync(family.Id);
        await world.ActAsync($"{path}/consents", world.Form(mother));
        await world.ActAsync($"{path}/consents", world.Form(son, "parent"));
        await world.ActAsync($"{path}/key-worker", new AllocationRequest("kw-objected"));
        using var coordinator = world.As(Role.Coordinator);
        await coordinator.PostAsync<ObjectionView>(
            "/objections",
            new ObjectionRequest(family.Id, family.Members[0], [Use.KeyWorker, Use.Management], ObjectionReason.Safety, Today, Paper),
            World.Patience);

        using var keyWorker = world.As(Role.KeyWorker, account: "kw-objected");
        foreach (var api in (ApiClient[])[coordinator, keyWorker])
        {
            var people = await api.GetAsync<FamilyPerson[]>($"{path}/people?purpose=support", World.Patience);
            Assert.Equal([(true, ""), (false, "Oswald")], people.Select(person => (person.Objected, person.Forenames)));
            var services = await api.GetAsync<InvolvedServices>($"{path}/services", World.Patience);
            Assert.Equal((0, 2), (services.Services.Count, services.Objected));
        }

        var assessment = System.Text.Encoding.UTF8.GetString(await keyWorker.GetBytesAsync($"{path}/caf", World.Patience));
        Assert.Contains("Oswald", assessment, StringComparison.Ordinal);
        Assert.DoesNotContain("Edith", assessment, StringComparison.Ordinal);

        // To see whether somebody is safe, and to answer the person, it is shown.
        var safe = await coordinator.GetAsync<FamilyPerson[]>($"{path}/people?purpose=safeguarding", World.Patience);
        Assert.DoesNotContain(safe, person => person.Objected);

        using var handler = world.As(Role.CallHandler, account: "ch-objected");
        var view = await handler.PostAsync<FirstResponseView>(
            "/first-response/looks",
            new FirstResponseRequest(mother.Surname, mother.Forenames, mother.DateOfBirth, mother.Address, mother.Postcode),
            World.Patience);
        Assert.Equivalent(new FirstResponseView(false, null, null, []) with { Objected = true, Next = view.Next }, view, strict: true);
    }

    [Fact]
    public async Task Of_a_family_that_a_partner_leads_a_call_handler_is_told_which_partner_and_nothing_else()
    {
        var mother = Mother with { Address = "83 Wharf Street", Postcode = "LE1 8BB" };
        var family = await world.NamedFamilyAsync(mother);
        await IndexAsync(family, mother);
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        await world.ActAsync($"/cases/{family.Id}/assessment", new AssessmentRequest(MultiAgency: false, "caseshire-school"));
        using var handler = world.As(Role.CallHandler, account: "ch-led");

        var view = await handler.PostAsync<FirstResponseView>(
            "/first-response/looks",
            new FirstResponseRequest(mother.Surname, mother.Forenames, mother.DateOfBirth, mother.Address, mother.Postcode),
            World.Patience);

        Assert.Equivalent(new FirstResponseView(true, "Caseshire High School", null, []), view, strict: true);
        Assert.Empty(await world.OutcomesAsync("case.open-services", family.Id));
    }

    private static Task<FamilyPerson[]> PeopleAsync(ApiClient api, string path) =>
        api.GetAsync<FamilyPerson[]>($"{path}/people?purpose=contact", World.Patience);

    private static string Scan(string member) => string.Concat(member, member, member, "0000");

    private async Task SayAsync(string path, string one, string other, string verdict)
    {
        using var coordinator = world.As(Role.Coordinator);
        await coordinator.PostAsync<ComparedPeople>($"{path}/people/comparisons", new PersonPairRequest(one, other), World.Patience);
        await world.ActAsync($"{path}/people/{verdict}", new PersonVerdictRequest(one, other, PersonPairReason.RecordsShow));
    }

    /// <summary>A mother who is held twice, once by a slip in her surname, and her son; their case is open.</summary>
    private async Task<(PersonDetails Again, Family Family, string Path)> TwiceHeldAsync()
    {
        var again = Mother with { Surname = CaseWorld.Canary + "-Brook" };
        var family = await world.NamedFamilyAsync(Mother, Son, again);
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        return (again, family, $"/cases/{family.Id}");
    }
}
