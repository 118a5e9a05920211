using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;

namespace TfFlow.Lifecycle.Rights;

/// <summary>Whom a row is about, to one person of a family.</summary>
internal enum RowOf
{
    /// <summary>Them.</summary>
    Person = 1,

    /// <summary>Another person, or perhaps another.</summary>
    Other,

    /// <summary>The household: it names nobody.</summary>
    Household,
}

/// <summary>Tells the rows about one person of a family from those about others and about all of it. Personal data: in memory
/// only.</summary>
/// <remarks>A row says whose it is by the member's reference; one that has none, by the name and date of birth that it carries. What is
/// not surely theirs is somebody else's.</remarks>
internal sealed class PersonRows
{
    private readonly IReadOnlySet<string> members;
    private readonly List<NamedMember> named;

    /// <param name="rows">All rows of the family that were opened.</param>
    /// <param name="members">Which members the person is.</param>
    /// <param name="forms">Who is who by the signed forms.</param>
    public PersonRows(IEnumerable<(FamilyBlob Blob, FamilyRow Row)> rows, IReadOnlySet<string> members,
        IEnumerable<(string Member, PersonDetails Person)> forms)
    {
        this.members = members;
        named =
        [
            .. forms.Select(form => new NamedMember(form.Member, form.Person.Identity, "", "", "", default, NamedBy.Form)),
            .. rows.Where(pair => pair.Row.Member.Length > 0)
                .Select(pair => (pair.Blob, pair.Row, Identity: PeopleReader.IdentityOf(pair.Row.Fields)))
                .Where(pair => pair.Identity is not null)
                .Select(pair => new NamedMember(pair.Row.Member, pair.Identity!, "", "", pair.Blob.Originator, pair.Blob.AsAt,
                    NamedBy.PartnersRecord)),
        ];
    }

    /// <summary>Every way in which the person is written.</summary>
    public IReadOnlyCollection<PersonIdentity> Own =>
        [.. named.Where(one => members.Contains(one.Member)).Select(one => one.Identity).Distinct()];

    /// <summary>Every way in which others of the family are written.</summary>
    public IReadOnlyCollection<PersonIdentity> Others =>
        [.. named.Where(one => !members.Contains(one.Member)).Select(one => one.Identity).Distinct()];

    public RowOf Of(FamilyRow row) => Of(row.Member, row.Fields);

    /// <param name="member">Empty where the record does not say.</param>
    public RowOf Of(string member, IReadOnlyDictionary<string, string> fields)
    {
        if (member.Length > 0)
        {
            return members.Contains(member) ? RowOf.Person : RowOf.Other;
        }

        if (PeopleReader.IdentityOf(fields) is not { } identity)
        {
            return RowOf.Household;
        }

        var match = FamilyPeople.Match(named, identity);
        return match.Surely.Any(members.Contains) && match.Surely.Concat(match.Perhaps).All(members.Contains) ? RowOf.Person : RowOf.Other;
    }
}
