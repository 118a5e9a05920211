namespace TfFlow.Programme.Research.Counts;

/// <summary>A count as a table shows it, and what it counts.</summary>
/// <param name="Name">What a reader calls it: <c>InCohort, 3</c>.</param>
/// <param name="Members">Opaque references, the same for the same family in every table compared.</param>
/// <param name="Published">The rounded count; null: suppressed.</param>
public sealed record CountedCell(string Name, IReadOnlySet<string> Members, long? Published);

/// <summary>A table that was released, or will be.</summary>
/// <param name="Release">Its reference.</param>
/// <param name="Columns">How many columns it has.</param>
/// <param name="Cells">Row after row.</param>
public sealed record CountedTable(string Release, int Columns, IReadOnlyList<CountedCell> Cells);

/// <summary>A few people or families of whom tables together say more than that they are few.</summary>
/// <param name="People">How many they are; never who.</param>
/// <param name="Tables">The releases between whose counts they are; what gives them away may stand in others too.</param>
/// <param name="IsSuppressed">It is a count that a table suppresses; otherwise what is between counts.</param>
public sealed record Difference(int People, IReadOnlyList<string> Tables, bool IsSuppressed);
