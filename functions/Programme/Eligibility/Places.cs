using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Eligibility;

/// <summary>Whether a family of the cohort has room among the families agreed.</summary>
public enum Room
{
    /// <summary>It has a case already.</summary>
    Taken = 1,

    /// <summary>A place is left for it.</summary>
    Left,

    /// <summary>It shares its place in the order with more families than there are places left: people decide among them.</summary>
    Shared,

    /// <summary>More families stand before it than there are places left.</summary>
    Waits,
}

/// <summary>The families agreed, and how many of them are taken on.</summary>
/// <param name="Agreed">Null: no number was agreed, and there is room for all.</param>
/// <param name="Taken">Families with a case that is under way, and those that were supported.</param>
/// <remarks>seeds/001 2 Prioritising Households: "likely to identify more than public resources can work with at any one time";
/// Introduction: 4,200 families in the course of the programme.</remarks>
public sealed record Places(AgreedNumber? Agreed, int Taken)
{
    /// <summary>Null: there is no end to them.</summary>
    public int? Left => Agreed is { } agreed ? Math.Max(0, agreed.Families - Taken) : null;

    /// <summary>Whether a case takes a place: while it is under way, and for good once the family was supported. A family that does not
    /// take part gives its place back.</summary>
    /// <param name="supported">Support began and ended.</param>
    public static bool IsTakenBy(FamilyCaseState state, bool supported) =>
        supported || state is not (FamilyCaseState.DidNotTakePart or FamilyCaseState.Erasing or FamilyCaseState.Erased);

    /// <summary>Who of those without a case has room, in the order of priority. No reference decides among families that share a
    /// place.</summary>
    /// <param name="left">Null: room for all.</param>
    /// <param name="order">The place of each, in order; families that share one have the same.</param>
    /// <returns>By place in the order.</returns>
    public static IReadOnlyDictionary<int, Room> Give(int? left, IReadOnlyList<int> order)
    {
        var (rooms, before) = (new Dictionary<int, Room>(), 0);
        foreach (var place in order.CountBy(place => place).OrderBy(place => place.Key))
        {
            rooms.Add(place.Key, left is not { } places || before + place.Value <= places ? Room.Left : before < places ? Room.Shared : Room.Waits);
            before += place.Value;
        }

        return rooms;
    }

    /// <summary>What follows for a family from there being room or not, a sentence; empty where nothing does.</summary>
    /// <param name="keptUntil">Until when it is kept at the latest; null: its case decides.</param>
    public string Words(Room room, DateOnly? keptUntil) => room switch
    {
        Room.Shared => FormattableString.Invariant(
            $"It shares its place with more families than the {Left} places left of {Agreed!.Families} agreed: people decide among them."),
        Room.Waits => FormattableString.Invariant($"It waits: the places left of {Agreed!.Families} families agreed, {Left}, go to those before it.")
            + (keptUntil is { } day ? FormattableString.Invariant($" It is kept until {day:yyyy-MM-dd} at the latest.") : ""),
        _ => "",
    };
}
