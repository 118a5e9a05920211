namespace TfFlow.Linkage;

/// <summary>
/// What two records can be to each other. Members of one household share surname, address, postcode and often phone just as one person's
/// two records do; as a relation of their own they explain that away, and only what is a person's own (given name, birth, sex) can link.
/// </summary>
public enum Relation
{
    /// <summary>One person, at one address.</summary>
    SameStaying,

    /// <summary>One person, who moved.</summary>
    SameMoved,

    /// <summary>Two people of one household.</summary>
    MatesTogether,

    /// <summary>Two people of one family, one of whom is elsewhere now.</summary>
    MatesApart,

    /// <summary>Two people who share no home and no family.</summary>
    Strangers,
}

/// <summary>Which relations share what is learned of a field.</summary>
internal static class Relations
{
    public const int Count = 5;

    /// <summary>For each relation, the group whose level probabilities it uses.</summary>
    public static ReadOnlySpan<byte> Groups(Field field) => field switch
    {
        Field.Surname or Field.Phone => [0, 1, 2, 3, 4],
        Field.Place => [0, 1, 0, 1, 4],
        Field.Household => [0, 1, 0, 3, 4],
        _ => [0, 0, 2, 2, 4],
    };

    public static bool IsSame(Relation relation) => relation <= Relation.SameMoved;
}
