using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Research;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Statistics;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Research.Statistics;

/// <summary>Tables of statistics: counted from the registers, protected, compared with every earlier release, released by two
/// people.</summary>
/// <remarks>seeds/000 §2; docs/research.md.</remarks>
public sealed class StatisticsTables(
    Registers registers, StatisticsUnits units, Stores stores, StoreNames names, Deployment deployment, MatchingPlan plan, Acts acts,
        TimeProvider time)
{
    /// <summary>Builds a table as it may be released now; refused where nothing makes it safe.</summary>
    public async Task<Answer<StatisticsTable>> BuildAsync(CaseCaller by, StatisticsDefinition definition,
        CancellationToken cancellationToken)
    {
        if (definition.Obstacles() is { Count: > 0 } obstacles)
        {
            return new(null, obstacles);
        }

        StatisticsCount count;
        try
        {
            count = StatisticsCount.Of(definition, await units.ReadAsync(definition.Subject, cancellationToken));
        }
        catch (ResearchDataException e)
        {
            return new(null, [Obstacle.Refusal(e.Message, "ours")]);
        }

        var earlier = await EarlierAsync(definition, "", cancellationToken);
        var table = count.Protect(earlier);
        if (table.Exposed.Count > 0 || table.Differences.Count > 0 || table.Source.Cells.All(cell => table[cell] is null))
        {
            return new(null, [Refusal(table)]);
        }

        var row = Write(by, definition, count, table, earlier.Count);
        await acts.PerformAsync(
            row.Act("statistics.build", by.Account, by.Role),
            async token =>
            {
                var members = new StatisticsMembers([.. count.Members.Select(cell =>
                    (IReadOnlyList<string>)[.. cell.Order(StringComparer.Ordinal)])]);
                await stores.Blobs.PutAsync(MembersOf(row.Id), JsonSerializer.SerializeToUtf8Bytes(members), WriteCondition.None, token);
                await registers.Statistics.TryAddAsync(row, token);
            },
            cancellationToken);
        return new(row, []);
    }

    /// <summary>One of two people releases it; with the second it is out. Neither built it.</summary>
    public async Task<Answer<StatisticsTable>> ReleaseAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        if (await registers.Statistics.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var row = current.Row;
        var approvals = row.Record.Approvals;
        IReadOnlyList<Obstacle> obstacles =
        [
            .. row.State is StatisticsState.Built or StatisticsState.Releasing ? Array.Empty<Obstacle>()
                : [Obstacle.NotNow(StatisticsStates.Where(row.State))],
            .. Same(row.BuiltBy, by.Account) ? [new Obstacle("somebody else than who built it", "ours")] : Array.Empty<Obstacle>(),
            .. approvals.Count < 2 && approvals.Any(approval => Same(approval.Approver, by.Account))
                ? [new Obstacle("another person: this one has released it already", "ours")] : Array.Empty<Obstacle>(),
        ];
        if (obstacles.Count > 0)
        {
            return new(row, obstacles);
        }

        // Two have released it, and it was cut short: whoever asks has it go on.
        if (approvals.Count < 2)
        {
            row = row with { Record = row.Record with { Approvals = [.. approvals, new(by.Account, by.Role, time.GetUtcNow())] } };
        }

        if (row.Record.Approvals.Count < 2)
        {
            await acts.PerformAsync(
                row.Act("statistics.approve", by.Account, by.Role), token => registers.Statistics.ChangeAsync(current, row, token),
                    cancellationToken);
            return new((await registers.Statistics.GetAsync(id, cancellationToken)).Row, []);
        }

        IReadOnlyList<Obstacle> unsafeNow = [];
        await acts.PerformAsync(
            row.Act("statistics.release", by.Account, by.Role, Reference.New()[..8]),
            async token =>
            {
                unsafeNow = await SendAsync(current, row, token);
                return new ActResult { Result = unsafeNow.Count > 0 ? "statistics.not-safe" : ActResult.Done.Result };
            },
            cancellationToken);
        return new((await registers.Statistics.GetAsync(id, cancellationToken)).Row, unsafeNow);
    }

    /// <summary>A table that is not to go out.</summary>
    public async Task<Answer<StatisticsTable>> DiscardAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        if (await registers.Statistics.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        if (current.Row.State is not StatisticsState.Built)
        {
            return new(current.Row, [Obstacle.NotNow(StatisticsStates.Where(current.Row.State))]);
        }

        await acts.PerformAsync(
            current.Row.Act("statistics.discard", by.Account, by.Role),
            async token =>
            {
                await registers.Statistics.ChangeAsync(current, current.Row with { State = StatisticsState.Discarded }, token);
                await stores.Blobs.DeleteAsync(MembersOf(id), ifMatch: null, token);
            },
            cancellationToken);
        return new((await registers.Statistics.GetAsync(id, cancellationToken)).Row, []);
    }

    /// <summary>Says first that it goes out, and then looks at what is out: of two that go out at once, one at least reckons with the
    /// other.</summary>
    private async Task<IReadOnlyList<Obstacle>> SendAsync(Registered<StatisticsTable> current, StatisticsTable row,
        CancellationToken cancellationToken)
    {
        var going = await registers.Statistics.ChangeAsync(current, row with { State = StatisticsState.Releasing }, cancellationToken);
        var earlier = await EarlierAsync(row.Definition, row.Id, cancellationToken);
        var differences = Differencing.Find(await CountedAsync(going.Row, cancellationToken), earlier, StatisticsCount.Rules);
        IReadOnlyList<Obstacle> obstacles = differences.Count > 0
            ? [Obstacle.Refusal(
                $"Another table was released since this one was built, and together they give {Some(differences.Count, "small number")} away. Discard it and build it again.", "ours")]
            : [.. row.Record.Obstacles().Select(what => new Obstacle(what, "the rules of disclosure control"))];
        await registers.Statistics.ChangeAsync(
            going,
            obstacles.Count > 0 ? going.Row with { State = StatisticsState.Built, Record = row.Record with { Approvals = [] } }
                : going.Row with { State = StatisticsState.Released, ReleasedAt = time.GetUtcNow() },
            cancellationToken);
        return obstacles;
    }

    /// <summary>What is out of the same unit, or about to be.</summary>
    private async Task<IReadOnlyList<CountedTable>> EarlierAsync(StatisticsDefinition definition, string but,
        CancellationToken cancellationToken)
    {
        var unit = definition.Found!.Unit;
        var earlier = new List<CountedTable>();
        foreach (var (table, _) in await registers.Statistics.ListAsync(cancellationToken)
            .Where(row => row.Row.IsOut && row.Row.Id != but && row.Row.Definition.Found?.Unit == unit).ToListAsync(cancellationToken))
        {
            earlier.Add(await CountedAsync(table, cancellationToken));
        }

        return earlier;
    }

    private async Task<CountedTable> CountedAsync(StatisticsTable row, CancellationToken cancellationToken)
    {
        await using var blob = await stores.Blobs.OpenReadAsync(MembersOf(row.Id), ifMatch: null, cancellationToken);
        var members = (await JsonSerializer.DeserializeAsync<StatisticsMembers>(blob.Content, cancellationToken: cancellationToken))!;
        return new(row.Id, row.Columns.Count, [.. row.Cells.Zip(members.Cells).Select((cell, i) =>
            new CountedCell($"{row.Rows[i / row.Columns.Count]}, {row.Columns[i % row.Columns.Count]}",
                cell.Second.ToHashSet(StringComparer.Ordinal), cell.First))]);
    }

    private StatisticsTable Write(CaseCaller by, StatisticsDefinition definition, StatisticsCount count, ProtectedTable table, int earlier)
    {
        var id = Reference.New();
        IReadOnlyList<long?> cells = [.. table.Source.Cells.Select(cell => table[cell])];
        var csv = CountLines.Write(count.Table.Rows, count.Table.Columns, cells);
        return new()
        {
            Id = id,
            State = StatisticsState.Built,
            Authority = deployment.OwnerOr(plan.Authority),
            Definition = definition,
            BuiltBy = by.Account,
            CountedAt = time.GetUtcNow(),
            Rows = count.Table.Rows,
            Columns = count.Table.Columns,
            Cells = cells,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(csv))),
            Record = new()
            {
                Release = id,
                Recipient = "anybody",
                Requester = by.Account,
                PreparedAt = time.GetUtcNow(),
                Tool = "TfFlow",
                Configuration = "statistics 1",
                Rules =
                [
                    new(
                        "small counts",
                        $"from 1 to {StatisticsCount.Rules.SmallestHidden} suppressed, the others rounded to five, rounded totals known",
                        $"{table.Primary.Count} and {table.Secondary.Count} more suppressed",
                        table.Exposed.Count == 0),
                    new("differencing", "nothing more of a small number by all releases together",
                        $"compared with {earlier} earlier tables", table.Differences.Count == 0),
                ],
                Review = ReleaseReview.Check(
                    [new ReleaseFile { Name = $"{id}.csv",
                        Context = $"Counts of {definition.InWords()}, on {time.GetUtcNow():yyyy-MM-dd}.", Counts = cells }],
                            StatisticsCount.Rules),
            },
        };
    }

    private static Obstacle Refusal(ProtectedTable table) => Obstacle.Refusal(
        table.Exposed.Count > 0
            ? $"{Some(table.Exposed.Count, "small count")} cannot be hidden by suppressing others: there are too few in all. Group by something coarser, or leave the columns out."
            : table.Differences.Count == 0
                ? "Every count of this table would have to be suppressed: there are too few in all, or what was released before leaves nothing to show. Group by something coarser."
            : $"Together with what was released before, this table gives {Some(table.Differences.Count, "small number")} away, whatever is suppressed in it. Group by something coarser, or wait until more has changed.",
        "ours");

    private static string Some(int number, string what) => number == 1 ? $"one {what}" : $"{number} {what}s";

    /// <summary>Where lies what a table counts, in the container of statistics.</summary>
    internal static string BlobOf(string id) => $"{id}.json";

    private BlobAddress MembersOf(string id) => new(names.Statistics, BlobOf(id));

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
