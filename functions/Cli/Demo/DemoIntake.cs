using System.Globalization;
using Spectre.Console;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Retention;

namespace TfFlow.Cli.Demo;

/// <summary>A file that was dropped, and where its intake ended.</summary>
internal sealed record DroppedFile(SyntheticExtract File, ExtractView Extract);

/// <summary>The drops: as the submitters see them, and whether each ended as its content asks.</summary>
internal sealed class DemoIntake(DemoStory story, DemoDeployment authority)
{
    private readonly List<DroppedFile> dropped = [];

    /// <summary>All files of the run, in the order they came.</summary>
    public IReadOnlyList<DroppedFile> Dropped => dropped;

    public async Task<IReadOnlyList<DroppedFile>> DropAsync(IReadOnlyList<SyntheticExtract> files, CancellationToken cancellationToken)
    {
        story.Chapter(authority.Now, $"{files.Count} extracts, {files.Sum(file => file.Rows):N0} rows, from {files.Select(file => file.Agency).Distinct().Count()} agencies.");
        var taken = await story.TimedAsync("intake", () => authority.DropAsync(files, cancellationToken));
        List<DroppedFile> now = [.. files.Zip(taken, (file, extract) => new DroppedFile(file, extract))];
        dropped.AddRange(now);
        Show(now);
        return now;
    }

    /// <summary>Every file of the run ended as it should.</summary>
    public void Check()
    {
        var wrong = dropped.Where(drop => drop.File.Refused is { } refused
            ? drop.Extract.RefusalCode.Length > 0 || drop.Extract.RowsRefused != refused || drop.Extract.RowsAccepted != drop.File.Rows - refused
            : drop.Extract.RefusalCode.Length == 0).Select(drop => drop.File.Story).ToList();
        story.Check("Every extract ended as its content asks", wrong.Count == 0, wrong.Count == 0 ? $"{dropped.Count} of {dropped.Count}" : string.Join("; ", wrong));
    }

    private void Show(List<DroppedFile> files)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("What was dropped", "From", "Under", "Rows", "Accepted", "Refused", "End of its intake");
        foreach (var (file, extract) in files)
        {
            table.AddRow(
                file.Story,
                file.Agency,
                extract.Exchange,
                file.Rows.ToString("N0", CultureInfo.InvariantCulture),
                extract.RowsAccepted.ToString("N0", CultureInfo.InvariantCulture),
                extract.RowsRefused.ToString("N0", CultureInfo.InvariantCulture),
                extract.RefusalCode.Length > 0 ? $"quarantined: {extract.RefusalCode}"
                : extract.State == "Erased" ? "given to its families, erased"
                : extract.KeptUntil is { } due ? $"kept to the end of {RetentionRule.LastDay(due):yyyy-MM-dd}" : "kept");
        }

        story.Show(table);
    }
}
