using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.People;
using TfFlow.Linkage;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Envelope;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Leaves out of what is known of a family what may not be read of a person now: what the gate refuses because they object, and
/// what is about them as a victim or witness without their own recorded consent.</summary>
/// <remarks>seeds/001 Legal gateway, Consent; seeds/002 App A. Whoever asks is inside an act.</remarks>
public sealed class ReadableItems(Registers registers, CaseOpenings openings, SealedDocuments documents)
{
    /// <returns>Those that may be read, in their order.</returns>
    public async Task<IReadOnlyList<PackItem>> OfAsync(
        Case row, IReadOnlyList<PackItem> items, IReadOnlyList<AgreementNotice> standing, CancellationToken cancellationToken)
    {
        var objections = (await registers.ObjectionsOfAsync(row.Id, cancellationToken)).ByPerson(row.Held);
        var people = items.Any(item => item.Member.Length == 0 && (objections.Count > 0 || SubjectRoles.IsVictimOrWitness(item.Fields)))
            ? await PeopleAsync(row, items, cancellationToken)
            : items.Select(item => item.Member).ToList();
        var held = row.Held;
        return [.. items.Where((item, i) => MayRead(row, item, held.PersonOf(people[i]), objections, standing))];
    }

    private bool MayRead(Case row, PackItem item, string person, IReadOnlyList<Objection> objections, IReadOnlyList<AgreementNotice> standing)
    {
        // What is about nobody in particular may be about whoever objected.
        var concerned = objections.Where(objection => person.Length == 0 || objection.Person == person).ToList();
        return ConsentRules.MayRead(item.Fields, person, row.ConsentsOfPeople) && openings.Check(row, item.Exchange, item.Use, standing, concerned).Allowed;
    }

    /// <summary>Whom each item is about: as the records say, or else whose signed form it fits.</summary>
    /// <returns>The member's reference; empty where that is not known.</returns>
    private async Task<IReadOnlyList<string>> PeopleAsync(Case row, IReadOnlyList<PackItem> items, CancellationToken cancellationToken)
    {
        var forms = row.Forms.Zip(await documents.ReadFormsAsync(row, cancellationToken)).ToList();
        var named = items.Select((item, i) => (Identity: PeopleReader.IdentityOf(item.Fields), Item: i)).Where(pair => pair.Identity is not null).ToList();
        var links = HouseholdLinker.Link(
        [
            .. forms.Select(form => new PersonIdentity(form.Second.Surname, form.Second.Forenames, form.Second.DateOfBirth, null)),
            .. named.Select(pair => pair.Identity!),
        ]);
        var members = new Dictionary<int, string>();
        for (var i = 0; i < forms.Count; i++)
        {
            members.TryAdd(links.Persons[i], forms[i].First.Person);
        }

        var people = items.Select(item => item.Member).ToList();
        for (var i = 0; i < named.Count; i++)
        {
            var item = named[i].Item;
            people[item] = people[item].Length > 0 ? people[item] : members.GetValueOrDefault(links.Persons[forms.Count + i], "");
        }

        return people;
    }
}
