using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.People;
using TfFlow.Linkage;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Who a member of a family is. Personal data.</summary>
/// <param name="Reference">Opaque: consents and cases name people by it.</param>
/// <param name="DateOfBirth">Null: not known.</param>
/// <param name="Source">Where that comes from: a signed form, or the agency whose record it is; empty: no record names this member.</param>
/// <param name="AsAt">The day it describes.</param>
public sealed record FamilyPerson(
    string Reference,
    string Surname,
    string Forenames,
    DateOnly? DateOfBirth,
    string Address,
    string Postcode,
    FamilyRole Role,
    string Source,
    DateOnly? AsAt)
{
    /// <summary>References of others here who may be the same person: somebody who looks at both says whether they are.</summary>
    public IReadOnlyList<string> MayBe { get; init; } = [];

    /// <summary>The person objects to this being looked at: nothing else is said of them.</summary>
    public bool Objected { get; init; }
}

/// <summary>What names one member in one source. Personal data.</summary>
/// <param name="Member">The reference by which its person goes.</param>
/// <param name="Use">What it was opened for; null: it is a signed form.</param>
internal sealed record NamedMember(
    string Member, PersonIdentity Identity, string Address, string Postcode, string Source, DateOnly AsAt, NamedBy By, Use? Use = null);

/// <summary>How a member came to be named: of several, the first is shown.</summary>
internal enum NamedBy
{
    Form,
    OwnRecord,
    PartnersRecord,
}

/// <summary>Whom a name and a date of birth are of, among the members of a family.</summary>
/// <param name="Surely">Taken for one person.</param>
/// <param name="Perhaps">May be one person, differently written.</param>
internal sealed record NamedMatch(IReadOnlyCollection<string> Surely, IReadOnlyCollection<string> Perhaps);

