using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Governance;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Cases;
using TfFlow.TestKit.Storage;

namespace TfFlow.Scenarios.Cases;

/// <summary>Who the people of a family are, who works with them, and whose a consent form is: who may know it, and what the ledger
/// says.</summary>
public sealed partial class PeopleTest(CaseWorld world) : IClassFixture<CaseWorld>
{
    private static readonly PersonDetails Mother = new(CaseWorld.Canary, "Edith Anne", new(1981, 2, 3), "12 Wharf Street", "LE1 1AA");
    private static readonly PersonDetails Father = new(CaseWorld.Canary, "Walter", new(1979, 11, 30), "12 Wharf Street", "LE1 1AA");
    private static readonly PersonDetails Son = new(CaseWorld.Canary, "Oswald", new(2014, 6, 7), "12 Wharf Street", "LE1 1AA");

    [Fact]
    public async Task The_coordinator_and_the_familys_key_worker_see_who_its_people_are_and_the_ledger_says_why()
    {
        var family = await SupportedAsync("kw-people");
        using var coordinator = world.As(Role.Coordinator);

        var people = await coordinator.GetAsync<FamilyPerson[]>($"/cases/{family.Id}/people?purpose=contact", World.Patience);

        Assert.Equal(family.Members, people.Select(person => person.Reference));
        Assert.Equal([FamilyRole.Adult, FamilyRole.Adult, FamilyRole.Child], people.Select(person => person.Role));
        Assert.Equal(
            [Mother, Father, Son],
            people.Select(person =>
                new PersonDetails(person.Surname, person.Forenames, person.DateOfBirth!.Value, person.Address, person.Postcode)));
        Assert.All(people, person => Assert.Equal("signed form", person.Source));

        using var keyWorker = world.As(Role.KeyWorker, account: "kw-people");
        Assert.Equivalent(people, await keyWorker.GetAsync<FamilyPerson[]>($"/cases/{family.Id}/people?purpose=safeguarding", World.Patience), strict: true);

        var looks = await world.OutcomesAsync(FamilyPeople.Act, family.Id);
        Assert.Equal(
            [("scenario", "Coordinator", "contact", "done", 3L), ("kw-people", "KeyWorker", "safeguarding", "done", 3L)],
            looks.Where(look => look.Purpose != "consent").Select(look => (look.Actor, look.Role, look.Purpose, look.Result, look.Count)));
        var openings = await world.OutcomesAsync("case.open-people", family.Id);
        Assert.Contains(openings, opening => opening.Exchange == "caseshire-census" && opening.Purpose == "To identify families.");

        // No purpose, or one of one's own, is no look.
        foreach (var purpose in (string[])["", "?purpose=curiosity"])
        {
            var refusal = await Assert.ThrowsAsync<CommandException>(
                () => coordinator.GetAsync<FamilyPerson[]>($"/cases/{family.Id}/people{purpose}", World.Patience));
            Assert.Contains("one of contact, consent,", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Before_the_forms_are_signed_people_are_named_as_the_councils_own_records_name_them()
    {
        var family = await world.NamedFamilyAsync(Mother, Son with { Surname = "Other" + CaseWorld.Canary });
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        using var coordinator = world.As(Role.Coordinator);

        var people = await coordinator.GetAsync<FamilyPerson[]>($"/cases/{family.Id}/people?purpose=contact", World.Patience);

        Assert.All(people, person => Assert.Equal(CaseWorld.Council, person.Source));
        Assert.Equal("Other" + CaseWorld.Canary, people[1].Surname);
    }

    [Fact]
    public async Task Nobody_else_sees_it_and_who_tried_stands_in_the_ledger()
    {
        var family = await SupportedAsync("kw-mine");
        foreach (var (role, account) in ((Role, string)[])
                 [
                     (Role.KeyWorker, "kw-another"), (Role.CallHandler, "ch-1"), (Role.AgencySubmitter, "agency"),
                     (Role.InformationGovernance, "ig-1"), (Role.PoliceOperator, "police"), (Role.Auditor, "auditor"),
                     (Role.AssetOwner, "owner"), (Role.PermissionsAdministrator, "admin"),
                 ])
        {
            using var api = world.As(role, account: account);
            foreach (var path in (string[])["people?purpose=contact", "services"])
            {
                await Assert.ThrowsAsync<CommandException>(() => api.GetAsync<object>($"/cases/{family.Id}/{path}", World.Patience));
            }
        }

        foreach (var act in (string[])[FamilyPeople.Act, FamilyServices.Act])
        {
            var refused = (await world.OutcomesAsync(act, family.Id)).Where(look => look.Result == RefusedLooks.Result);
            Assert.Equal(
                ["kw-another", "ch-1", "agency", "ig-1", "police", "auditor", "owner", "admin"],
                refused.Select(look => look.Actor));
        }

        // The basis goes: the key worker, who had it, sees it no longer.
        using var keyWorker = world.As(Role.KeyWorker, account: "kw-mine");
        var own = $"/cases/{family.Id}/people?purpose=support";
        await keyWorker.GetAsync<object>(own, World.Patience);
        await world.ActAsync($"/cases/{family.Id}/consents/{family.Members[0]}/withdraw");
        await Assert.ThrowsAsync<CommandException>(() => keyWorker.GetAsync<object>(own, World.Patience));
        var last = (await world.OutcomesAsync(FamilyPeople.Act, family.Id))[^1];
        Assert.Equal(("kw-mine", "refused"), (last.Actor, last.Result));
    }

    [Fact]
    public async Task A_form_that_is_not_of_the_member_is_refused_in_words_and_says_what_to_do()
    {
        var family = await world.NamedFamilyAsync(Mother, Father, Son);
        var id = family.Id;
        await world.ActAsync($"/families/{id}/case", new CaseOpening());
        await world.InviteAsync(id);
        var (mother, father, son) = (family.Members[0], family.Members[1], family.Members[2]);
        async Task RefusedAsync(string words, string? person, ConsentFormRequest form) => Assert.Contains(
            words,
            await world.RefusedAsync(person is null ? $"/cases/{id}/consents" : $"/cases/{id}/consents/{person}/give", form),
            StringComparison.Ordinal);

        await RefusedAsync($"record it with --person {mother}", father, world.Form(Mother));
        var stranger = new PersonDetails("Elsewhere" + CaseWorld.Canary, "Humphrey", new(1966, 1, 1), "9 Mill Lane", "LE2 2BB");
        await RefusedAsync("names nobody of this family", mother, world.Form(stranger));
        await RefusedAsync("names nobody of this family", null, world.Form(stranger));
        await RefusedAsync("cannot give consent alone", son, world.Form(Son));
        await RefusedAsync("adults sign for themselves", mother, world.Form(Mother, signedBy: father));
        await RefusedAsync("Whoever signed is no member", son, world.Form(Son, signedBy: "Humphrey Elsewhere"));
        await RefusedAsync("64 lower-case hex digits", mother, world.Form(Mother, sha256: "scan.pdf"));
        var asked = (await world.Registers.Cases.GetAsync(id.Text, World.Patience)).Row.Consents;
        Assert.All(asked, consent => Assert.Equal(ConsentState.Sought, consent.State));

        // The form says whose it is, and by name who signed; and one scan is one person's.
        var scan = new string('a', 64);
        await world.ActAsync($"/cases/{id}/consents", world.Form(Mother with { Forenames = "Edith" }, sha256: scan));
        await RefusedAsync("recorded already, for somebody else", father, world.Form(Father, sha256: scan));
        await world.ActAsync($"/cases/{id}/consents", world.Form(Son, signedBy: $"{CaseWorld.Canary}, Edith"));
        var given = await world.ActAsync($"/cases/{id}/consents", world.Form(Father));
        Assert.Equal(("Agreed", "Consent"), (given.State, given.Basis));
        Assert.Equal([mother, father, mother], given.Consents.Select(consent => consent.SignedBy));

        // Of another family no more than of this one.
        var other = await world.NamedFamilyAsync(Mother);
        await world.ActAsync($"/families/{other.Id}/case", new CaseOpening());
        await world.InviteAsync(other.Id);
        var again = await world.RefusedAsync($"/cases/{other.Id}/consents", world.Form(Mother, sha256: scan));
        Assert.Contains("recorded already", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twins_stay_apart_and_a_form_for_the_one_is_not_taken_for_the_other()
    {
        var (one, other) = (Son, Son with { Forenames = "Bertram" });
        var family = await world.NamedFamilyAsync(Mother, one, other);
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        await world.InviteAsync(family.Id);

        Assert.Contains(
            $"--person {family.Members[2]}",
            await world.RefusedAsync($"/cases/{family.Id}/consents/{family.Members[1]}/give", world.Form(other, "parent")),
            StringComparison.Ordinal);
        var view = await world.ActAsync($"/cases/{family.Id}/consents", world.Form(other, "parent"));
        Assert.Equal([family.Members[2]], view.Consents.Where(consent => consent.Stands).Select(consent => consent.Person));
    }

    [Fact]
    public async Task Services_are_shown_now_and_before_with_whom_to_ask_there()
    {
        var family = await SupportedAsync("kw-services");
        using var keyWorker = world.As(Role.KeyWorker, account: "kw-services");

        var shown = await keyWorker.GetAsync<InvolvedServices>($"/cases/{family.Id}/services", World.Patience);

        Assert.Equal(
            [
                ("Health visiting", $"Nurse {CaseWorld.Canary}, 0116 496 0123", true, null, "caseshire-health"),
                ("Speech therapy", "Duty therapist", false, new DateOnly(2025, 11, 30), "caseshire-health"),
            ],
            shown.Services.Select(service => (service.Service, service.Contact, service.Now, service.Until, service.Source)));
        var look = Assert.Single(await world.OutcomesAsync(FamilyServices.Act, family.Id));
        Assert.Equal(("kw-services", 2L), (look.Actor, look.Count));
    }

    [Fact]
    public async Task A_call_handler_sees_that_a_persons_family_is_supported_by_whom_and_which_services_and_nothing_else()
    {
        // An address of its own: one home is one family.
        var mother = Mother with { Address = "77 Wharf Street", Postcode = "LE1 7AA" };
        var son = Son with { Address = mother.Address, Postcode = mother.Postcode };
        var family = await world.NamedFamilyAsync(mother, son);
        await IndexAsync(family, mother);
        using var handler = world.As(Role.CallHandler, account: "ch-7");
        Task<FirstResponseView> LookAsync(PersonDetails person) => handler.PostAsync<FirstResponseView>(
            "/first-response/looks",
            new FirstResponseRequest(person.Surname, person.Forenames, person.DateOfBirth, person.Address, person.Postcode),
            World.Patience);
        Assert.Equivalent(new FirstResponseView(false, null, null, []), await LookAsync(son), strict: true);

        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        await world.InviteAsync(family.Id);
        Assert.False((await LookAsync(son)).Supported);
        await world.ActAsync($"/cases/{family.Id}/consents", world.Form(mother));
        await world.ActAsync($"/cases/{family.Id}/consents", world.Form(son, "parent"));
        await world.ActAsync($"/cases/{family.Id}/key-worker", new AllocationRequest("kw-first"));

        var view = await LookAsync(son with { Address = "77, Wharf St." });
        var service = new FirstResponseService("Health visiting", $"Nurse {CaseWorld.Canary}, 0116 496 0123");
        Assert.Equivalent(
            new FirstResponseView(true, null, null, [service]) with { Next = view.Next }, view, strict: true);
        Assert.Contains("'tfflow access contact'", view.Next, StringComparison.Ordinal);

        // By name, once the authority has registered it; sealed, and gone with the entry.
        using var coordinator = world.As(Role.Coordinator);
        var entry = await coordinator.PostAsync<RegisterView>(
            "/registers/access", new RegisterRecord(Account: "kw-first", Scope: "key-worker", Until: DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime).AddDays(90)), World.Patience);
        var known = new StaffContact($"Ruth {CaseWorld.Canary}", "0116 496 0777");
        await coordinator.PostAsync<RegisterView>("/staff/kw-first/contact", new StaffContact("Somebody else", "0116"), World.Patience);
        await coordinator.PostAsync<RegisterView>("/staff/kw-first/contact", known, World.Patience);
        Assert.Equivalent(new FirstResponseView(true, known.Name, known.Contact, [service]), await LookAsync(son), strict: true);
        Assert.Empty(await world.DiscrepanciesAsync());

        // Who is not of the family is answered as if there were none, whatever else fits.
        Assert.False((await LookAsync(son with { Forenames = "Humphrey", DateOfBirth = new(1966, 1, 1) })).Supported);
        Assert.False((await LookAsync(son with { Address = "78 Wharf Street" })).Supported);
        Assert.False((await LookAsync(son with { Address = "no fixed abode" })).Supported);

        await world.ActAsync($"/cases/{family.Id}/consents/{family.Members[0]}/withdraw");
        Assert.False((await LookAsync(son)).Supported);
        await coordinator.PostAsync<RegisterView>($"/registers/access/{entry.Id}/refuse", new RegisterStepRequest(), World.Patience);
        Assert.Null((await world.Registers.Governance.GetAsync(entry.Id, World.Patience)).Row.Contact);
        Assert.Empty(await world.DiscrepanciesAsync());

        var looks = (await world.OutcomesAsync(FirstResponse.Act)).Where(look => look.Actor == "ch-7").ToList();
        Assert.All(looks, look => Assert.Equal("done", look.Result));
        Assert.Equal([0, 0, 1, 1, 0, 0, 0, 0], looks.Select(look => look.References.Count));
        Assert.Equal((family.Id.Text, 1L), (looks[2].References[0], looks[2].Count));
    }

    [Fact]
    public async Task A_call_handler_reads_nothing_else_and_nobody_else_reads_that()
    {
        var request = new FirstResponseRequest(Mother.Surname, Mother.Forenames, Mother.DateOfBirth, Mother.Address, Mother.Postcode);
        foreach (var role in Enum.GetValues<Role>().Where(role => role is not Role.CallHandler))
        {
            using var api = world.As(role, account: $"not-{role}");
            await Assert.ThrowsAsync<CommandException>(
                () => api.PostAsync<FirstResponseView>("/first-response/looks", request, World.Patience));
        }

        var refused = (await world.OutcomesAsync(FirstResponse.Act)).Where(look => look.Result == RefusedLooks.Result).ToList();
        Assert.Equal(Enum.GetValues<Role>().Length - 1, refused.Count);
        Assert.All(refused, look => Assert.Empty(look.References));
        Assert.Equal(
            [AccessTable.FirstResponseLook],
            AccessTable.Rules.Keys.Where(endpoint => AccessTable.Knows(endpoint, Role.CallHandler)));
    }

    private async Task<Family> SupportedAsync(string keyWorker)
    {
        var family = await world.NamedFamilyAsync(Mother, Father, Son);
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        await world.InviteAsync(family.Id);
        foreach (var (person, member) in ((PersonDetails[])[Mother, Father, Son]).Zip(family.Members))
        {
            // A scan of its own: these people have several families here.
            var scan = string.Concat(member, member, member, "0000");
            var form = world.Form(person, person == Son ? family.Members[0] : null, scan);
            await world.ActAsync($"/cases/{family.Id}/consents/{member}/give", form);
        }

        await world.ActAsync($"/cases/{family.Id}/key-worker", new AllocationRequest(keyWorker));
        return family;
    }

    /// <summary>As matching leaves it: the household's token leads to the family.</summary>
    private async Task IndexAsync(Family family, PersonDetails person)
    {
        using var hand = WriteWatch.ByHand();
        var services = world.Host.Services;
        var secret = await services.GetRequiredService<HouseholdSecrets>().OpenInternalAsync(World.Patience);
        using var tokens = await services.GetRequiredService<HouseholdIndex>().OpenAsync(World.Patience);
        var household = HouseholdSecrets.Name(secret, person.Address, person.Postcode)!.Value;
        await services.GetRequiredService<HouseholdIndex>().ClaimAsync(
            family.Programme, [tokens.Of(family.Programme, household)], family.Id, new HashSet<ulong>(), World.Patience);
    }
}
