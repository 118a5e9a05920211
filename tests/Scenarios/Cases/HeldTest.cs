using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Study;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Scenarios.Cases;

/// <summary>Every way by which the programme erases, met by a legal hold.</summary>
public sealed class HeldTest(CaseWorld world) : IClassFixture<CaseWorld>
{
    private const string Enactment = "Children Act 1989 s47";

    /// <summary>Something that is kept and will be due: its sealed blobs, the act that erases it, and where its certificate comes to lie.</summary>
    private sealed record Kept(string Id, IReadOnlyList<SealedBlob> Blobs, string Act, string Agency, string Certificate, string? Instance = null);

    [Theory]
    [InlineData("extract")]
    [InlineData("family")]
    [InlineData("case")]
    [InlineData("research")]
    [InlineData("study")]
    public async Task What_is_held_is_not_erased_when_due_and_is_erased_with_a_certificate_once_released(string kind)
    {
        var kept = await PutAsync(kind);
        var hold = await PlaceAsync(kept.Id);

        await world.PassAsync(TimeSpan.FromDays(400));
        Assert.All(await KeysAsync(kept), Assert.True);
        Assert.Equal(["failed.held"], await OutcomesAsync(kept));
        Assert.False(await world.LiesInOutboxAsync(kept.Agency, kept.Certificate));
        Assert.DoesNotContain(await world.DiscrepanciesAsync(), found => kept.Blobs.Any(blob => blob.Name == found.Reference));
        if (kept.Instance is { } instance)
        {
            await world.Host.Engine.AdvanceToAsync(world.Time.GetUtcNow().AddMinutes(5), World.Patience);
            Assert.Equal(OrchestrationRuntimeStatus.Completed, (await world.Host.Orchestrations.GetInstanceAsync(instance, World.Patience))!.RuntimeStatus);
        }

        // Night after night nothing is tried in vain.
        await world.PassAsync(TimeSpan.FromDays(1));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.All(await KeysAsync(kept), Assert.True);
        Assert.Equal(["failed.held"], await OutcomesAsync(kept));

        using var governance = world.As(Role.InformationGovernance);
        await governance.PostAsync<HoldView>($"/holds/{hold.Id}/release", null, World.Patience);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.All(await KeysAsync(kept), Assert.False);
        Assert.Equal(["failed.held", "done"], await OutcomesAsync(kept));
        Assert.True(await world.LiesInOutboxAsync(kept.Agency, kept.Certificate));
    }

    [Fact]
    public async Task A_held_family_is_held_with_its_case_and_nothing_is_done_with_either_any_more()
    {
        var kept = await CaseAsync();
        var record = Assert.Single((await world.Registers.Families.GetAsync(kept.Id, World.Patience)).Row.Records);
        var hold = await PlaceAsync(kept.Id);
        await world.PassAsync(TimeSpan.FromDays(400));

        var family = (await world.Registers.Families.GetAsync(kept.Id, World.Patience)).Row;
        Assert.Equal((CohortState.Erasing, record.Blob.Name), (family.State, Assert.Single(family.Records).Blob.Name));
        Assert.NotNull(await world.Host.Services.GetRequiredService<DataKeys>().FindAsync(record.Blob.Name, World.Patience));
        using var coordinator = world.As(Role.Coordinator);
        var shown = await coordinator.GetAsync<CaseView>($"/cases/{kept.Id}", World.Patience);
        Assert.Equal(("Erasing", true), (shown.State, shown.Held));
        await Assert.ThrowsAsync<CommandException>(() => coordinator.GetAsync<object>($"/cases/{kept.Id}/pack", World.Patience));
        await Assert.ThrowsAsync<CommandException>(() => coordinator.GetAsync<object>($"/matching/families/{kept.Id}", World.Patience));
        Assert.NotEmpty(await world.RefusedAsync($"/families/{kept.Id}/case", new CaseOpening()));

        using var governance = world.As(Role.InformationGovernance);
        await governance.PostAsync<HoldView>($"/holds/{hold.Id}/release", null, World.Patience);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(CohortState.Erased, (await world.Registers.Families.GetAsync(kept.Id, World.Patience)).Row.State);
        Assert.Null(await world.Host.Services.GetRequiredService<DataKeys>().FindAsync(record.Blob.Name, World.Patience));
    }

