using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Exports;

/// <summary>A file that lacks columns of its exchange may be the file of another one of the same sender.</summary>
internal static class OtherExchange
{
    /// <summary>Names the exchanges whose every needed column the file has, as a sentence.</summary>
    /// <param name="file">The file, read from its start for each dataset.</param>
    /// <param name="outcome">What reading it for <paramref name="exchange"/> found.</param>
    /// <param name="agreement">Both exchanges' agreement.</param>
    /// <param name="exchange">The one it was given out to be of.</param>
    /// <param name="asOf">The day the file describes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Empty where no column is missing, or one that another is named like, or where no other exchange fits.</returns>
    public static async Task<string> NamedAsync(Stream file, ExtractOutcome outcome, Agreement agreement, Exchange exchange, DateOnly asOf, CancellationToken cancellationToken)
    {
        // Where one is missing and another header is near it, it is misnamed.
        if (!LacksColumns(outcome) || (outcome.Counts.GetValueOrDefault(FileRules.ColumnMissing.Code) == 1 && outcome.Counts.ContainsKey(SourceRules.Nearest.Code)))
        {
            return "";
        }

        var fitting = new List<Exchange>();
        foreach (var dataset in agreement.Exchanges.Where(other => other.Specification is not null && other.Dataset != exchange.Dataset && other.From.Intersect(exchange.From).Any()).GroupBy(other => other.Dataset))
        {
            var shape = PreparedReading.Shape(dataset.First().Specification!);
            try
            {
                file.Position = 0;
                var read = await PreparedReading.OfAsync(
                    file, shape, ExtractReadOptions.For(agreement, dataset.First(), asOf, plan: null), ExportMapping.None, default, withChildren: null, Stream.Null, cancellationToken);
                fitting.AddRange(LacksColumns(read.Outcome) ? [] : dataset);
            }
            catch (ExportException)
            {
                // No table for that dataset either.
            }
        }

        return fitting.Count == 0 ? ""
            : $"The file has every column of {string.Join(" and of ", fitting.Select(other => $"{other.Specification!.Title} (--exchange {other.Id})"))}: look whether it is meant for that exchange.";
    }

    private static bool LacksColumns(ExtractOutcome outcome) =>
        outcome.Counts.ContainsKey(FileRules.ColumnMissing.Code) || outcome.Counts.ContainsKey(SourceRules.NoHeaders.Code);
}
