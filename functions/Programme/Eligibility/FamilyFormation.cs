using TfFlow.Linkage;

namespace TfFlow.Programme.Eligibility;

/// <summary>A record of a group of households, with where it says that its person lives. Personal data.</summary>
/// <param name="Household">Which of the group's households its address is of, from 0.</param>
/// <param name="Placed">Its address was understood; else its household is of this record alone.</param>
/// <param name="Own">From the authority's own records.</param>
public sealed record LocatedRecord(HouseholdRecord Record, int Household, string Address, string Postcode, bool Placed, bool Own);

/// <summary>People who are one household, in one home or in two, and what is known of them.</summary>
/// <param name="Home">Of the group's households the one they live in.</param>
/// <param name="Households">All that are theirs and nobody else's, <paramref name="Home"/> first.</param>
/// <param name="Certain">Places in the group of the records about them.</param>
/// <param name="Perhaps">Places of records that may be about them.</param>
/// <param name="Links">Why records of other households, or of an address that was not understood, are theirs; a line each.</param>
/// <param name="Doubts">Why <paramref name="Perhaps"/> may be; a line each.</param>
public sealed record FormedFamily(
    int Home, IReadOnlyList<int> Households, IReadOnlyList<int> Certain, IReadOnlyList<int> Perhaps, IReadOnlyList<string> Links, IReadOnlyList<string> Doubts);

/// <summary>Tells the families apart that a group of households is made of: people are linked across their addresses, addresses are held against each other, and whoever moved is told from whoever moved in.</summary>
/// <remarks>seeds/001 Prioritising Households: "person level matching to validate the addresses". How is ours.</remarks>
public static class FamilyFormation
{
    /// <summary>At least so likely, two records in two homes are looked at as one person's, where it decides.</summary>
    public const double Possible = 0.3;

    /// <param name="groups">Households that may be one family's, with all their records.</param>
    /// <param name="childUnder">A child is somebody under this age.</param>
    /// <returns>For each group the families it is made of.</returns>
    public static IReadOnlyList<IReadOnlyList<FormedFamily>> Form(IReadOnlyList<IReadOnlyList<LocatedRecord>> groups, int childUnder, DateOnly on, CancellationToken cancellationToken)
    {
        var people = PeopleOfGroups.Link(groups, cancellationToken);
        return [.. groups.Select((records, group) => new FamilyForming(records, people[group], childUnder, on).Form())];
    }
}

/// <summary>Who is who in a group of households.</summary>
/// <param name="Persons">For each record the place of the first record of its person; -1: it names nobody.</param>
/// <param name="Likely">How likely two records are one person's, where that was weighed.</param>
internal sealed record PeopleOfGroup(int[] Persons, IReadOnlyDictionary<(int One, int Other), double> Likely);

/// <summary>Links the people of groups of households by the linkage engine: it learns from all of them together how their records compare.</summary>
internal static class PeopleOfGroups
{
    /// <summary>At least so likely, two records are one person's although their dates of birth differ.</summary>
    private const double Plain = 0.98;

    public static IReadOnlyList<PeopleOfGroup> Link(IReadOnlyList<IReadOnlyList<LocatedRecord>> groups, CancellationToken cancellationToken)
    {
        var (records, placeOf, same) = (new List<PersonRecord>(), new Dictionary<string, (int Group, int Place)>(StringComparer.Ordinal), new List<int[]>());
        for (var group = 0; group < groups.Count; group++)
        {
            // Rows that say the same of a person are one record: a term each.
            var (seen, first) = (new Dictionary<(PersonIdentity, string, string), int>(), new int[groups[group].Count]);
            for (var place = 0; place < first.Length; place++)
            {
                var located = groups[group][place];
                if (located.Record.Person is not { } person)
                {
                    first[place] = -1;
                    continue;
                }

                if (seen.TryGetValue((person, located.Address, located.Postcode), out first[place]))
                {
                    continue;
                }

                seen.Add((person, located.Address, located.Postcode), first[place] = place);
                var id = FormattableString.Invariant($"{group:D8}.{place:D6}");
                placeOf.Add(id, (group, place));
                records.Add(new(id)
                {
                    GivenName = person.Forenames,
                    Surname = person.Surname,
                    Born = person.Born,
                    Sex = person.Sex ?? "",
                    Address = located.Address,
                    Postcode = located.Postcode,
                });
            }

            same.Add(first);
        }

        var likely = same.ConvertAll(_ => new Dictionary<(int, int), double>());
        if (records.Count > 1)
        {
            Link(records, placeOf, same, likely, cancellationToken);
        }

        return [.. same.Zip(likely, (persons, pairs) => new PeopleOfGroup(persons, pairs))];
    }

    private static void Link(
        List<PersonRecord> records, Dictionary<string, (int Group, int Place)> placeOf, List<int[]> same, List<Dictionary<(int, int), double>> likely, CancellationToken cancellationToken)
    {
        var linked = RecordLinkage.Dedupe(records, new LinkageOptions(), cancellationToken);
        var bornOf = records.ToDictionary(record => record.Id, record => record.Born);
        var firsts = placeOf.Values.ToDictionary(place => place, place => place.Place);
        foreach (var pair in linked.Pairs.Concat(linked.Doubts))
        {
            var (one, other) = (placeOf[linked.LeftId(pair)], placeOf[linked.RightId(pair)]);
            if (one.Group == other.Group)
            {
                likely[one.Group][(Math.Min(one.Place, other.Place), Math.Max(one.Place, other.Place))] = pair.Probability;
            }
        }

        // A person's records are together within a group: nobody is joined that shares no key. Names that are common, and a date that is not the same, are a doubt.
        foreach (var pair in linked.Pairs)
        {
            var (one, other) = (placeOf[linked.LeftId(pair)], placeOf[linked.RightId(pair)]);
            if (one.Group == other.Group && (bornOf[linked.LeftId(pair)] == bornOf[linked.RightId(pair)] || pair.Probability >= Plain))
            {
                var (to, from) = (Math.Min(firsts[one], firsts[other]), Math.Max(firsts[one], firsts[other]));
                foreach (var place in same[one.Group].Where(place => place >= 0).Distinct().Where(place => firsts[(one.Group, place)] == from))
                {
                    firsts[(one.Group, place)] = to;
                }
            }
        }

        for (var group = 0; group < same.Count; group++)
        {
            for (var row = 0; row < same[group].Length; row++)
            {
                same[group][row] = same[group][row] < 0 ? -1 : firsts[(group, same[group][row])];
            }
        }
    }
}
