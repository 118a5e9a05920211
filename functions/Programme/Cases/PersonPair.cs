namespace TfFlow.Programme.Cases;

/// <summary>Where it stands whether two references of a family are of one person.</summary>
public enum PersonPairState
{
    /// <summary>Somebody looked at what both have, and has said nothing yet.</summary>
    Compared,

    /// <summary>They are one person.</summary>
    OnePerson,

    /// <summary>They are two.</summary>
    TwoPeople,

    /// <summary>What was said was taken back.</summary>
    TakenBack,
}

public static class PersonPairStates
{
    public static TransitionTable<PersonPairState> Transitions { get; } = new(
        PersonPairState.Compared,
        (PersonPairState.Compared, PersonPairState.OnePerson),
        (PersonPairState.Compared, PersonPairState.TwoPeople),
        (PersonPairState.OnePerson, PersonPairState.TakenBack),
        (PersonPairState.TwoPeople, PersonPairState.TakenBack),
        (PersonPairState.TakenBack, PersonPairState.Compared));
}

/// <summary>Why two references are said to be one person, or two: words of a fixed list, so that no name can stand in the
/// ledger. Ours.</summary>
public enum PersonPairReason
{
    /// <summary>The records, side by side, show it: a slip, a changed surname, another date.</summary>
    RecordsShow = 1,

    /// <summary>A paper of the person was seen.</summary>
    PaperSeen,

    /// <summary>The family said so.</summary>
    FamilySaid,

    /// <summary>The source of a record said so.</summary>
    SourceSaid,

    /// <summary>A professional who knows them said so.</summary>
    ProfessionalKnows,
}

/// <summary>What is said of two references of one family: that they are one person, or two. Matching says neither where it has a
/// doubt.</summary>
/// <param name="By">The account that compared them, or said it.</param>
/// <param name="Reason">Null while nothing is said.</param>
public sealed record PersonPair(
    string One, string Other, PersonPairState State, string By, DateOnly On, PersonPairReason? Reason = null)
{
    /// <summary>Whether it is of these two, in either order.</summary>
    public bool IsOf(string one, string other) => (One == one && Other == other) || (One == other && Other == one);
}

/// <summary>Who may be said to be one person held under two references, or two people.</summary>
/// <remarks>Ours, after seeds/002 §6: a person says it, who looked at both; nothing is merged by itself.</remarks>
public static class PersonPairRules
{
    /// <param name="members">Of the family, by their references.</param>
    /// <returns>What stands in the way of looking at both; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToCompare(FamilyCase family, IReadOnlyCollection<string> members, string one, string other) =>
        Obstacle.Unless(
            (one != other && members.Contains(one) && members.Contains(other),
                "two members of this family, each by its reference: 'tfflow case people' has them",
                "ours"),
            (family.State is not (FamilyCaseState.Erasing or FamilyCaseState.Erased), "a case that is not erased", "ours"));