    [Fact]
    public async Task An_erasing_that_was_cut_short_by_a_kill_as_it_met_a_hold_is_ended_in_the_ledger_too()
    {
        var kept = await FamilyAsync();
        await PlaceAsync(kept.Id);
        await world.PassAsync(TimeSpan.FromDays(40));
        var row = (await world.Registers.Families.GetAsync(kept.Id, World.Patience)).Row;
        Assert.Equal(CohortState.Erasing, row.State);
        var act = row.Act(kept.Act, "scenario") with { ActId = $"{kept.Act}.{kept.Id}~2" };
        using (WriteWatch.ByHand())
        {
            await world.Host.Services.GetRequiredService<Ledger>().AppendAsync(new LedgerEntry(act, EntryKind.Intent, world.Time.GetUtcNow()), World.Patience);
        }

        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(["failed.held", "failed.abandoned"], await OutcomesAsync(kept));
        Assert.All(await KeysAsync(kept), Assert.True);
    }

    [Fact]
    public async Task While_a_case_is_held_a_document_of_it_is_not_replaced()
    {
        var family = await world.InvitedAsync();
        await world.ActAsync($"/cases/{family.Id}/duty", new DutyRequest(Enactment, "as recorded first"));
        var hold = await PlaceAsync(family.Id);

        Assert.Contains("legal hold", await world.RefusedAsync($"/cases/{family.Id}/duty", new DutyRequest(Enactment, "as corrected")), StringComparison.Ordinal);

        using var governance = world.As(Role.InformationGovernance);
        await governance.PostAsync<HoldView>($"/holds/{hold.Id}/release", null, World.Patience);
        await world.ActAsync($"/cases/{family.Id}/duty", new DutyRequest(Enactment, "as corrected"));
    }

    private Task<Kept> PutAsync(string kind) => kind switch
    {
        "extract" => ExtractAsync(),
        "family" => FamilyAsync(),
        "case" => CaseAsync(),
        "research" => ResearchAsync(),
        _ => StudyAsync(),
    };

    private async Task<Kept> ExtractAsync()
    {
        using var hand = WriteWatch.ByHand();
        var row = new Extract
        {
            Id = Reference.New(),
            State = ExtractStage.Claimed,
            Agency = CaseWorld.Police,
            ClaimedAt = world.Time.GetUtcNow(),
            GrantId = Reference.New(),
            Agreement = CaseWorld.Council,
            AgreementVersion = "2025-01-01",
            Exchange = "caseshire-pack",
            Drop = new($"drop-{CaseWorld.Police}", Reference.New(), "e", 1),
            Sealed = new(await SealAsync(), await SealAsync()),
            KeptUntil = world.Time.GetUtcNow().AddDays(30),
            RetentionRule = "scenario",
        };
        await AddAsync(world.Registers.Extracts, row, row with { State = ExtractStage.Sealed }, row with { State = ExtractStage.Kept });
        return new(row.Id, row.Sealed.Blobs, "extract.erase", row.Agency, $"certificates/{row.Id}.json");
    }

    private async Task<Kept> FamilyAsync()
    {
        var family = await world.FamilyAsync();
        using var hand = WriteWatch.ByHand();
        var found = await world.Registers.Families.GetAsync(family.Id, World.Patience);
        await world.Registers.Families.ChangeAsync(found, found.Row with { DueAt = world.Time.GetUtcNow().AddDays(30) }, World.Patience);
        return new(family.Id, [.. family.Blobs], "family.erase", CaseWorld.Police, $"certificates/{family.Records[0].ExtractId}.{family.Id}.json");
    }

