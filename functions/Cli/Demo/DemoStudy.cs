using System.Security.Cryptography;
using System.Text;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Drops;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Sealing;

namespace TfFlow.Cli.Demo;

/// <summary>The study: who was compared, and what came of it.</summary>
/// <param name="People">In the submission.</param>
/// <param name="Matched">Of them, those the department found among its own.</param>
/// <param name="Said">What the group report says of the measure.</param>
public sealed record DemoStudyResult(int People, int Matched, string Measure, IReadOnlyList<string> Said, DateOnly EndsOn)
{
    public DateTimeOffset? DestroyedAt { get; init; }
}

/// <summary>The impact study: three places, each with its own store and keys. Who sees names sees no outcome; who sees outcomes sees no name.</summary>
/// <param name="study">The study's own deployment.</param>
/// <param name="department">A folder on the department's own machine.</param>
internal sealed class DemoStudy(DemoStory story, DemoDeployment authority, DemoDeployment study, DirectoryInfo department)
{
    public const string Organisation = "institute";
    private const string Department = "department-work";
    private const string Measure = "weeks_in_work";

    public async Task<(string RoundId, DemoStudyResult Result)> RunAsync(DepartmentData data, DateOnly endsOn, CancellationToken cancellationToken)
    {
        story.Chapter(authority.Now, "The impact study, in a deployment of its own: families that took part, and families that were assessed and did not.");
        using var key = RecipientKey.Create();
        using var matcher = study.As(Role.AgencySubmitter, "matcher", Department);
        using var custodian = study.As(Role.LinkageCustodian, "custodian");
        await matcher.PostAsync<RecipientView>($"/agencies/{Department}/key", new RecipientKeyRequest(Convert.ToBase64String(key.PublicKey.Span)), cancellationToken);
        var round = (await custodian.PostAsync<StudyView>("/studies", new StudyOpening(endsOn), cancellationToken)).Id;
        var submitted = await SubmitAsync(cancellationToken);
        story.Say($"  {submitted.People,5:N0} people are sealed to the study's one-time key; the authority keeps no copy of the file.");

        await custodian.PostAsync<StudyView>($"/studies/{round}/linkage", new StudyLinkageRequest("institute-linkage", [Department]), cancellationToken);
        await study.SettleAsync(cancellationToken);
        var linkage = await OutboxCommand.ReadAsync(matcher, Department, StudyLinkage.FileName(round), cancellationToken);
        var matched = await MatchAsync(data, await key.OpenAsync(new MemoryStream(linkage), round, Department, cancellationToken), cancellationToken);
        story.Say($"  {matched.People,5:N0} of them are found by the department among its own {data.People:N0}; names, dates and addresses stay there.");
        await ReturnAsync(matcher, matched.Return, cancellationToken);
        story.Check(
            "No name and no local number is in what the department returns",
            !data.Identifiers.Any(Encoding.UTF8.GetString(matched.Return).Contains),
            $"{matched.Rows} rows, {data.Identifiers.Count:N0} texts looked for");

        var report = await ReportAsync(round, cancellationToken);
        var said = report.Measures.SelectMany(measure => measure.Sentences).ToList();
        said.ForEach(sentence => story.Say($"  {sentence}"));
        story.Say($"  Counts are rounded; {report.Record.Approvals.Count} people who did not make the report released it.");
        story.Say($"  Everything about people is destroyed at the end of the research, on {endsOn:d MMMM yyyy}.");
        return (round, new(submitted.People, matched.People, Measure, said, endsOn));
    }

    /// <summary>At the end of the research nothing about people is left.</summary>
    public async Task<DateTimeOffset?> CheckDestroyedAsync(string round, CancellationToken cancellationToken)
    {
        var row = (await study.Get<Registers>().Studies.GetAsync(round, cancellationToken)).Row;
        var keys = await study.Get<DataKeys>().ListAsync(cancellationToken).CountAsync(cancellationToken);
        var extracts = await study.Get<Registers>().Extracts.ListAsync(cancellationToken).CountAsync(extract => extract.Row.State is not ExtractStage.Erased, cancellationToken);
        var unaccounted = await study.Get<Inventory>().FindAsync(cancellationToken).CountAsync(cancellationToken);
        story.Check(
            "The research data is destroyed",
            row.State is StudyRoundState.Destroyed && keys + extracts + unaccounted == 0,
            $"{row.State} {row.DestroyedAt:d MMMM yyyy}; {keys} keys and {extracts} extracts left, {unaccounted} unaccounted for");
        return row.DestroyedAt;
    }

