namespace TfFlow.Programme.Research.Counts;

/// <summary>Finds what a new release, taken together with every earlier one, says of groups too small to be published.</summary>
/// <remarks>
/// A reader adds and subtracts what is published, and knows how counts are rounded and when they are suppressed. Split the people into
/// those who are counted by exactly the same cells: each count is a sum over such parts, known between two bounds. A reader who knows which
/// parts there are, and every total as the rules say, can exclude each set of counts that breaks a bound, and no other. So a small number is
/// safe when sets of counts that nothing excludes have it at both ends; each such set is checked in whole numbers (<see
/// cref="ReleaseAudit"/>). What is no count of a table, but between counts, is given away when a reader can be sure that it is small and
/// somebody.
/// </remarks>
public static class Differencing
{
    /// <param name="earlier">The release register: what is out already.</param>
    /// <param name="rules">By which all of them were protected.</param>
    /// <returns>What the new release adds, the smallest first; nothing that was known without it.</returns>
    public static IReadOnlyList<Difference> Find(CountedTable next, IReadOnlyList<CountedTable> earlier, CountRules rules) =>
        [.. new ReleaseAudit(next, earlier, rules).Find(cell => next.Cells[cell].Published)
            .OrderBy(found => found.People).ThenBy(found => found.Tables.Count)];
}
