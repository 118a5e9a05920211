using System.Globalization;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Statistics;

namespace TfFlow.Lifecycle.Research.Statistics;

/// <summary>What can be counted, as the registers have it: references, states and dates. No record is opened.</summary>
public sealed class StatisticsUnits(Registers registers)
{
    /// <param name="subject">A name of <see cref="StatisticsSubject.All"/>.</param>
    public async Task<IReadOnlyList<StatisticsUnit>> ReadAsync(string subject, CancellationToken cancellationToken) => subject switch
    {
        StatisticsSubject.Families => await registers.Families.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(family => family.State is CohortState.InCohort or CohortState.InReview).Select(Of).ToListAsync(cancellationToken),
        StatisticsSubject.Cases => await registers.Cases.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(row => row.State < FamilyCaseState.Erasing).Select(Of).ToListAsync(cancellationToken),
        StatisticsSubject.Markers =>
            [.. (await registers.Markers.ListAsync(cancellationToken).Select(row => row.Row).ToListAsync(cancellationToken))
            .GroupBy(instruction => instruction.Change.CaseId).Select(family => Of(family.Key, [.. family]))],
        _ => await registers.Extracts.ListAsync(cancellationToken).Select(row => Of(row.Row)).ToListAsync(cancellationToken),
    };

    private static StatisticsUnit Of(Family family) => Unit(
        family.Id,
        ("state", [family.State.ToString()]),
        ("programme", [family.Programme]),
        ("problems", [UpTo(6, family.Problems)]),
        ("people", [UpTo(6, family.Members.Count)]),
        ("children", [UpTo(4, family.Children)]),
        ("found", [Quarter(family.FoundAt)]),
        ("agency", [.. family.Records.Select(record => record.Originator.Text).Distinct()]));

    private static StatisticsUnit Of(Case row) => Unit(
        row.Id,
        ("state", [row.State.ToString()]),
        ("marker", [row.Marker.ToString()]),
        ("key-worker", [row.KeyWorker is null ? "none" : "allocated"]),
        ("basis", [Kebab.Of(row.Family.Basis)]),
        ("opened", [Quarter(row.OpenedAt)]),
        ("ended", row.EndedOn is { } ended ? [Quarter(ended)] : []));

    private static StatisticsUnit Of(string family, IReadOnlyList<MarkerInstruction> instructions) => Unit(
        family,
        ("state", [.. instructions.Select(instruction => instruction.State.ToString()).Distinct()]),
        ("action", [.. instructions.Select(instruction => instruction.Change.Action.ToString()).Distinct()]),
        ("police", [.. instructions.Select(instruction => instruction.Police.Text).Distinct()]),
        ("ordered", [.. instructions.Select(instruction => Quarter(instruction.OrderedAt)).Distinct()]));

    private static StatisticsUnit Of(Extract extract) => Unit(
        extract.Id,
        ("state", [extract.State.ToString()]),
        ("agency", [extract.Agency.Text]),
        ("exchange", [extract.Exchange.Text]),
        ("received", [Quarter(extract.ClaimedAt)]),
        ("refusal", extract.RefusalCode.Length > 0 ? [extract.RefusalCode] : ["none"]));

    private static StatisticsUnit Unit(string reference, params (string Dimension, IReadOnlyList<string> Groups)[] groups) =>
        new(reference, groups.ToDictionary(group => group.Dimension, group => group.Groups));

    private static string UpTo(int most, int number) =>
        number < most ? number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{most} and more");

    private static string Quarter(DateTimeOffset at) => Quarter(DateOnly.FromDateTime(at.UtcDateTime));

    private static string Quarter(DateOnly on) => string.Create(CultureInfo.InvariantCulture, $"{on.Year:D4}-Q{(on.Month + 2) / 3}");
}
