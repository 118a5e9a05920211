using System.CommandLine;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>An authority that runs by documents of its own: what was used is recorded and never edited, and a host goes on as it was started.</summary>
public sealed class OwnDocumentsTest : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-documents-");

    public OwnDocumentsTest()
    {
        using var output = new StringWriter();
        Assert.Equal(0, AgreementCommand.Create(TimeProvider.System).Parse(["start", "-o", Documents]).Invoke(new InvocationConfiguration { Output = output }));
        Edit("programme.yaml", "to: 2030-12-31", "to: 2040-12-31");

        // In force whatever day it is.
        Edit("agreement.yaml", "in_force_from: 2026-01-01", "in_force_from: 2020-01-01");
        Edit("agreement.yaml", "signed: 2026-01-01, tier_1_signed: 2025-06-01", "signed: 2020-01-01, tier_1_signed: 2019-06-01");
    }

    private string Documents => Path.Combine(folder.FullName, "documents");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_hash_of_every_document_is_recorded_at_its_first_use_and_an_edit_under_the_same_version_stops_the_start()
    {
        await using var world = await World.CreateAsync();
        var library = Read();
        await using (var host = await StartAsync(world, library))
        {
            await DropAsync(host);
            using var coordinator = World.As(host, "", Role.Coordinator);
            var round = await coordinator.PostAsync<MatchingView>("/matching?confirm=true", body: null, World.Patience);
            await host.Engine.IdleAsync(World.Patience);

            var ledger = host.Services.GetRequiredService<Ledger>();
            async Task<string> UsedAsync(string document) => (await ledger.FindAsync($"document.use.{document}", EntryKind.Outcome, World.Patience))!.Entry.Hash;
            Assert.Equal(library.Agreements.Versions[0].Sha256, await UsedAsync("agreement.yourtown@2026-01-01"));
            Assert.Equal(library.Datasets["neighbourhood-concerns"].Sha256, await UsedAsync("dataset.neighbourhood-concerns@1"));
            Assert.Equal(library.Plan!.Programme.Sha256, await UsedAsync("programme.yourtown-families@1"));
            Assert.Equal(library.Plan.Sha256, await UsedAsync("plan.yourtown@2026-01-01"));
            var registers = host.Services.GetRequiredService<Registers>();
            var grant = (await registers.Grants.ListAsync(World.Patience).SingleAsync()).Row;
            Assert.Equal((library.Agreements.Versions[0].Sha256, library.Datasets["neighbourhood-concerns"].Sha256), (grant.AgreementSha256, grant.DatasetSha256));
            var run = (await registers.Matchings.GetAsync(round.Id, World.Patience)).Row;
            Assert.Equal((library.Plan.Programme.Sha256, library.Plan.Sha256), (run.ProgrammeSha256, run.PlanSha256));
        }

        foreach (var (file, line, changed, refusal) in Edits)
        {
            Edit(file, line, changed);
            var refused = await Assert.ThrowsAsync<DocumentChangedException>(async () => await StartAsync(world, Read()));
            Assert.StartsWith(refusal, refused.Message, StringComparison.Ordinal);
            Assert.Contains("A version that was used is never edited", refused.Message, StringComparison.Ordinal);
            Edit(file, changed, line);
        }

        // Several are told at once.
        Array.ForEach(Edits, edit => Edit(edit.File, edit.Line, edit.Changed));
        var all = await Assert.ThrowsAsync<DocumentChangedException>(async () => await StartAsync(world, Read()));
        Assert.All(Edits, edit => Assert.Contains(edit.Refusal, all.Message, StringComparison.Ordinal));
        Array.ForEach(Edits, edit => Edit(edit.File, edit.Changed, edit.Line));

        // A new version stands beside what was used.
        Edit("matching.yaml", "dated: 2026-01-01", "dated: 2027-01-01");
        Edit("matching.yaml", "review_days: 28", "review_days: 14");
        await using (await StartAsync(world, Read()))
        {
        }
    }

    [Fact]
    public async Task A_work_folder_goes_on_with_the_documents_it_was_started_with_and_refuses_others_until_told()
    {
        await using var world = await World.CreateAloneAsync();
        await using (var first = await HostProcess.StartAsync(world, ["--agreements", Documents]))
        {
            await first.StopAsync();
        }

        await using (var same = await HostProcess.StartAsync(world, documents: []))
        {
            Assert.Equal("neighbourhood-concerns", (await GrantAsync(same, world)).Dataset);
            await same.StopAsync();
        }

        Edit("agreement.yaml", "period: P3M", "period: P4M");
        var refused = await RefusedAsync(world, ["--agreements", Documents]);
        Assert.Contains($"was started with the documents of {Documents}, and what is served now differs: agreement yourtown@2026-01-01 says something else. Put the documents back as they were, and write the change as a new version; or give --accept-change if it is meant (a version that was used already stays refused).", refused, StringComparison.Ordinal);
        var other = await RefusedAsync(world, ["--agreements", World.AgreementFolder]);
        Assert.Contains("agreement yourtown@2026-01-01 is not there any more", other, StringComparison.Ordinal);
        Assert.Contains("Leave out --agreements to go on as before; or give --accept-change if it is meant.", other, StringComparison.Ordinal);
        Edit("agreement.yaml", "period: P4M", "period: P3M");
        var whose = await RefusedAsync(world, ["--organisation", "elsewhere"]);
        Assert.Contains("it was the deployment of the matching plan's authority and would be elsewhere's deployment. Leave out --organisation to go on as before; or give --accept-change if it is meant.", whose, StringComparison.Ordinal);
        Directory.Move(Documents, Documents + "-away");
        var gone = await RefusedAsync(world, []);
        Assert.Contains($"was started with {Documents}, which is not there any more: put it back, or say with --agreements where it is now.", gone, StringComparison.Ordinal);
        Directory.Move(Documents + "-away", Documents);
        var stranger = await RefusedAsync(world, ["--organisation", "elsewhere", "--accept-change"]);
        Assert.Contains("This is to be the deployment of 'elsewhere', which is no party of any agreement here", stranger, StringComparison.Ordinal);

        await using var meant = await HostProcess.StartAsync(world, ["--organisation", "yourtown", "--accept-change"]);
    }

    /// <summary>What <c>tfflow up</c> says when it does not start.</summary>
    private static async Task<string> RefusedAsync(World world, string[] documents)
    {
        var (folder, storage) = (Options.Folder(), Options.Storage());
        var root = new RootCommand { UpCommand.Create(folder, storage) };
        root.Options.Add(folder);
        root.Options.Add(storage);
        var up = root.Parse(["up", "--port", "0", "--folder", world.WorkFolder, "--storage", world.ConnectionString, .. documents]);
        var refused = await Assert.ThrowsAsync<CommandException>(() => up.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        return refused.Message;
    }

    [Fact]
    public async Task A_host_that_no_agreement_knows_does_not_start_until_told_whose_it_is()
    {
        await using var world = await World.CreateAsync();
        var refused = await Assert.ThrowsAsync<DeploymentUnknownException>(() => world.StartAsync(deployment: Deployment.Authority));
        Assert.StartsWith("The matching plan's authority 'leicester-city' is no party of any agreement here, so nothing could be taken in. Name the organisation whose deployment this is with --organisation: ", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DeploymentUnknownException>(() => world.StartAsync(deployment: new(DeploymentKind.Study, "nobody")));
        await using var told = await world.StartAsync(deployment: World.Council);
    }

    private static readonly (string File, string Line, string Changed, string Refusal)[] Edits =
    [
        ("agreement.yaml", "clock: received, period: P3M", "clock: received, period: P4M", "yourtown@2026-01-01 was used and says something else now: retention/unmatched. "),
        ("dataset.yaml", "max_percent: 5", "max_percent: 6", "The dataset neighbourhood-concerns v1 was used and says something else now: refusals. "),
        ("programme.yaml", "within_months: 12", "within_months: 24", "The programme yourtown-families@1 was used and says something else now: criteria/concern. "),
        ("matching.yaml", "review_days: 28", "review_days: 14", "The matching plan yourtown@2026-01-01 was used and says something else now: review_days. "),
    ];

    private static async Task<UploadPermission> GrantAsync(HostProcess host, World world)
    {
        using var police = host.As(world, "yourtown-police");
        return await police.PostAsync<UploadPermission>("/agencies/yourtown-police/grants", new GrantRequest("yourtown-concerns", "sergeant", "known to the team"), World.Patience);
    }

    private static Task<LocalHost> StartAsync(World world, Library library) => world.StartAsync(new VirtualClock(Northmere.Day), agreements: library.Agreements, matching: library.Plan);

    private static async Task DropAsync(LocalHost host)
    {
        using var police = World.As(host, "yourtown-police");
        var csv = "Surname,Forenames,Date of birth,Address,Postcode,Concern,Noted on\r\nMarlowe,Edith,14/02/1999,\"12 Wharf Street, Leicester\",LE1 1AA,ASB,14/01/2034\r\n";
        var view = await new DropSender(police, "yourtown-police").SendAsync(
            new GrantRequest("yourtown-concerns", "sergeant", "known to the team"), new MemoryStream(Encoding.UTF8.GetBytes(csv)), plain: false, progress: null, World.Patience);
        Assert.Equal("Kept", view.State);
    }

    private Library Read() => LibraryFolder.Read(new(Documents));

    private void Edit(string file, string line, string changed)
    {
        var path = Path.Combine(Documents, file);
        var text = File.ReadAllText(path);
        Assert.Contains(line, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(line, changed, StringComparison.Ordinal));
    }
}
