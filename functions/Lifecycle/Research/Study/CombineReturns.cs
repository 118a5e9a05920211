using System.Text.Json;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>Joins the departments' returns on the study keys, compares the groups, and seals the report until two people have looked. It opens no name.</summary>
/// <remarks>seeds/003, seeds/004.</remarks>
public sealed class CombineReturns(Registers registers, StudyData data, SealedDocuments documents, Erasure erasure, Acts acts, TimeProvider time)
{
    public async Task<bool> RunAsync(StudyReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Studies.GetAsync(input.RoundId, cancellationToken);
        if (current.Row is not { State: StudyRoundState.Linking, Order: StudyOrder.Report })
        {
            return false;
        }

        await acts.PerformAsync(current.Row.Act("study.combine", nameof(StudyRoundOrchestration)), token => CombineAsync(current, token), cancellationToken);
        return true;
    }

    private async Task<ActResult> CombineAsync(Registered<StudyRound> current, CancellationToken cancellationToken)
    {
        // The row first: from then on a run that still goes on elsewhere cannot commit, so nothing is erased that a row will name.
        var name = SealedBlob.Of(current.Row.Id).Name;
        IReadOnlyList<SealedBlob> left = [.. current.Row.Left, .. SealedBlob.IfAny(current.Row.Report)];
        current = await registers.Studies.ChangeAsync(current, current.Row with { Report = new(name), Left = left }, cancellationToken);
        await erasure.EraseAsync(current.Row.Id, left, cancellationToken);
        var (people, measures, unknown) = await CompareAsync(current.Row, name, cancellationToken);
        var report = Write(current.Row, measures, unknown);
        var (sha256, length) = await documents.SealAsync(name, current.Row.Study, JsonSerializer.SerializeToUtf8Bytes(report, Outbox.Json), cancellationToken);
        await registers.Studies.ChangeAsync(
            current,
            current.Row with { State = StudyRoundState.Reported, Order = StudyOrder.None, Report = new(name, sha256, length), Left = [], ReportedBy = current.Row.OrderedBy },
            cancellationToken);
        return new ActResult { Count = people, Hash = sha256 };
    }

    private async Task<(int People, IReadOnlyList<MeasureReport> Measures, int UnknownKeys)> CompareAsync(
        StudyRound round, string attempt, CancellationToken cancellationToken)
    {
        var opened = await documents.OpenAsync(round.Map!.Name, cancellationToken);
        var members = JsonSerializer.Deserialize<StudyMap>(opened, Outbox.Json)!.Members;
        var measures = round.MeasureCodes.Select(StudyMeasure.Find).OfType<StudyMeasure>().ToList();
        var rows = measures.ToDictionary(measure => measure, _ => members.Select(_ => new Dictionary<string, string>()).ToList());
        var unknown = 0;
        var returns = await data.FindAsync(round, dataset => measures.Exists(measure => measure.Dataset == dataset), cancellationToken);
        foreach (var source in returns.OrderBy(source => source.Extract.ClaimedAt))
        {
            var places = members.Index().Where(member => member.Item.Keys.ContainsKey(source.Extract.Agency))
                .ToDictionary(member => member.Item.Keys[source.Extract.Agency], member => member.Index);
            var read = measures.Where(measure => measure.Dataset == source.Specification.Id).ToList();
            foreach (var row in await data.ReadAsync(round, source, names: false, attempt, cancellationToken))
            {
                if (!places.TryGetValue(row["study_key"], out var place))
                {
                    unknown++;
                    continue;
                }

                // A later return of one department says a period anew.
                read.ForEach(measure => rows[measure][place][row[measure.PeriodColumn]] = row.GetValueOrDefault(measure.Column, ""));
            }
        }

        return (members.Count, [.. measures.Select(measure => MeasureReport.Of(measure, People(rows[measure])))], unknown);

        List<StudyPerson> People(List<Dictionary<string, string>> known) =>
            [.. members.Zip(known, (member, its) => new StudyPerson(member.Group, member.Family, member.Started, [.. its.Select(row => (row.Key, row.Value))]))];
    }

    private StudyReport Write(StudyRound round, IReadOnlyList<MeasureReport> measures, int unknown) => new(
        round.Id,
        measures,
        unknown,
        new SdcRecord
        {
            Release = round.Id,
            Recipient = "published",
            Requester = round.OrderedBy!,
            PreparedAt = time.GetUtcNow(),
            Tool = "TfFlow",
            Configuration = "group comparison 2",
            Rules =
            [
                .. measures.Select(measure => new SdcRule(
                    $"small counts of {measure.Measure}",
                    $"from 1 to {GroupComparison.Rules.SmallestHidden} suppressed, the others rounded, totals known",
                    measure.Counts.Count == 0 ? "left out" : $"{measure.Counts.Count(count => count is null)} suppressed",
                    Passed: true)),
                .. measures.Select(measure => new SdcRule(
                    $"means of {measure.Measure}",
                    $"of {StudyEffect.FewestFamilies} families a group or more, no one or two of which make up nearly all",
                    measure.Effect is null ? "left out" : "published",
                    Passed: true)),
            ],
            Review = ReleaseReview.Check(
                [
                    .. measures.Select(measure => new ReleaseFile
                    {
                        Name = $"{measure.Measure}.csv",
                        Context = $"Families that took part, and families assessed that did not. {measure.Title}, before and after the start.",
                        Counts = [.. measure.Counts, measure.Effect?.TookPart.People, measure.Effect?.TookPart.Families, measure.Effect?.AssessedOnly.People, measure.Effect?.AssessedOnly.Families],
                        Figures = measure.Effect is null ? 0 : 1,
                        FiguresWithCounts = measure.Effect is null ? 0 : 1,
                    }),
                ],
                GroupComparison.Rules),
        });
}
