using CsvHelper;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Research.Release;

/// <summary>Records ready for review: only listed columns, coarse enough, named anew, in random order.</summary>
/// <param name="Before">The risk of the same columns before anything was made coarser or left out.</param>
/// <param name="LeftOut">Columns of the source that are not listed.</param>
public sealed record MicrodataRelease(
    ReleaseSpecification Specification,
    MicroTable Table,
    Generalisation Generalisation,
    ReidentificationRisk Before,
    ReidentificationRisk After,
    IReadOnlyList<Diversity> Sensitive,
    IReadOnlyList<string> LeftOut)
{
    /// <param name="hierarchies">By the name of a quasi-identifier; one without is released in its form or not at all.</param>
    /// <param name="pseudonyms">Made for this release and recipient.</param>
    /// <param name="seed">32 random bytes for the order of the rows.</param>
    /// <exception cref="ResearchDataException">A column is missing, a cell does not fit its form, or no generalisation is enough.</exception>
    public static MicrodataRelease Prepare(
        MicroTable source, ReleaseSpecification specification, IReadOnlyDictionary<string, Hierarchy> hierarchies, ReleasePseudonyms pseudonyms, ReadOnlySpan<byte> seed)
    {
        specification.Check();
        var columns = specification.Columns.Select(column => Convert(source[column.Name], column, pseudonyms)).ToArray();
        RefuseHiddenHouseholds(specification, columns);
        var quasi = specification.Columns.Zip(columns).Where(pair => pair.First.Use == ColumnUse.Quasi)
            .Select(pair => new QuasiIdentifier(pair.Second, hierarchies.GetValueOrDefault(pair.First.Name))).ToArray();
        var found = GeneralisationSearch.Find(source.Rows, quasi, specification.Limits) ?? throw new ResearchDataException(
            $"Release {specification.Name}: no combination of levels brings every class to {specification.Limits.K} records with at most {specification.Limits.Suppression:P0} left out. "
            + "Add levels to the hierarchies, or leave out a column.");

        var levels = quasi.Zip(found.Levels).ToDictionary(pair => pair.First.Column.Name, pair => pair.First.At(pair.Second));
        var kept = new MicroTable(source.Rows, [.. columns.Select(column => levels.GetValueOrDefault(column.Name, column))]).Take(found.Kept);
        var classes = EquivalenceClasses.Of(kept.Rows, levels.Keys.Select(name => kept[name]));
        return new(
            specification,
            kept.Take(RowShuffle.Order(kept.Rows, seed)),
            found,
            ReidentificationRisk.Of(EquivalenceClasses.Of(source.Rows, quasi.Select(one => one.Column))),
            ReidentificationRisk.Of(classes),
            [.. specification.Columns.Where(column => column.Use == ColumnUse.Sensitive).Select(column => Diversity.Of(classes, kept[column.Name]))],
            [.. source.Columns.Select(column => column.Name).Except(specification.Columns.Select(column => column.Name))]);
    }

    /// <summary>What it gave up, and for what; for the <see cref="SdcRecord"/>.</summary>
    public ReleaseRisk Risk => new(Before.Average, After.Average, Before.Maximum, After.Maximum, Generalisation.Loss);

    /// <summary>What was asked, with what came of it; for the <see cref="SdcRecord"/>.</summary>
    public IEnumerable<SdcRule> Rules()
    {
        var (limits, left) = (Specification.Limits, Before.Records - Table.Rows);
        yield return new("allow-list", string.Join(", ", Specification.Columns.Select(column => column.Name)), $"left out: {LeftOut.Count} columns", Passed: true);
        yield return new("k-anonymity", $"{limits.K}", $"{After.SmallestClass}", Table.Rows == 0 || After.SmallestClass >= limits.K);
        yield return new("suppression", FormattableString.Invariant($"at most {limits.Suppression:0.####} of records"), $"{left} of {Before.Records}", left <= (limits.Suppression * Before.Records) + 1e-9);
        yield return new("risk and utility", "stated", FormattableString.Invariant(
            $"average risk {Before.Average:0.####} to {After.Average:0.####}, maximum {Before.Maximum:0.####} to {After.Maximum:0.####}; information lost {Generalisation.Loss:0.####}"), Passed: true);
        foreach (var column in Sensitive)
        {
            yield return new($"distinct l-diversity: {column.Column}", $"{Specification.DistinctL}", $"{column.DistinctL}", column.DistinctL >= Specification.DistinctL);
            yield return new($"entropy l-diversity: {column.Column}", Text(Specification.EntropyL), Text(column.EntropyL), column.EntropyL >= Specification.EntropyL - 1e-12);
            yield return new($"t-closeness: {column.Column}", Text(Specification.T), Text(column.T), column.T <= Specification.T + 1e-12);
        }
    }

    /// <summary>Comma-separated UTF-8 with a header; a cell that starts with <c>= + - @</c>, tab or carriage return is put behind an apostrophe.</summary>
    public void WriteCsv(Stream output)
    {
        using var writer = CsvWriter.Create(output, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true);
        foreach (var column in Table.Columns)
        {
            writer.WriteField(column.Name);
        }

        writer.EndRecord();
        for (var row = 0; row < Table.Rows; row++)
        {
            foreach (var column in Table.Columns)
            {
                writer.WriteField(column[row]);
            }

            writer.EndRecord();
        }
    }

    private static MicroColumn Convert(MicroColumn column, ReleaseColumn listed, ReleasePseudonyms pseudonyms)
    {
        if (listed.Use == ColumnUse.Reference)
        {
            return column.Map(pseudonyms.Of);
        }

        var unfit = column.Values.Index().Where(value => listed.Form!.Apply(value.Item) is null).Select(value => value.Index).ToArray();
        return unfit.Length == 0
            ? column.Map(value => listed.Form!.Apply(value)!)
            : throw new ResearchDataException(
                $"Column '{column.Name}': {unfit.Length} distinct values are not {listed.Form!.Expected}; the first stands in data row {Array.IndexOf(column.Codes, unfit[0]) + 1}. Correct them at the source.");
    }

    /// <summary>Rows that share a reference show how large the family is, whether or not a column says so.</summary>
    private static void RefuseHiddenHouseholds(ReleaseSpecification specification, MicroColumn[] columns)
    {
        var shared = specification.Columns.Zip(columns).FirstOrDefault(pair => pair.First.Use == ColumnUse.Reference && pair.Second.Values.Count < pair.Second.Codes.Length);
        if (shared.First is { } column && !specification.Columns.Any(other => other.Form is ReleaseForm.HouseholdSize))
        {
            throw new ResearchDataException($"Column '{column.Name}': several rows share a reference, which shows the size of a household. List the household's size as a quasi-identifier.");
        }
    }

    private static string Text(double number) => FormattableString.Invariant($"{number:0.######}");
}
