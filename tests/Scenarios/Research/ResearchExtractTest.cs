using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Research;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Retention;
using TfFlow.Scenarios.Cases;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Sealing;

namespace TfFlow.Scenarios.Research;

/// <summary>An anonymous extract, from its request to its destruction.</summary>
public sealed partial class ResearchExtractTest(CaseWorldAlone world) : IClassFixture<CaseWorldAlone>
{
    private const string Evaluator = "evaluator";
    private static readonly string Statement = new('b', 64);

    [Fact]
    public async Task It_is_built_safe_released_by_two_others_collected_once_and_destroyed()
    {
        using var key = RecipientKey.Create();
        using var evaluator = world.As(Role.AgencySubmitter, Evaluator, "evaluator-1");
        await evaluator.PostAsync<RecipientView>($"/agencies/{Evaluator}/key", new RecipientKeyRequest(Convert.ToBase64String(key.PublicKey.Span)), World.Patience);

        // Too few to hide among.
        await FamiliesAsync(4);
        var refused = await ApprovedAsync(evaluator);
        Assert.Equal("research.not-safe", (await UntilAsync(refused, row => row.State is ResearchExtractState.Refused)).RefusalCode);

        await FamiliesAsync(56);
        var id = await ApprovedAsync(evaluator);
        var built = await UntilAsync(id, row => row.State is ResearchExtractState.Built);
        Assert.True(built.Records >= 54);

        using var one = world.As(Role.InformationGovernance, account: "ig-1");
        using var another = world.As(Role.Coordinator, account: "co-1");
        using var requester = world.As(Role.Coordinator, account: "evaluator-1");
        var record = await one.GetAsync<SdcRecord>($"/research/{id}/record", World.Patience);
        Assert.All(record.Rules, rule => Assert.True(rule.Passed, rule.Rule));
        Assert.Contains(record.Rules, rule => rule is { Rule: "k-anonymity", Threshold: "10" });
        await RefusedAsync(requester, id, "somebody else than who asked");
        await one.PostAsync<ResearchView>($"/research/{id}/release", null, World.Patience);
        await RefusedAsync(one, id, "another person");

        // The store is away at the moment the file is put: it is not released, and either of the two has it go on.
        world.Writes.RefuseNext = blob => blob.Name.StartsWith("research/", StringComparison.Ordinal);
        await Assert.ThrowsAsync<CommandException>(() => another.PostAsync<ResearchView>($"/research/{id}/release", null, World.Patience));
        Assert.Equal(ResearchExtractState.Built, (await world.Registers.Research.GetAsync(id, World.Patience)).Row.State);
        var released = await another.PostAsync<ResearchView>($"/research/{id}/release", null, World.Patience);
        Assert.Equal("Released", released.State);

        var release = await CollectAsync(key, id);
        Assert.Equal(2, release.Record.Approvals.Count);
        var lines = release.Csv.TrimEnd().Split("\r\n");
        Assert.Equal("family,household_size,youngest,found,problems,outcome", lines[0]);
        Assert.Equal(built.Records, lines.Length - 1);
        Assert.True(lines[1..].CountBy(line => string.Join(',', line.Split(',')[1..4])).Min(found => found.Value) >= 10);
        var families = await world.Registers.Families.ListAsync(World.Patience).Select(family => family.Row.Id).ToListAsync();
        Assert.All(families, family => Assert.DoesNotContain(family, release.Csv, StringComparison.Ordinal));
        Assert.DoesNotContain(CaseWorld.Canary, JsonSerializer.Serialize(release), StringComparison.Ordinal);
        Assert.All(
            release.Counts.TrimEnd().Split("\r\n")[1..].SelectMany(line => line.Split(',')[1..]).Where(count => count.Length > 0),
            count => Assert.True(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) is var number && number % 5 == 0 && number is 0 or > 7));

        // Nobody can join two releases. The second goes by commands.
        var (second, again) = await ByCommandsAsync(key);
        Assert.Empty(Names(release).Intersect(Names(again)));

        // Held before it is released, a draft outlives its release.
        var (third, hold) = await HeldAsync(evaluator);
        await one.PostAsync<ResearchView>($"/research/{third}/release", null, World.Patience);
        await another.PostAsync<ResearchView>($"/research/{third}/release", null, World.Patience);
        Assert.True(await HasDraftAsync(third, ResearchExtractState.Released));
        Assert.False(await HasDraftAsync(second, ResearchExtractState.Released));
        Assert.Empty(await world.DiscrepanciesAsync());

        Assert.Equal("Destroying", (string)(await RunAsync($"research destroy {second}", Role.InformationGovernance, "ig-1"))["state"]!);
        await UntilAsync(second, row => row.State is ResearchExtractState.Destroyed);
        await world.PassAsync(TimeSpan.FromDays(ResearchRequest.CollectionDays + 1));
        Assert.True(await HasDraftAsync(third, ResearchExtractState.Destroying));
        Assert.False(await world.LiesInOutboxAsync(Evaluator, $"research/{third}.sealed"));
        Assert.Empty(await world.DiscrepanciesAsync());
        using var later = world.As(Role.InformationGovernance, account: "ig-1");
        await later.PostAsync<HoldView>($"/holds/{hold}/release", null, World.Patience);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.False(await HasDraftAsync(third, ResearchExtractState.Destroyed));

