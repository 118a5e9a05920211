using TfFlow.Linkage;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Exports;

/// <summary>An agency's own export, read as <c>tfflow prepare</c> does.</summary>
/// <param name="Unusual">Intake would not take the file as it is.</param>
/// <param name="HeaderRow">Where the headers were found.</param>
internal sealed record PreparedReading(ExtractOutcome Outcome, bool Unusual, int HeaderRow)
{
    /// <summary>Households of a list that are not known to have children, and were left out; null: that was not asked.</summary>
    public int? LeftOut { get; private init; }

    /// <param name="secret">For a household list; empty where it is only checked.</param>
    /// <param name="withChildren">For a household list: those known to have children; null: all are written.</param>
    /// <param name="extract">Gets the extract.</param>
    /// <exception cref="ExportException">The file is no table, or lacks a header that the mapping names.</exception>
    public static async Task<PreparedReading> OfAsync(
        Stream file,
        DatasetSpecification specification,
        ExtractReadOptions options,
        ExportMapping mapping,
        ReadOnlyMemory<byte> secret,
        IReadOnlySet<HouseholdPseudonym>? withChildren,
        Stream extract,
        CancellationToken cancellationToken)
    {
        var households = HouseholdListPreparation.Applies(specification);
        var read = Shape(specification);
        using var rows = ExportFile.Open(file, read, mapping);

        // How many rows a household list has is known once it is made.
        await using var export = ExportStream.Open(rows, read, households && secret.Length == 0 ? options with { BatchCeiling = null } : options, mapping);
        if (export.Missing.Count > 0)
        {
            throw new ExportException($"The file has no column {string.Join(", ", export.Missing.Select(header => $"'{header}'"))}, which the mapping names.");
        }

        var (outcome, _, leftOut) = households && secret.Length > 0
            ? await HouseholdListPreparation.PrepareAsync(export, specification, export.Options, secret, withChildren, extract, cancellationToken)
            : (await ExtractPreparation.PrepareAsync(export, read, export.Options, extract, cancellationToken), 0, 0);
        var addresses = households && !outcome.Counts.ContainsKey(FileRules.ColumnMissing.Code);
        return new(export.Complete(outcome), addresses || export.Unusual, export.Options.HeaderRow) { LeftOut = withChildren is null ? null : leftOut };
    }

    /// <summary>The dataset as an agency holds it: a household list has addresses until it is prepared.</summary>
    public static DatasetSpecification Shape(DatasetSpecification specification) =>
        HouseholdListPreparation.Applies(specification) ? HouseholdListPreparation.WithAddresses(specification) : specification;
}
