using TfFlow.Programme.Extracts.Validators;
using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Preparation;

/// <summary>Turns rows with addresses into the anonymous household list of stage 1: one row a household, addresses replaced by pseudonyms.</summary>
/// <remarks>seeds/001 Identifying Suitable Households. Rows of one household become one that matches whatever any of them matched. Households come
/// in the order of their pseudonyms, which says nothing. Who holds the secret can enumerate addresses, so the list stays personal data (ours).</remarks>
public static class HouseholdListPreparation
{
    /// <summary>A dataset that names households by pseudonym and says yes or no of each.</summary>
    public static bool Applies(DatasetSpecification specification) =>
        specification.IdentityColumns is [var only] && specification.Columns[only].Name == IdentityColumns.Household
        && specification.IndicatorColumns.All(column => specification.Columns[column].Validator is CodeValidator { Codes: ["yes", "no"] });

    /// <param name="export">With an address and a postcode in place of the pseudonym; the secret's owner zeroes it.</param>
    /// <returns>The outcome over the rows of the export, and the households written; rows that place nobody are refused.</returns>
    public static async Task<(ExtractOutcome Outcome, int Households)> PrepareAsync(
        Stream export, DatasetSpecification specification, ExtractReadOptions options, ReadOnlyMemory<byte> secret, Stream extract, CancellationToken cancellationToken)
    {
        var addressed = WithAddresses(specification);
        var households = new SortedDictionary<HouseholdPseudonym, bool[]>();
        var indicators = addressed.IndicatorColumns;
        var outcome = await ExtractReader.ReadAsync(export, addressed, options with { DropUnlisted = true }, (row, _) =>
        {
            var pseudonym = HouseholdAddress.Pseudonym(secret.Span, row.HouseholdKey());
            if (!households.TryGetValue(pseudonym, out var matches))
            {
                households.Add(pseudonym, matches = new bool[indicators.Count]);
            }

            for (var i = 0; i < matches.Length; i++)
            {
                matches[i] |= row[indicators[i]].SequenceEqual("yes"u8);
            }

            return ValueTask.CompletedTask;
        }, cancellationToken);

        await using var writer = CsvOutput.ForMachines(extract);
        foreach (var column in specification.Columns)
        {
            writer.WriteField(column.Header);
        }

        await writer.EndRecordAsync(cancellationToken);
        foreach (var (pseudonym, matches) in households)
        {
            foreach (var column in specification.Columns)
            {
                writer.WriteField(column.Role == ColumnRole.Identity
                    ? pseudonym.ToString()
                    : matches[indicators.Select(index => addressed.Columns[index].Name).ToList().IndexOf(column.Name)] ? "yes" : "no");
            }

            await writer.EndRecordAsync(cancellationToken);
        }

        return (outcome, households.Count);
    }

    /// <summary>The dataset as the agency holds it and <see cref="PrepareAsync"/> reads it: an address and a postcode that place a household, the rest as it is.</summary>
    public static DatasetSpecification WithAddresses(DatasetSpecification specification)
    {
        var source = specification.Columns[specification.IdentityColumns[0]].Source;
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