        var destroyed = await UntilAsync(id, row => row.State is ResearchExtractState.Destroyed);
        Assert.False(await world.LiesInOutboxAsync(Evaluator, destroyed.FileName));
        Assert.Null(await world.Host.Services.GetRequiredService<DataKeys>().FindAsync(destroyed.Draft!.Name, World.Patience));
        var certificate = await world.DocumentAsync<ErasureCertificate>(CaseWorld.Council, $"certificates/research-{id}.json");
        Assert.Equal(destroyed.Records, certificate.Records);
        await UntilAsync(second, row => row.State is ResearchExtractState.Destroyed);
        Assert.Empty(await world.DiscrepanciesAsync());
        foreach (var folder in world.Folders)
        {
            Assert.Empty((await CanaryScan.FolderAsync(folder, [CaseWorld.Canary], World.Patience)).Hits);
        }
    }

    private async Task<string> ApprovedAsync(ApiClient evaluator)
    {
        var asked = await evaluator.PostAsync<ResearchView>($"/agencies/{Evaluator}/research", new ResearchAsking("caseshire-evaluation", Statement), World.Patience);
        using var governance = world.As(Role.InformationGovernance, account: "ig-1");
        using var owner = world.As(Role.AssetOwner, account: "ao-1");
        await Assert.ThrowsAsync<CommandException>(() => owner.PostAsync<ResearchView>($"/research/{asked.Id}/approval", null, World.Patience));
        await Assert.ThrowsAsync<CommandException>(() => governance.PostAsync<ResearchView>($"/research/{asked.Id}/justification", new JustificationRequest(true, false), World.Patience));
        await governance.PostAsync<ResearchView>($"/research/{asked.Id}/justification", new JustificationRequest(true, true), World.Patience);
        await owner.PostAsync<ResearchView>($"/research/{asked.Id}/approval", null, World.Patience);
        return asked.Id;
    }

    /// <summary>One that is built and under a legal hold.</summary>
    private async Task<(string Id, string Hold)> HeldAsync(ApiClient evaluator)
    {
        var id = await ApprovedAsync(evaluator);
        await UntilAsync(id, row => row.State is ResearchExtractState.Built);
        using var governance = world.As(Role.InformationGovernance, account: "ig-1");
        var review = DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime).AddMonths(6);
        return (id, (await governance.PostAsync<HoldView>("/holds", new HoldRequest(HoldReason.PublicInquiry, Statement, [id], review), World.Patience)).Id);
    }

    private async Task<bool> HasDraftAsync(string id, ResearchExtractState state)
    {
        var row = await UntilAsync(id, row => row.State == state);
        return await world.Host.Services.GetRequiredService<DataKeys>().FindAsync(row.Draft!.Name, World.Patience) is not null;
    }

    private async Task<ResearchDraft> CollectAsync(RecipientKey key, string id)
    {
        await using var file = (await world.Host.Services.GetRequiredService<Outbox>().FindAsync(Evaluator, $"research/{id}.sealed", World.Patience))!;
        return JsonSerializer.Deserialize<ResearchDraft>(Encoding.UTF8.GetString(await key.OpenAsync(file.Content, id, Evaluator, World.Patience)), Outbox.Json)!;
    }

    private Task<ResearchRequest> UntilAsync(string id, Predicate<ResearchRequest> condition) =>
        CaseWorld.UntilAsync(async () => (await world.Registers.Research.FindAsync(id, World.Patience))?.Row, condition);

    private static async Task RefusedAsync(ApiClient api, string id, string why) => Assert.Contains(
        why, (await Assert.ThrowsAsync<CommandException>(() => api.PostAsync<ResearchView>($"/research/{id}/release", null, World.Patience))).Message, StringComparison.Ordinal);

    private static IEnumerable<string> Names(ResearchDraft release) => release.Csv.TrimEnd().Split("\r\n")[1..].Select(line => line.Split(',')[0]);

    /// <summary>Families with a case, of two sizes, with a census record each; some support has begun.</summary>
    private async Task FamiliesAsync(int count)
    {
        using var hand = WriteWatch.ByHand();
        for (var i = 0; i < count; i++)
        {
            var family = new Family
            {
                Id = Reference.New(),
                State = CohortState.Recorded,
                Programme = "phase-1@001",
                Authority = CaseWorld.Council,
                RunId = Reference.New(),
                FoundAt = world.Time.GetUtcNow().AddDays(-(i % 5)),
                Members = [.. Enumerable.Range(0, i % 2 == 0 ? 3 : 5).Select(_ => Reference.New())],
                Problems = 2 + (i % 3),
            };
            await world.Registers.Families.TryAddAsync(family, World.Patience);
            var blob = new FamilyBlob(
                SealedBlob.Of(family.Id), CaseWorld.Council, CaseWorld.Council, "2025-01-01", "caseshire-census", [Use.Identification, Use.Baseline], "school-census", 1, Reference.New(), new(2025, 12, 1), 1);
            var rows = new FamilyRow[] { new(1, family.Members[0], new Dictionary<string, string> { ["surname"] = CaseWorld.Canary, ["date_of_birth"] = $"20{10 + (i % 4):D2}-03-0{1 + (i % 9)}" }) };
            var written = await world.Host.Services.GetRequiredService<FamilyVault>().SealAsync([new(blob, rows)], World.Patience);
            var recorded = await world.Registers.Families.GetAsync(family.Id, World.Patience);
            await world.Registers.Families.ChangeAsync(recorded, family with { State = CohortState.InCohort, Records = written }, World.Patience);
            var at = world.Time.GetUtcNow();
            var row = new Case { Id = family.Id, State = FamilyCaseState.Identified, Authority = CaseWorld.Council, OpenedAt = at, ChangedAt = at, Involved = family.Members };
            await world.Registers.Cases.TryAddAsync(row, World.Patience);
        }
    }
}
