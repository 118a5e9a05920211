using TfFlow.Linkage;

namespace TfFlow.Programme.Rights;

/// <summary>Why a record may be of the person and is not taken for theirs until somebody has looked.</summary>
public enum FoundDoubt
{
    /// <summary>It is theirs.</summary>
    None,

    /// <summary>The name or the date of birth is written differently.</summary>
    Written,

    /// <summary>It has an address that the person did not name.</summary>
    Address,
}

/// <summary>A record that names somebody. Personal data.</summary>
/// <param name="Who">Records of one source that are known to be of one person share it; empty: that is not known.</param>
public sealed record NamedRecord(PersonIdentity Identity, SoughtAddress Home, string Who = "");

/// <summary>Which records are of the person sought.</summary>
/// <remarks>Ours. Within a home the comparison that tells its people apart decides: a nickname or a slip does no harm, and twins, and
/// father and
/// son of one name, stay apart. Away from the addresses that the person named nothing is sure: somebody else may have that name and that
/// birthday. A doubt is shown as a doubt, and whoever coordinates the request decides it with the person.</remarks>
public static class PersonSearch
{
    /// <param name="records">Of one home, or of one family, in one source.</param>
    /// <returns>For each record: null when it is of somebody else.</returns>
    public static IReadOnlyList<FoundDoubt?> Compare(PersonSought person, IReadOnlyList<NamedRecord> records)
    {
        var found = new FoundDoubt?[records.Count];
        if (records.Count == 0)
        {
            return found;
        }

        foreach (var identity in person.Identities)
        {
            var links = HouseholdLinker.Link([.. records.Select(record => record.Identity), identity]);
            var last = records.Count;
            var perhaps = links.Doubts.Where(doubt => doubt.One == last || doubt.Other == last)
                .Select(doubt => Math.Min(doubt.One, doubt.Other)).ToHashSet();
            for (var i = 0; i < last; i++)
            {
                var sure = links.Persons[i] == links.Persons[last];
                if (sure || perhaps.Contains(i))
                {
                    found[i] = Surer(found[i], DoubtOf(person, records, i, sure));
                }
            }
        }

        return found;
    }

    private static FoundDoubt? DoubtOf(PersonSought person, IReadOnlyList<NamedRecord> records, int at, bool sure)
    {
        var record = records[at];
        var sameBirth = record.Identity.Born == person.Born;
        var nearest = records.Where((other, i) => i == at || (record.Who.Length > 0 && other.Who == record.Who))
            .SelectMany(other => person.Addresses.Select(home => home.To(other.Home))).Append(Nearness.Elsewhere).Max();
        return nearest switch
        {
            Nearness.SameHome => sure ? FoundDoubt.None : FoundDoubt.Written,
            Nearness.SamePlace => sure && sameBirth ? FoundDoubt.None : FoundDoubt.Written,
            _ => sure && sameBirth ? FoundDoubt.Address : null,
        };
    }

    private static FoundDoubt? Surer(FoundDoubt? one, FoundDoubt? other) =>
        one is null ? other : other is null || one < other ? one : other;
}
