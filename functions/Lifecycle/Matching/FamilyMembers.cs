using TfFlow.Linkage;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Gives people of new rows the references they have in a family's records already: consents and cases name people by them.</summary>
public static class FamilyMembers
{
    /// <returns>A reference for each row that names a person. A person who was not known gets a new one.</returns>
    public static Dictionary<RowAtWork, string> Assign(IEnumerable<FamilyRow> known, IEnumerable<RowAtWork> rows)
    {
        var old = known.Where(row => row.Member.Length > 0 && PeopleReader.IdentityOf(row.Fields) is not null).ToList();
        var fresh = rows.Where(row => row.Record.Person is not null).ToList();
        var links = HouseholdLinker.Link([.. old.Select(row => PeopleReader.IdentityOf(row.Fields)!), .. fresh.Select(row => row.Record.Person!)]);
        var members = new Dictionary<int, string>();
        for (var i = 0; i < old.Count; i++)
        {
            members.TryAdd(links.Persons[i], old[i].Member);
        }

        var memberOf = new Dictionary<RowAtWork, string>();
        for (var i = 0; i < fresh.Count; i++)
        {
            var person = links.Persons[old.Count + i];
            members.TryAdd(person, Reference.New());
            memberOf.Add(fresh[i], members[person]);
        }

        return memberOf;
    }
}
