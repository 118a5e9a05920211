namespace TfFlow.Cli.Demo;

/// <summary>People whose every detail is found nowhere else, so that finding one anywhere is a leak.</summary>
internal static class Canaries
{
    /// <summary>Young enough for every dataset: twelve to seventeen on the day.</summary>
    public static IReadOnlyList<SyntheticPerson> For(DateOnly today) =>
    [
        new("Quillfeatherstone", "Zephyrine Ottoline", today.AddDays(-5_432), "771 Canarywhistle Crossing, Leicester", "LE2 7QX"),
        new("Vantablackwood", "Peregrine Ignatius", today.AddDays(-5_678), "Flat 19, 503 Mothlantern Steps, Leicester", "LE4 9ZD"),
    ];

    /// <summary>What must not be found, as text.</summary>
    public static IReadOnlyList<string> Texts(DateOnly today) =>
    [
        .. For(today).SelectMany(person => (string[])[person.Surname, person.Surname.ToUpperInvariant(), .. person.Forenames.Split(' ')]),
        "Canarywhistle",
        "Mothlantern",
        .. For(today).SelectMany(person => (string[])[person.BornUk, person.Born.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)]),
    ];
}
