using System.Globalization;
using System.Text.Json;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Research.Counts;
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
        var (people, unknown) = await JoinAsync(current.Row, name, cancellationToken);
        var table = GroupComparison.Of(people);
        var report = Write(current.Row, table, unknown);
        var (sha256, length) = await documents.SealAsync(name, current.Row.Study, JsonSerializer.SerializeToUtf8Bytes(report, Outbox.Json), cancellationToken);
        await registers.Studies.ChangeAsync(
            current,
            current.Row with { State = StudyRoundState.Reported, Order = StudyOrder.None, Report = new(name, sha256, length), Left = [], ReportedBy = current.Row.OrderedBy },
            cancellationToken);
        return new ActResult { Count = people.Count, Hash = sha256 };
    }

    /// <summary>A person has the outcome when the measured column is above zero in any row returned.</summary>
    private async Task<(IReadOnlyList<StudyPerson> People, int UnknownKeys)> JoinAsync(StudyRound round, string attempt, CancellationToken cancellationToken)
    {
        var opened = await documents.OpenAsync(round.Map!.Name, cancellationToken);
        var members = JsonSerializer.Deserialize<StudyMap>(opened, Outbox.Json)!.Members;
        var outcomes = new bool?[members.Count];
        var unknown = 0;
        foreach (var source in await data.FindAsync(round, dataset => dataset.StartsWith(StudyData.Return, StringComparison.Ordinal), cancellationToken))
        {
            var places = members.Index().Where(member => member.Item.Keys.ContainsKey(source.Extract.Agency))
                .ToDictionary(member => member.Item.Keys[source.Extract.Agency], member => member.Index);
            foreach (var row in await data.ReadAsync(round, source, names: false, attempt, cancellationToken))
            {
                if (!row.TryGetValue(round.MeasureCode, out var cell))
                {
                    continue;
                }

                if (places.TryGetValue(row["study_key"], out var place))
                {
                    outcomes[place] = outcomes[place] is true || (decimal.TryParse(cell, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number > 0);
                }
                else
                {
                    unknown++;
                }
            }
        }

        return ([.. members.Select((member, i) => new StudyPerson(member.Group, outcomes[i]))], unknown);
    }

    private StudyReport Write(StudyRound round, ProtectedTable table, int unknown)
    {
        var shares = GroupComparison.Groups.Index().ToDictionary(group => group.Item, group => GroupComparison.Share(table, group.Index));
        var published = table.Source.Cells.Select(cell => table[cell]).ToList();
        return new(
            round.Id,
            round.MeasureCode,
            CountLines.Write(table),
            shares,
            unknown,
            new SdcRecord
            {
                Release = round.Id,
                Recipient = "published",
                Requester = round.OrderedBy!,
                PreparedAt = time.GetUtcNow(),
                Tool = "TfFlow",
                Configuration = "group comparison 1",
                Rules =
                [
                    new("small counts", $"from 1 to {GroupComparison.Rules.SmallestHidden} suppressed, the others rounded, totals known", $"{table.Primary.Count} and {table.Secondary.Count} more suppressed", table.Exposed.Count == 0),
                    new("shares", "from published counts alone", $"{shares.Count(share => share.Value is not null)} of {shares.Count}", Passed: true),
                ],
                Review = ReleaseReview.Check(
                    [
                        new ReleaseFile
                        {
                            Name = "group-report.csv",
                            Context = $"People of families that took part, and of families assessed that did not; whether {round.MeasureCode} is above zero in any return.",
                            Counts = published,
                            Figures = shares.Count(share => share.Value is not null),
                            FiguresWithCounts = shares.Count(share => share.Value is not null),
                        },
                    ],
                    GroupComparison.Rules),
            });
    }
}
