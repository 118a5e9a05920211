using System.Security.Cryptography;
using Spectre.Console;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Demo;

/// <summary>The whole story of an invented authority, on virtual time: from the first drop in month one to the destruction of a study's data in year eight; and what must hold of it.</summary>
/// <param name="start">Starts a deployment; null for one that lives as long as the story.</param>
internal sealed class DemoRun(
    IAnsiConsole console, StringWriter transcript, string folder, int people, int seed, Func<LocalHostOptions, Task<DemoDeployment>>? start = null)
{
    private readonly DemoStory story = new(console);

    public async Task<DemoReport> RunAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetUtcNow();
        var today = DateOnly.FromDateTime(began.UtcDateTime);
        var population = new SyntheticAuthority(seed, today, people, troubled: 0.05, Canaries.For(today));
        story.Say($"Northmere, an invented authority: about {population.People:N0} people in {population.Households.Count:N0} households, with known truth.");
        var department = Directory.CreateTempSubdirectory("tfflow-department-");
        DemoReport report;
        try
        {
            await using var authority = await StartAsync("authority", Deployment.Authority, began, cancellationToken);
            report = await TellAsync(authority, department, population, began, cancellationToken);
        }
        finally
        {
            department.Delete(recursive: true);
        }

        var canaries = await story.TimedAsync("canary scan", () => ScanAsync(today, cancellationToken));
        console.WriteLine();
        foreach (var invariant in story.Invariants)
        {
            console.WriteLine($"  {(invariant.Holds ? "holds" : "BROKEN")}: {invariant.Name} ({invariant.Detail})");
        }

        return report with { Canaries = canaries, Invariants = story.Invariants, Seconds = story.Seconds };
    }

    private async Task<DemoReport> TellAsync(
        DemoDeployment authority, DirectoryInfo department, SyntheticAuthority population, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var sources = new Dictionary<string, AuthorityExtract>();
        var truth = new CohortTruth(() => authority.Host.Services, population, sources);
        var (intake, match, support) = (new DemoIntake(story, authority), new DemoMatch(story, authority, truth), new DemoSupport(story, authority, truth));
        using var police = new DemoPolice(authority);
        var files = new SyntheticSupport(population, seed);
        var progress = new SyntheticProgress(population, seed);
        var terms = new Queue<DateOnly>(DemoAuthority.TermsAfter(authority.Today));

        // Once families are worked with, the schools tell of each term when it is over.
        async Task PassAsync(DateTimeOffset until, int nights)
        {
            while (terms.TryPeek(out var term) && new DateTimeOffset(DemoAuthority.LastDayOf(term).AddDays(7), new(9, 0), TimeSpan.Zero) is var over && over <= until)
            {
                terms.Dequeue();
                if (support.Supported.Count > 0 && over > authority.Now)
                {
                    await story.TimedAsync("time passing", () => authority.PassAsync(over, nights, cancellationToken));
                    await authority.Host.Engine.AdvanceToAsync(over, cancellationToken);
                    await intake.DropAsync([progress.Attendance(support.Supported, term)], cancellationToken);
                }
            }

            await story.TimedAsync("time passing", () => authority.PassAsync(until, nights, cancellationToken));
        }

        async Task MeasureAsync(bool last)
        {
            await intake.DropAsync(progress.Others(support.Supported, authority.Today), cancellationToken);
            story.Chapter(authority.Now, "The coordinator measures the families whose support was completed.");
            await story.TimedAsync("outcomes", () => support.MeasureAsync(progress, last, cancellationToken));
            if (last)
            {
                terms.Clear();
                story.Chapter(authority.Now, "The council claims for the families that have their outcome, and tells the Department how many they are.");
                await support.ClaimAsync(cancellationToken);
            }
        }

        async Task DropAsync(IReadOnlyList<AuthorityExtract> extracts, IEnumerable<SyntheticExtract> more)
        {
            foreach (var (extract, drop) in extracts.Zip(await intake.DropAsync([.. extracts.Select(extract => extract.File), .. more], cancellationToken)))
            {
                sources.Add(drop.Extract.Id, extract);
            }
        }

        // Month one: everything comes, and some of it must not be taken.
        await DropAsync(
            await MonthAsync(authority, population, cancellationToken),
            new SyntheticExtracts(seed, authority.Today).Refused("northmere-police", "northmere-asb", "northmere-schools", "northmere-attendance", "northmere-jobcentre", "northmere-benefits"));
        await PassAsync(await match.BeginAsync(cancellationToken), nights: 1);

        // Month two: what comes monthly comes again, and the nightly timer matches what is new.
        await DropAsync(population.NextMonth(), []);
        await PassAsync(authority.Now.AddDays(2), nights: 1);
        var matching = await match.MeasureAsync(cancellationToken);

        // Month two: information for key workers comes, and cases begin.
        await intake.DropAsync(files.Packs(authority.Today), cancellationToken);
        await police.RegisterKeyAsync(cancellationToken);
        await story.TimedAsync("cases", () => support.BeginAsync(cancellationToken));
        await story.TimedAsync("cases", () => support.WithdrawAsync(Journey.WithdrawsInFlight, cancellationToken));
        await authority.SettleAsync(cancellationToken);
        var slow = support.Families.Where(family => family.Journey is Journey.NeverConfirmed).Select(family => family.Id).ToHashSet();
        var confirmed = await story.TimedAsync("cases", () => police.CarryOutAsync(slow, cancellationToken));
        story.Say($"  {confirmed,5:N0} instructions are carried out: {police.Marked} people have a marker.");
        story.Say($"  {await police.CountAsync(MarkerChangeState.Overtaken, cancellationToken),5:N0} overtaken on its way, its family having withdrawn: a removal is carried out.");
        await PassAsync(authority.Now.AddDays(15), nights: 1);
        story.Say($"  {await police.CountAsync(MarkerChangeState.Escalated, cancellationToken),5:N0} lay unconfirmed for fifteen days: the police were chased, and it was escalated.");
        await police.CarryOutAsync(new HashSet<string>(), cancellationToken);
        await PassAsync(authority.Now.AddDays(20), nights: 7);

        // Month three: incidents, for the key workers of supported families alone.
        await intake.DropAsync([files.Incidents(support.Supported, authority.Today)], cancellationToken);
        var incidents = await support.ReadIncidentsAsync(cancellationToken);
        story.Say($"  {incidents} items are read by key workers, each about a family of their own; what was about anybody else is erased.");
        await support.WithdrawAsync(Journey.WithdrawsLater, cancellationToken);
        await authority.SettleAsync(cancellationToken);
        await police.CarryOutAsync(new HashSet<string>(), cancellationToken);
        await PassAsync(began.AddMonths(6), nights: 7);

        // Month six: the national evaluation.
        var release = await story.TimedAsync("evaluation", () => new DemoEvaluation(story, authority).RunAsync(cancellationToken));
        await PassAsync(began.AddMonths(8), nights: 7);

        // Month eight: support ends for most.
        story.Chapter(authority.Now, $"Support is completed for {await support.CompleteAsync(most: 40, cancellationToken)} families.");
        await police.CarryOutAsync(new HashSet<string>(), cancellationToken);
        story.Say($"  The police take the markers off; {police.Marked} people still have one.");
        await PassAsync(began.AddMonths(10), nights: 7);

        // Month ten: the impact study.
        await using var study = await StartAsync("study", new(DeploymentKind.Study, DemoStudy.Organisation), authority.Now, cancellationToken);
        var impact = new DemoStudy(story, authority, study, department);
        var ends = authority.Now.AddYears(7);
        var (round, result) = await story.TimedAsync("study", () => impact.RunAsync(
            files.Department(support.Supported, DateOnly.FromDateTime(began.UtcDateTime), authority.Today), DateOnly.FromDateTime(ends.UtcDateTime), cancellationToken));
        await PassAsync(began.AddMonths(14), nights: 7);

        // Year two and three: the last support ends, outcomes are measured, cases are reviewed and erased.
        story.Chapter(authority.Now, $"Support is completed for the last {await support.CompleteAsync(most: int.MaxValue, cancellationToken)} families; the families no case took up are erased.");
        await police.CarryOutAsync(new HashSet<string>(), cancellationToken);
        story.Say($"  {police.Marked} people have a marker.");
        await PassAsync(began.AddMonths(21), nights: 30);
        await MeasureAsync(last: false);
        story.Chapter(authority.Now, $"{await support.ReviewAsync(cancellationToken)} cases whose outcome is decided are reviewed a year after their end: no further risk, all of it is erased.");
        await PassAsync(began.AddMonths(28), nights: 30);
        await MeasureAsync(last: true);
        story.Chapter(authority.Now, $"{await support.ReviewAsync(cancellationToken)} more cases are reviewed and erased.");

        // Year eight: the research ends.
        await PassAsync(ends.AddDays(2), nights: 90);
        await story.TimedAsync("time passing", () => study.PassAsync(ends.AddDays(-1), nights: 90, cancellationToken));
        await story.TimedAsync("time passing", () => study.PassAsync(ends.AddDays(2), nights: 1, cancellationToken));
        story.Chapter(authority.Now, "The research has ended: what the study held about people is destroyed.");
        var destroyed = await impact.CheckDestroyedAsync(round, cancellationToken);
        intake.Check();
        story.Check("No marker is left on the police's own system", police.Marked == 0, $"{police.Marked} people");
        var proof = await story.TimedAsync("proof", () => new DemoEnding(story, authority).RunAsync(cancellationToken));
        var cases = await support.CasesAsync(cancellationToken);
        return new(
            seed,
            began,
            authority.Now,
            population.People,
            population.Households.Count,
            intake.Dropped.Count,
            intake.Dropped.Sum(drop => (long)drop.File.Rows),
            intake.Dropped.Sum(drop => drop.Extract.RowsAccepted),
            intake.Dropped.Sum(drop => drop.Extract.RowsRefused),
            intake.Dropped.Count(drop => drop.Extract.RefusalCode.Length > 0),
            [.. intake.Dropped.Select(drop => new DemoExtract(drop.File.Story, drop.File.Rows, drop.Extract))],
            matching,
            new(support.Families.CountBy(family => family.Journey.ToString()).ToDictionary(), cases.CountBy(row => row.State).ToDictionary(), incidents, support.Decided),
            release,
            result with { DestroyedAt = destroyed },
            proof,
            new(0, 0, []),
            [],
            new Dictionary<string, double>());
    }

    private Task<DemoDeployment> StartAsync(string name, Deployment deployment, DateTimeOffset began, CancellationToken cancellationToken)
    {
        story.Say($"Bringing up the {name}'s deployment: storage, key ring, orchestrations and the API…");
        var today = DateOnly.FromDateTime(began.UtcDateTime);
        var work = Path.Combine(folder, name);
        var options = new LocalHostOptions
        {
            Folder = work,
            Agreements = DemoAuthority.AgreementsUntil(today.AddYears(1)),
            Matching = DemoAuthority.Plan(today) with { Window = new(MatchingWhen.DatasetsIn, [], ["youth-offences", "asb-perpetrators", "benefits"]) },
            Deployment = deployment,
            Time = new VirtualClock(began),
            LogFile = Path.Combine(work, "host.log"),
            Progress = new Progress<string>(console.WriteLine),
        };
        return story.TimedAsync("start", async () => start is null ? new DemoDeployment(await LocalHost.StartAsync(options, cancellationToken)) : await start(options));
    }

    /// <summary>The police make their anonymous list with the secret of the agreement.</summary>
    private static async Task<IReadOnlyList<AuthorityExtract>> MonthAsync(DemoDeployment authority, SyntheticAuthority population, CancellationToken cancellationToken)
    {
        var secret = await authority.Get<IKeyRing>().GetSecretAsync(HouseholdSecrets.NameOf(DemoAuthority.Id), cancellationToken);
        try
        {
            return await population.MonthAsync(secret, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private async Task<CanaryReport> ScanAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var texts = Canaries.Texts(today);
        var (bytes, hits) = await CanaryScan.FolderAsync(folder, texts, cancellationToken);
        var printed = CanaryScan.Text("console", transcript.ToString(), texts);
        var all = hits.Concat(printed).Select(hit => $"{hit.File}: {hit.Encoding}").ToList();
        story.Check(
            "No canary is found in any byte that storage, hosts or console wrote",
            all.Count == 0,
            all.Count == 0 ? $"{texts.Count} texts, {bytes:N0} bytes" : string.Join("; ", all.Take(5)));
        return new(texts.Count, bytes, all);
    }
}
