using System.Text;
using TfFlow.Linkage;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Extracts.Preparation;

/// <summary>Turns rows with addresses into the anonymous household list of stage 1: one row a household, addresses replaced by pseudonyms.</summary>
/// <remarks>seeds/001 Identifying Suitable Households. Rows of one household that say the same but for yes and no become one that matches whatever any of
/// them matched. Households come in the order of their pseudonyms, which says nothing. Who holds the secret can enumerate addresses, so the list stays personal data (ours).</remarks>
public static class HouseholdListPreparation
{
    /// <summary>A dataset that names households by pseudonym: one of its columns is of that type.</summary>
    public static bool Applies(DatasetSpecification specification) => specification.Columns.Any(IsPseudonym);

    /// <summary>The column that makes its dataset a household list.</summary>
    public static bool IsPseudonym(ColumnSpecification column) => column.Validator is HouseholdPseudonymValidator;

    /// <param name="export">With an address and a postcode in place of the pseudonym; the secret's owner zeroes it.</param>
    /// <returns>The outcome over the rows of the export, and the households written; rows that place nobody are refused.</returns>
    public static async Task<(ExtractOutcome Outcome, int Households)> PrepareAsync(
        Stream export, DatasetSpecification specification, ExtractReadOptions options, ReadOnlyMemory<byte> secret, Stream extract, CancellationToken cancellationToken) =>
        await PrepareAsync(export, specification, options, secret, withChildren: null, extract, cancellationToken) is var (outcome, households, _) ? (outcome, households) : default;

    /// <summary>The same of an agency that knows which households have children: it writes no other.</summary>
    /// <param name="withChildren">Households known to have children, by the same secret; null: that is not known, and all are written.</param>
    /// <returns>The outcome, the households written and those left out.</returns>
    /// <remarks>seeds/001 Identifying Suitable Households: each side merges its criteria against households known to have children.</remarks>
    public static async Task<(ExtractOutcome Outcome, int Households, int LeftOut)> PrepareAsync(
        Stream export,
        DatasetSpecification specification,
        ExtractReadOptions options,
        ReadOnlyMemory<byte> secret,
        IReadOnlySet<HouseholdPseudonym>? withChildren,
        Stream extract,
        CancellationToken cancellationToken)
    {
        var addressed = WithAddresses(specification);
        var households = new SortedDictionary<HouseholdPseudonym, SortedDictionary<string, bool[]>>();
        var said = Enumerable.Range(0, addressed.Columns.Count).Where(column => addressed.Columns[column].Role != ColumnRole.Identity).ToArray();
        var (matched, other) = (said.Where(column => IsYesOrNo(addressed.Columns[column])).ToArray(), said.Where(column => !IsYesOrNo(addressed.Columns[column])).ToArray());
        var outcome = await ExtractReader.ReadAsync(export, addressed, options with { DropUnlisted = true, BatchCeiling = null }, (row, _) =>
        {
            var pseudonym = HouseholdAddress.Pseudonym(secret.Span, row.HouseholdKey());
            if (!households.TryGetValue(pseudonym, out var rows))
            {
                households.Add(pseudonym, rows = new(StringComparer.Ordinal));
            }

            var alike = string.Join(Between, other.Select(column => Encoding.UTF8.GetString(row[column])));
            if (!rows.TryGetValue(alike, out var matches))
            {
                rows.Add(alike, matches = new bool[matched.Length]);
            }

            for (var i = 0; i < matches.Length; i++)
            {
                matches[i] |= row[matched[i]].SequenceEqual("yes"u8);
            }

            return ValueTask.CompletedTask;
        }, cancellationToken);

        var leftOut = withChildren is null ? [] : households.Keys.Where(household => !withChildren.Contains(household)).ToList();
        leftOut.ForEach(household => households.Remove(household));
        await using var writer = CsvOutput.ForMachines(extract);
        foreach (var column in specification.Columns)
        {
            writer.WriteField(column.Header);
        }

        await writer.EndRecordAsync(cancellationToken);
        foreach (var (pseudonym, alike, matches) in households.SelectMany(household => household.Value.Select(row => (household.Key, row.Key, row.Value))))
        {
            var others = alike.Split(Between);
            foreach (var column in specification.Columns)
            {
                var at = addressed.Find(column.Name);
                writer.WriteField(IsPseudonym(column) ? pseudonym.ToString()
                    : Array.IndexOf(matched, at) is var match and >= 0 ? matches[match] ? "yes" : "no"
                    : others[Array.IndexOf(other, at)]);
            }

            await writer.EndRecordAsync(cancellationToken);
        }

        return (Within(options.BatchCeiling, households.Values.Sum(rows => (long)rows.Count), outcome), households.Count, leftOut.Count);
    }

    // What is sent is the list: the ceiling is on its rows.
    private static ExtractOutcome Within(long? ceiling, long rows, ExtractOutcome outcome) => !(rows > ceiling) ? outcome : outcome with
    {
        State = ExtractState.Quarantined,
        Counts = new SortedDictionary<string, long>(outcome.Counts.ToDictionary(), StringComparer.Ordinal) { [FileRules.OverCeiling.Code] = 1 },
        Findings =
        [
            .. outcome.Findings,
            new(FileRules.OverCeiling.Code, Consequence.Quarantine, 0, "", "", FileRules.WithinCeiling(ceiling.Value, rows), FileRules.OverCeiling.Remedy),
        ],
    };

    // No value holds a control character.
    private const char Between = '\u001f';

    private static bool IsYesOrNo(ColumnSpecification column) => column.Validator is CodeValidator { Codes: ["yes", "no"] };

    /// <summary>The dataset as the agency holds it and <see cref="PrepareAsync"/> reads it: an address and a postcode that place a household, the rest as it is.</summary>
    public static DatasetSpecification WithAddresses(DatasetSpecification specification)
    {
        var source = specification.Columns.First(IsPseudonym).Source;
        ColumnSpecification[] columns =
        [
            .. ColumnParser.NameDateOfBirthAddress(source).Where(column => column.Name is IdentityColumns.Address or IdentityColumns.Postcode).Select(column => column with { Required = true }),
            .. specification.Columns.Where(column => column.Role != ColumnRole.Identity),
        ];
        return new DatasetSpecification(columns)
        {
            Id = specification.Id,
            Version = specification.Version,
            Title = specification.Title,
            Source = specification.Source,
            Encoding = specification.Encoding,
            MaxRows = specification.MaxRows,
            NilReturn = specification.NilReturn,
            Refusals = specification.Refusals with { MaxPercent = 100 },
            RowRules = [new Rules.PlaceRule(0, 1), new Rules.NoHomeRule(0)],
            Unique = [],
        };
    }
}