    /// <param name="to">What is said: <see cref="PersonPairState.OnePerson"/> or <see cref="PersonPairState.TwoPeople"/>.</param>
    /// <returns>What stands in the way of saying it; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToSay(
        FamilyCase family,
        IReadOnlyList<PersonPair> pairs,
        string one,
        string other,
        PersonPairState to,
        PersonPairReason reason,
        string by)
    {
        var pair = pairs.FirstOrDefault(known => known.IsOf(one, other));
        if (pair is { State: PersonPairState.OnePerson or PersonPairState.TwoPeople })
        {
            return [Obstacle.NotNow("it is said already what these two are. 'tfflow case person undo' takes it back.")];
        }

        var held = new HeldReferences([one, other], pairs);
        return Obstacle.Unless(
            (family.State is not (FamilyCaseState.Erasing or FamilyCaseState.Erased), "a case that is not erased", "ours"),
            (pair is { State: PersonPairState.Compared } compared && compared.By == by,
                "a look at both by whoever says it: 'tfflow case person compare'",
                "ours"),
            (Enum.IsDefined(reason), "the reason", "ours"),
            (to is not PersonPairState.OnePerson || !held.AreTwo(one, other),
                "two references that are not said to be two people, by way of others too: take that back first",
                "ours"),
            (to is not PersonPairState.TwoPeople || held.PersonOf(one) != held.PersonOf(other),
                "two references that are not one person by way of others: take that back first",
                "ours"));
    }

    /// <summary>The same of a family in clerical review, where whoever decides has all its records before them.</summary>
    /// <param name="members">Of the family, by their references.</param>
    /// <returns>What stands in the way; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToSayInReview(IReadOnlyCollection<string> members, IReadOnlyList<PersonPair> pairs)
    {
        var held = new HeldReferences([.. members], pairs);
        return Obstacle.Unless(
            (pairs.All(pair => pair.One != pair.Other && members.Contains(pair.One) && members.Contains(pair.Other)),
                "two people of this household each, as 'tfflow review' shows them",
                "ours"),
            (pairs.All(pair => pair.Reason is { } reason && Enum.IsDefined(reason)), "the reason", "ours"),
            (!pairs.Any(pair => pair.State is PersonPairState.OnePerson && held.AreTwo(pair.One, pair.Other)),
                "one word on whether two are one person: here both are said",
                "ours"));
    }

    /// <returns>What stands in the way of taking it back; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToTakeBack(FamilyCase family, PersonPair? pair) => Obstacle.Unless(
        (pair is not null && PersonPairStates.Transitions.Allows(pair.State, PersonPairState.TakenBack),
            "two references of which it was said that they are one person, or two",
            "ours"),
        (family.State is not (FamilyCaseState.Erasing or FamilyCaseState.Erased), "a case that is not erased", "ours"));

    /// <returns>The pairs with this one in its place.</returns>
    public static IReadOnlyList<PersonPair> With(IReadOnlyList<PersonPair> pairs, PersonPair pair) =>
        [.. pairs.Where(known => !known.IsOf(pair.One, pair.Other)), pair];
}

/// <summary>The references under which the members of a family are held, and which of them are of one person. A person goes by the
/// first of their references.</summary>
public sealed class HeldReferences
{
    private readonly Dictionary<string, string> personOf = new(StringComparer.Ordinal);
    private readonly List<PersonPair> two;

    /// <param name="references">In the order of the family.</param>
    public HeldReferences(IReadOnlyList<string> references, IReadOnlyList<PersonPair> pairs)
    {
        // Somebody who is not involved may be the same as somebody who is.
        List<string> all = [.. references.Concat(pairs.SelectMany(pair => (string[])[pair.One, pair.Other])).Distinct()];
        foreach (var reference in all)
        {
            personOf[reference] = reference;
        }

        foreach (var pair in pairs.Where(pair => pair.State is PersonPairState.OnePerson))
        {
            var (one, other) = (personOf[pair.One], personOf[pair.Other]);
            var first = all.IndexOf(one) < all.IndexOf(other) ? one : other;
            foreach (var reference in all.Where(reference => personOf[reference] == one || personOf[reference] == other).ToList())
            {
                personOf[reference] = first;
            }
        }

        two = [.. pairs.Where(pair => pair.State is PersonPairState.TwoPeople)];
        People = [.. references.Select(PersonOf).Distinct()];
    }

    /// <summary>Each person once.</summary>
    public IReadOnlyList<string> People { get; }

    /// <returns>The reference by which its person goes; itself where nothing is said of it.</returns>
    public string PersonOf(string reference) => personOf.GetValueOrDefault(reference, reference);

    /// <summary>Whether it is said of two references that they are two people, by way of others of theirs too.</summary>
    public bool AreTwo(string one, string other) =>
        two.Exists(pair => (pair with { One = PersonOf(pair.One), Other = PersonOf(pair.Other) }).IsOf(PersonOf(one), PersonOf(other)));

    /// <summary>Whether one of some references is of a person.</summary>
    public bool IsAmong(string person, IReadOnlySet<string> references) =>
        references.Any(reference => PersonOf(reference) == PersonOf(person));
}