    /// <summary>One that did not take part.</summary>
    private async Task<Kept> CaseAsync()
    {
        var family = await world.InvitedAsync();
        await world.ActAsync($"/cases/{family.Id}/closure");
        var row = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row;
        Assert.Single(row.Blobs);
        return new(row.Id, [.. row.Blobs], "case.erase", CaseWorld.Council, $"certificates/case-{row.Id}.json", "case-" + row.Id);
    }

    private async Task<Kept> ResearchAsync()
    {
        using var hand = WriteWatch.ByHand();
        var draft = await SealAsync();
        var row = new ResearchRequest
        {
            Id = Reference.New(),
            State = ResearchExtractState.Requested,
            Authority = CaseWorld.Council,
            Recipient = "evaluator",
            Exchange = "caseshire-evaluation",
            RequestedBy = "somebody",
            RequestedAt = world.Time.GetUtcNow(),
            StatementHash = new('b', 64),
        };
        await AddAsync(
            world.Registers.Research,
            row,
            row with { State = ResearchExtractState.Justified },
            row with { State = ResearchExtractState.Approved, Draft = draft },
            row with { State = ResearchExtractState.Built, Draft = draft, BuiltAt = world.Time.GetUtcNow() });
        return new(row.Id, [draft], "research.destroy", row.Authority, $"certificates/research-{row.Id}.json", "research-" + row.Id);
    }

    private async Task<Kept> StudyAsync()
    {
        using var hand = WriteWatch.ByHand();
        var row = new StudyRound
        {
            Id = Reference.New(),
            State = StudyRoundState.Open,
            Study = "niesr",
            OpenedBy = "somebody",
            OpenedAt = world.Time.GetUtcNow(),
            EndsAt = world.Time.GetUtcNow().AddDays(30),
        };
        var linked = row with { State = StudyRoundState.Linking, Map = await SealAsync() };
        await AddAsync(world.Registers.Studies, row, linked);
        return new(row.Id, [.. linked.Blobs], "study.destroy", row.Study, $"certificates/study-{row.Id}.json", "study-" + row.Id);
    }

    private static async Task AddAsync<TRow, TState>(Register<TRow, TState> register, TRow first, params TRow[] next)
        where TRow : class, IRegisterRow<TState>
        where TState : struct, Enum
    {
        Assert.NotNull(await register.TryAddAsync(first, World.Patience));
        foreach (var row in next)
        {
            await register.ChangeAsync(await register.GetAsync(row.Id, World.Patience), row, World.Patience);
        }
    }

    private async Task<SealedBlob> SealAsync()
    {
        var name = Reference.New();
        var (sha256, length) = await world.Host.Services.GetRequiredService<SealedDocuments>().SealAsync(name, CaseWorld.Council, new byte[100], World.Patience);
        return new(name, sha256, length);
    }

    private async Task<HoldView> PlaceAsync(string reference)
    {
        using var governance = world.As(Role.InformationGovernance);
        var review = DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime).AddMonths(6);
        return await governance.PostAsync<HoldView>("/holds", new HoldRequest(HoldReason.SubjectRequest, new string('c', 64), [reference], review), World.Patience);
    }

    private async Task<List<bool>> KeysAsync(Kept kept)
    {
        var there = new List<bool>();
        foreach (var blob in kept.Blobs)
        {
            there.Add(await world.Host.Services.GetRequiredService<DataKeys>().FindAsync(blob.Name, World.Patience) is not null);
        }

        return there;
    }

    private async Task<List<string>> OutcomesAsync(Kept kept) =>
        await world.Host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Where(record => record.Entry.Kind is EntryKind.Outcome && record.Entry.Act == kept.Act && record.Entry.References.Contains(kept.Id))
            .Select(record => record.Entry.Result)
            .ToListAsync();
}
