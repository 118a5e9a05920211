using System.Text.Json;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>What people do in a study's deployment: the custodian links, the analyst compares, two others release.</summary>
/// <remarks>docs/research.md. Who sees names sees no outcome, who sees outcomes sees no name (ours).</remarks>
public sealed class StudyDesk(
    Registers registers,
    Deployment deployment,
    AgreementCatalogue agreements,
    Recipients recipients,
    SealedDocuments documents,
    Outbox outbox,
    RowActs rows,
    Acts acts,
    TimeProvider time)
{
    /// <summary>Opens a round.</summary>
    /// <param name="endsOn">The day the research ends: at most seven years on (seeds/004).</param>
    public Task<Answer<StudyRound>> OpenAsync(CaseCaller by, DateOnly endsOn, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = new StudyRound
        {
            Id = Reference.New(),
            State = StudyRoundState.Open,
            Study = deployment.Organisation,
            OpenedBy = by.Account,
            OpenedAt = now,
            EndsAt = new(endsOn, TimeOnly.MinValue, TimeSpan.Zero),
        };
        IReadOnlyList<Obstacle> obstacles = row.EndsAt > now && row.EndsAt <= now.AddYears(7) ? []
            : [new("an end of the research within seven years", "seeds/004 (the data is destroyed after seven years)")];
        return rows.AddAsync(registers.Studies, row, row.Act("study.begin", by.Account, by.Role), obstacles, cancellationToken);
    }

    /// <summary>Orders the linkage files for these departments.</summary>
    public async Task<Answer<StudyRound>> LinkAsync(CaseCaller by, string id, Id<Exchange> exchange, IReadOnlyList<string> departments, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var agreed = agreements.WithExchange(exchange, today)?.Exchange(exchange);
        var missing = new List<Obstacle>();
        if (agreed is null || departments.Count == 0 || !departments.All(department => agreed.To.Contains(department)))
        {
            missing.Add(new("departments that the exchange goes to", "seeds/003 How will this work in practice"));
        }

        foreach (var department in departments)
        {
            if (await recipients.FindAsync(department, cancellationToken) is null)
            {
                missing.Add(new($"a key of {department} to seal its linkage file to", "ours"));
            }
        }

        return await OrderAsync(
            by,
            id,
            "study.order-linkage",
            StudyRoundState.Open,
            missing,
            row => row with { Order = StudyOrder.Link, Linkages = [.. departments.Distinct().Select(department => new StudyLinkage(department, exchange))] },
            cancellationToken);
    }

    /// <summary>Orders the group report.</summary>
    /// <param name="measures">Names of <see cref="StudyMeasure.All"/>.</param>
    public Task<Answer<StudyRound>> ReportAsync(CaseCaller by, string id, IReadOnlyList<string> measures, CancellationToken cancellationToken) => OrderAsync(
        by,
        id,
        "study.order-report",
        StudyRoundState.Linking,
        measures.Count > 0 && measures.All(measure => StudyMeasure.Find(measure) is not null) ? []
            : [new($"measures to compare, of {string.Join(", ", StudyMeasure.All.Select(measure => measure.Name))}", "seeds/003 How will this work in practice")],
        row => row with { Order = StudyOrder.Report, MeasureCodes = [.. measures.Distinct()] },
        cancellationToken);

    /// <summary>The group report, for those who check it and release it.</summary>
    /// <returns>Null when it is not made.</returns>
    public async Task<StudyReport?> ReadReportAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        if (await registers.Studies.FindAsync(id, cancellationToken) is not { Row: { State: StudyRoundState.Reported } row })
        {
            return null;
        }

        return await OpenAsync(by, row, cancellationToken);
    }

    /// <summary>One of two people releases the group report; with the second it is published. Neither made it.</summary>
    public async Task<Answer<StudyRound>> ReleaseAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        if (await registers.Studies.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var row = current.Row;
        IReadOnlyList<Obstacle> obstacles =
        [
            .. row.State is StudyRoundState.Reported ? Array.Empty<Obstacle>() : [new("a group report that is made and not released", "ours")],
            .. row.ReportedBy == by.Account ? [new Obstacle("somebody else than who made it", "ours")] : Array.Empty<Obstacle>(),
            .. row.Approvals.Any(approval => approval.By == by.Account) ? [new Obstacle("another person: this one has released it already", "ours")] : Array.Empty<Obstacle>(),
        ];
        if (obstacles.Count > 0)
        {
            return new(row, obstacles);
        }

        IReadOnlyList<ResearchApproval> approvals = [.. row.Approvals, new(by.Account, by.Role, time.GetUtcNow())];
        var report = approvals.Count < 2 ? null : await OpenAsync(by, row, cancellationToken);
        if (report is not null)
        {
            report = report with { Record = report.Record with { Approvals = [.. approvals.Select(approval => new SdcApproval(approval.By, approval.RoleCode, approval.At))] } };
            if (report.Record.Obstacles().ToList() is { Count: > 0 } missing)
            {
                return new(row, [.. missing.Select(what => new Obstacle(what, "the rules of disclosure control"))]);
            }
        }

        await acts.PerformAsync(
            row.Act("study.release", by.Account, by.Role, Reference.New()[..8]),
            async token =>
            {
                var next = row with { Approvals = approvals };
                if (report is not null)
                {
                    await outbox.PutAsync(row.Study, $"reports/study-{row.Id}.json", report, token);
                    next = next with { State = StudyRoundState.Released, ReleasedAt = time.GetUtcNow() };
                }

                await registers.Studies.ChangeAsync(current, next, token);
            },
            cancellationToken);
        return new((await registers.Studies.GetAsync(id, cancellationToken)).Row, []);
    }

    /// <summary>Ends the research: everything about people is destroyed now.</summary>
    public async Task<Answer<StudyRound>> EndAsync(CaseCaller by, string id, CancellationToken cancellationToken) =>
        await registers.Studies.FindAsync(id, cancellationToken) is { Row.State: StudyRoundState.Destroying or StudyRoundState.Destroyed }
            ? await rows.SettledAsync(registers.Studies, id, cancellationToken)
            : await rows.ChangeAsync(
                registers.Studies,
                id,
                row => row.Act("study.end", by.Account, by.Role, Reference.New()[..8]),
                _ => [],
                row => row with { State = StudyRoundState.Destroying, Order = StudyOrder.None, OrderedAt = time.GetUtcNow(), EndsAt = time.GetUtcNow() },
                cancellationToken);

    private Task<Answer<StudyRound>> OrderAsync(
        CaseCaller by, string id, string act, StudyRoundState state, IReadOnlyList<Obstacle> missing, Func<StudyRound, StudyRound> change, CancellationToken cancellationToken) => rows.ChangeAsync(
        registers.Studies,
        id,
        row => row.Act(act, by.Account, by.Role, Reference.New()[..8]),
        row =>
        [
            .. row.Order is StudyOrder.None && row.State == state ? Array.Empty<Obstacle>() : [new($"a round that is {Kebab.Of(state)} now", "ours")],
            .. missing,
        ],
        row => change(row) with { OrderedAt = time.GetUtcNow(), OrderedBy = by.Account },
        cancellationToken);

    private async Task<StudyReport> OpenAsync(CaseCaller by, StudyRound row, CancellationToken cancellationToken)
    {
        StudyReport? report = null;
        await acts.PerformAsync(
            row.Act("study.read-report", by.Account, by.Role, Reference.New()[..8]),
            async token =>
            {
                report = JsonSerializer.Deserialize<StudyReport>(await documents.OpenAsync(row.Report!.Name, token), Outbox.Json);
            },
            cancellationToken);
        return report!;
    }
}
