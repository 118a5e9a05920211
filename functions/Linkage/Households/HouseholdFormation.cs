using System.Text;

namespace TfFlow.Linkage;

/// <summary>Makes households of residences: who lived behind one door on one day.</summary>
public static class HouseholdFormation
{
    /// <summary>Adults behind one door from whom on the surnames decide whether they are one household.</summary>
    private const int ManyAdults = 5;

    /// <param name="residences">Every stay known of, in any order, of any number of sources.</param>
    /// <param name="day">A person is where their latest stay that covers the day is.</param>
    public static HouseholdsOnDay On(IEnumerable<Residence> residences, DateOnly day)
    {
        var stays = residences.Where(r => r.From <= day && !(r.Until < day)).Select(r => (Stay: r, Key: Key(r))).ToList();
        var doors = Doors(stays);
        var (homes, unplaced) = (new SortedDictionary<string, List<Residence>>(StringComparer.Ordinal), new List<string>());
        foreach (var person in stays.GroupBy(s => s.Stay.Person, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // Of stays that began on one day, one that places the person, and of those the first by its words.
            var (stay, key) = person.OrderByDescending(s => s.Stay.From).ThenBy(s => s.Key.Length == 0 && s.Stay.Uprn.Length == 0).ThenBy(s => s.Key, StringComparer.Ordinal).First();
            var door = stay.Uprn.Length > 0 ? doors.GetValueOrDefault(stay.Uprn, $"UPRN {stay.Uprn}") : key;
            if (door.Length == 0)
            {
                unplaced.Add(person.Key);
                continue;
            }

            if (!homes.TryGetValue(door, out var members))
            {
                homes.Add(door, members = []);
            }

            // What one source leaves out another may tell.
            members.Add(stay with { Born = person.Select(s => s.Stay.Born).FirstOrDefault(b => b is not null), InEducation = person.Any(s => s.Stay.InEducation) });
        }

        var flats = homes.Keys.Where(k => !k.EndsWith('|')).Select(House).ToHashSet(StringComparer.Ordinal);
        return new([.. homes.Select(h => Of(h.Key, h.Value, day, h.Key.EndsWith('|') && flats.Contains(House(h.Key))))], unplaced);
    }

    /// <summary>Whether someone is a dependent child on a day.</summary>
    /// <remarks>Office for National Statistics: 0 to 15, or 16 to 18 in full-time education.</remarks>
    public static bool IsDependentChild(DateOnly? born, bool inEducation, DateOnly day) =>
        born is { } date && day >= date && (day < date.AddYears(16) || (inEducation && day < date.AddYears(19)));

    private static Household Of(string door, List<Residence> stays, DateOnly day, bool flatNotKnown)
    {
        var children = stays.Where(s => IsDependentChild(s.Born, s.InEducation, day)).Select(s => s.Person).ToList();
        var adults = stays.Where(s => !children.Contains(s.Person)).ToList();
        var surnames = adults.Select(s => Folding.Fold(s.Surname)).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).Count();
        var kind = flatNotKnown && stays.Count > 1 ? HouseholdKind.FlatNotKnown
            : adults.Count >= ManyAdults && surnames > adults.Count / 2 ? HouseholdKind.MultipleOccupancy
            : children.Count == 0 ? HouseholdKind.Adults
            : adults.Count switch { 0 => HouseholdKind.ChildrenAlone, 1 => HouseholdKind.LoneAdultWithChildren, _ => HouseholdKind.AdultsWithChildren };
        return new(door, [.. stays.Select(s => s.Person)], children, stays.Count(s => s.Born is null), kind);
    }

    /// <summary>The address of each UPRN, so that who gives the address only joins who gives the number only.</summary>
    private static Dictionary<string, string> Doors(List<(Residence Stay, string Key)> stays) =>
        stays.Where(s => s.Stay.Uprn.Length > 0 && s.Key.Length > 0)
            .GroupBy(s => s.Stay.Uprn, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.GroupBy(s => s.Key, StringComparer.Ordinal).OrderByDescending(k => k.Count()).ThenBy(k => k.Key, StringComparer.Ordinal).First().Key, StringComparer.Ordinal);

    private static string Key(Residence stay)
    {
        Span<byte> key = stackalloc byte[HouseholdAddress.MaxLength];
        var postcode = Encoding.UTF8.GetBytes(Postcode.Normalise(stay.Postcode));
        return HouseholdAddress.TryCanonicalise(Encoding.UTF8.GetBytes(stay.Address), postcode, key, out var length)
            ? Encoding.UTF8.GetString(key[..length])
            : "";
    }

    private static string House(string key) => key[..(key.LastIndexOf('|') + 1)];
}