    private async Task<SubmissionView> SubmitAsync(CancellationToken cancellationToken)
    {
        using var own = authority.As(Role.Coordinator, "coordinator", DemoAuthority.Id);
        using var there = study.As(Role.AgencySubmitter, "northmere", DemoAuthority.Id);
        await TellAsync(own, cancellationToken);
        return await StudySubmitter.SubmitAsync(own, there, DemoAuthority.Id, Organisation, "northmere-submission", cancellationToken);
    }

    /// <summary>Who was not invited is told too, before anything of them is released: families under a duty, and those that were found
    /// unsuitable.</summary>
    private async Task TellAsync(ApiClient coordinator, CancellationToken cancellationToken)
    {
        var version = (await coordinator.PostAsync<NoticeView>("/notices", body: null, cancellationToken)).Version;
        var told = (await coordinator.GetAsync<NoticeGivenView[]>("/families/notices", cancellationToken)).Select(given => given.Family).ToHashSet();
        var untold = (await coordinator.GetAsync<CaseView[]>("/cases", cancellationToken)).Where(row => !told.Contains(row.Id)).ToList();
        foreach (var family in untold)
        {
            await coordinator.PostAsync<NoticeGivenView>($"/families/{family.Id}/notices", new NoticeGiving(version, NoticeMeans.Post, authority.Today), cancellationToken);
        }

        story.Say($"  {untold.Count,5:N0} families that were not invited are sent the privacy notice first; the others had it with their invitation.");
    }

    private async Task<MatchedReturn> MatchAsync(DepartmentData data, byte[] linkage, CancellationToken cancellationToken)
    {
        var (people, outcomes) = (new FileInfo(Path.Combine(department.FullName, "people.csv")), new FileInfo(Path.Combine(department.FullName, "outcomes.csv")));
        await File.WriteAllBytesAsync(people.FullName, data.PeopleCsv, cancellationToken);
        await File.WriteAllBytesAsync(outcomes.FullName, data.OutcomesCsv, cancellationToken);
        return await DepartmentMatch.RunAsync(linkage, people, "local_id", outcomes, "return-work", study.Today, cancellationToken);
    }

    private async Task ReturnAsync(ApiClient matcher, byte[] content, CancellationToken cancellationToken)
    {
        var grant = await matcher.PostAsync<UploadPermission>($"/agencies/{Department}/grants", new GrantRequest("institute-return"), cancellationToken);
        var file = await RecipientKey.SealAsync(Convert.FromBase64String(grant.PublicKey), grant.GrantId, Department, content, cancellationToken);
        await UploadClient.PutAsync(grant.UploadUri, new MemoryStream(file), cancellationToken);
        var extract = await new DropSender(matcher, Department).WaitAsync(grant.GrantId, cancellationToken);
        story.Check("The department's return is accepted whole", extract is { State: "Kept", RowsRefused: 0 }, $"{extract.RowsAccepted} rows");
    }

    private async Task<StudyReport> ReportAsync(string round, CancellationToken cancellationToken)
    {
        using var analyst = study.As(Role.Analyst, "analyst");
        using var one = study.As(Role.StudyApprover, "approver-1");
        using var another = study.As(Role.StudyApprover, "approver-2");
        await analyst.PostAsync<StudyView>($"/studies/{round}/report", new StudyReportRequest([Measure]), cancellationToken);
        await study.SettleAsync(cancellationToken);
        await one.PostAsync<StudyView>($"/studies/{round}/release", null, cancellationToken);
        await another.PostAsync<StudyView>($"/studies/{round}/release", null, cancellationToken);
        await using var document = (await study.Get<Outbox>().FindAsync(Organisation, $"reports/study-{round}.json", cancellationToken))!;
        return (await System.Text.Json.JsonSerializer.DeserializeAsync<StudyReport>(document.Content, Outbox.Json, cancellationToken))!;
    }
}