/// <summary>Says who the people of a family are, to those who work with them. Every look is an act with the purpose that was stated,
/// and every record that is opened for it another.</summary>
/// <remarks>docs/cases.md, Who they are. One person held under two references is shown once. People are named as they named themselves on a
/// signed form, or else as the authority's own records name them, or else a partner's.</remarks>
public sealed class FamilyPeople(
    Registers registers, CaseOpenings openings, SealedDocuments documents, MatchingPlan plan, CaseBook book, Acts acts)
{
    /// <summary>The code of the act, and of one that was refused.</summary>
    public const string Act = "case.read-people";

    private const string SignedForm = "signed form";

    /// <param name="asKeyWorker">The family's own key worker looks.</param>
    /// <returns>Null when they may not be shown to whoever looks: the case is erased, or support has no basis (any more).</returns>
    public async Task<IReadOnlyList<FamilyPerson>?> ReadAsync(
        CaseCaller by, Case row, LookPurpose purpose, bool asKeyWorker, CancellationToken cancellationToken)
    {
        if (!PeopleLookRules.MayLook(row.Family, asKeyWorker))
        {
            return null;
        }

        var (named, _) = await NamedAsync(by, row, Act, Kebab.Of(purpose), cancellationToken);
        var objections = (await registers.ObjectionsOfAsync(row.Id, cancellationToken)).ByPerson(row.Held);
        bool IsObjected(NamedMember one) => PeopleLookRules.IsObjected(purpose, one.Use, objections.Where(objection => objection.Person == one.Member));
        List<NamedMember> shown = [.. named.Where(one => !IsObjected(one))];
        var objected = named.Select(one => one.Member).Except(shown.Select(one => one.Member)).ToHashSet();
        var doubts = Doubts(row.Held, shown);
        return [.. row.People.Select(person => Shown(person, shown) with { MayBe = [.. doubts[person]], Objected = objected.Contains(person) })];
    }

    /// <summary>Who may be whom among people who are held as two.</summary>
    private static ILookup<string, string> Doubts(HeldReferences held, IReadOnlyList<NamedMember> named)
    {
        var links = named.Count == 0 ? new HouseholdLinks([], []) : HouseholdLinker.Link([.. named.Select(one => one.Identity)]);
        var alike =
            from one in Enumerable.Range(0, named.Count)
            from other in Enumerable.Range(0, one)
            where links.Persons[one] == links.Persons[other] || links.Doubts.Any(doubt => (doubt.One, doubt.Other) == (other, one))
            let pair = (One: named[one].Member, Other: named[other].Member)
            where pair.One != pair.Other && !held.AreTwo(pair.One, pair.Other)
            select pair;
        return alike.SelectMany(pair => new[] { pair, (One: pair.Other, Other: pair.One) }).Distinct().ToLookup(pair => pair.One, pair => pair.Other);
    }

    /// <summary>Opens what names the members who are involved.</summary>
    /// <param name="act">What it is done for, as an act.</param>
    /// <param name="purpose">Goes into the ledger.</param>
    /// <returns>What names them, and how many records the gate withholds.</returns>
    internal async Task<(IReadOnlyList<NamedMember> Named, int Withheld)> NamedAsync(
        CaseCaller by, Case row, string act, string purpose, CancellationToken cancellationToken)
    {
        var (named, withheld) = (new List<NamedMember>(), 0);
        var look = by.Act(row, act) with { Purpose = purpose };
        await acts.PerformAsync(
            look,
            async token =>
            {
                await ReadFormsAsync(row, named, token);
                (_, withheld) = await openings.OpenAsync(
                    row,
                    records => records.Select(record => (record, UseOf(record))),
                    "case.open-people",
                    $"{look.ActId}.open",
                    by.Account,
                    by.Role,
                    (record, use, rows) => Take(row, record, use, rows, named),
                    token);
                return new ActResult { Count = named.Select(person => person.Member).Distinct().Count() };
            },
            cancellationToken);
        return (named, withheld);
    }

    /// <summary>Whom a name and a date of birth are of.</summary>
    /// <remarks>The same comparison that tells people of one home apart: twins and people of one name stay so.</remarks>
    internal static NamedMatch Match(IReadOnlyList<NamedMember> named, PersonIdentity person)
    {
        if (named.Count == 0)
        {
            return new([], []);
        }

        var links = HouseholdLinker.Link([.. named.Select(known => known.Identity), person]);
        var last = named.Count;
        var surely = named.Where((_, place) => links.Persons[place] == links.Persons[last]).Select(known => known.Member).ToHashSet();
        var perhaps = links.Doubts.Where(doubt => doubt.One == last || doubt.Other == last)
            .Select(doubt => named[Math.Min(doubt.One, doubt.Other)].Member).Where(member => !surely.Contains(member)).ToHashSet();
        return new(surely, perhaps);
    }

    /// <summary>The sources that say who somebody is: what came to find families or to support them, and nothing that came to measure or to
    /// predict.</summary>
    private static Use? UseOf(FamilyBlob record) =>
        record.Uses.Contains(Use.Identification) ? Use.Identification
        : record.Uses.Contains(Use.KeyWorker) ? Use.KeyWorker
        : record.Uses.Contains(Use.Management) ? Use.Management
        : null;

    private static void Take(Case row, FamilyBlob record, Use use, IReadOnlyList<FamilyRow> rows, List<NamedMember> named)
    {
        var (held, people) = (row.Held, row.People);
        foreach (var opened in rows)
        {
            if (people.Contains(held.PersonOf(opened.Member)) && PeopleReader.IdentityOf(opened.Fields) is { } identity)
            {
                named.Add(new(
                    held.PersonOf(opened.Member),
                    identity,
                    opened.Fields.GetValueOrDefault(IdentityColumns.Address, ""),
                    opened.Fields.GetValueOrDefault(IdentityColumns.Postcode, ""),
                    record.Originator,
                    record.AsAt,
                    record.Originator == row.Authority ? NamedBy.OwnRecord : NamedBy.PartnersRecord,
                    use));
            }
        }
    }

    private async Task ReadFormsAsync(Case row, List<NamedMember> named, CancellationToken cancellationToken)
    {
        var forms = row.Forms.Where(form => form.Blob.Sha256.Length > 0 && row.People.Contains(row.Held.PersonOf(form.Person))).ToList();
        if (forms.Count == 0)
        {
            return;
        }

        foreach (var (form, person) in forms.Zip(await documents.ReadFormsAsync(row with { Forms = forms }, cancellationToken)))
        {
            var signed = row.Consents.FirstOrDefault(consent => consent.Person == form.Person)?.SignedOn;
            named.Add(new(row.Held.PersonOf(form.Person), person.Identity, person.Address, person.Postcode, SignedForm, signed ?? book.Today, NamedBy.Form));
        }
    }

    private FamilyPerson Shown(string member, IReadOnlyList<NamedMember> named)
    {
        var best = named.Where(person => person.Member == member)
            .OrderBy(person => person.Identity.Born is null)
            .ThenBy(person => person.By)
            .ThenByDescending(person => person.AsAt)
            .FirstOrDefault();
        var born = best?.Identity.Born;
        return new(
            member,
            best?.Identity.Surname ?? "",
            best?.Identity.Forenames ?? "",
            born,
            best?.Address ?? "",
            best?.Postcode ?? "",
            PeopleLookRules.RoleOf(born, book.Today, plan.ChildUnder),
            best?.Source ?? "",
            best?.AsAt);
    }
}
