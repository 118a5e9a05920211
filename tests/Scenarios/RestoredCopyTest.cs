using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Linkage;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios;

/// <summary>Somebody kept a copy of every blob, and puts it back after what was in it was erased: beside the key table of today it opens
/// nothing, by whatever way the house has.</summary>
public class RestoredCopyTest
{
    private static readonly DatasetSpecification Attendance = DatasetCatalogue.Find("school-attendance")!;

    [Fact]
    public async Task What_is_put_back_after_its_erasure_opens_by_no_way_there_is_and_the_inventory_names_it()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        var copies = new Dictionary<BlobAddress, byte[]>();
        await using var host = await world.StartAsync(time, watch: false);
        using var api = World.As(host, "school-0");
        var school = new DropSender(api, "school-0");
        var drop = new MemoryStream(World.AttendanceFile(20));
        var grant = (await school.PutAsync(new GrantRequest(World.Attendance), drop, plain: false, World.Patience)).GrantId;

        // Copied before it is taken in, as a watching host would take it.
        await CopyAsync(host, world.Names.Drops("school-0"), copies);
        var lying = await host.Services.GetRequiredService<Stores>().Blobs.GetPropertiesAsync(copies.Keys.Single(), World.Patience);
        await host.Services.GetRequiredService<DropClaims>().ClaimAsync("school-0", lying!, World.Patience);
        var taken = await school.WaitAsync(grant, World.Patience);
        var registers = host.Services.GetRequiredService<Registers>();
        var family = await FamilyAsync(host, time.GetUtcNow(), days: 0);
        await CopyAsync(host, world.Names.Vault, copies);
        Assert.Equal(1 + 2 + 2, copies.Count);
        var extract = (await registers.Extracts.GetAsync(taken.Id, World.Patience)).Row;

        // Due, and erased by the sweep, with certificates. Then another family, so that keys are left to try.
        using (WriteWatch.ByHand())
        {
            var kept = await registers.Extracts.GetAsync(taken.Id, World.Patience);
            await registers.Extracts.ChangeAsync(kept, kept.Row with { KeptUntil = time.GetUtcNow() }, World.Patience);
        }

        await World.SweepAsync(host);
        Assert.Equal(ExtractStage.Erased, (await registers.Extracts.GetAsync(taken.Id, World.Patience)).Row.State);
        Assert.Equal(CohortState.Erased, (await registers.Families.GetAsync(family.Id, World.Patience)).Row.State);
        await World.AssertAccountedForAsync(host);
        var later = await FamilyAsync(host, time.GetUtcNow(), days: 400);

        using var hand = WriteWatch.ByHand();
        var (blobs, keys) = (host.Services.GetRequiredService<Stores>().Blobs, host.Services.GetRequiredService<DataKeys>());
        foreach (var (address, content) in copies)
        {
            await blobs.PutAsync(address, content, WriteCondition.CreateOnly, World.Patience);
        }

        // Each way in, by the code that takes it.
        var documents = host.Services.GetRequiredService<SealedDocuments>();
        var vault = host.Services.GetRequiredService<FamilyVault>();
        var (facts, persons, record, why) = (extract.Sealed!.Facts.Name, extract.Sealed.Persons.Name, family.Records[0],
            family.Explanation!);
        HouseholdPseudonym[] households = [HouseholdPseudonym.FromBytes(new byte[HouseholdPseudonym.Size])];
        await DestroyedAsync(() => host.Services.GetRequiredService<FactsReader>()
            .ReadAsync(facts, Attendance, _ => true, _ => { }, World.Patience));
        await DestroyedAsync(() => host.Services.GetRequiredService<FactsReader>()
            .ReadMeetingKeysAsync(facts, Attendance, (_, _) => { }, World.Patience));
        await DestroyedAsync(() => host.Services.GetRequiredService<PeopleReader>()
            .ReadAsync(persons, Attendance, households, (_, _) => { }, World.Patience));
        await DestroyedAsync(() => vault.ReadAsync(record, World.Patience));
        await DestroyedAsync(() => vault.ReadExplanationAsync(why, World.Patience));
        foreach (var name in copies.Keys.Where(address => address.Container == world.Names.Vault).Select(address => address.Name))
        {
            await DestroyedAsync(() => documents.OpenAsync(name, World.Patience));
            await DestroyedAsync(() => keys.OpenHouseholdsAsync(name, households, World.Patience));
            Assert.Null(await keys.FindAsync(name, World.Patience));
        }

        // The drop as it was claimed is another file to the store; taken for the same one, its grant's key is gone.
        var drops = host.Services.GetRequiredService<DropReader>();
        await Assert.ThrowsAsync<StorageException>(() => drops.OpenAsync(extract, plainAllowed: true, World.Patience));
        var again = (await blobs.GetPropertiesAsync(new(extract.Drop.Container, extract.Drop.Name), World.Patience))!;
        await DestroyedAsync(() => drops.OpenAsync(extract with { Drop = extract.Drop with { ETag = again.ETag.ToString() } },
            plainAllowed: true, World.Patience));

        // Every key that there is today, at every copy.
        var left = await keys.ListAsync(World.Patience).Where(row => row.Grain is KeyGrain.Blob).Select(row => row.Reference).ToListAsync();
        Assert.Equal(later.Blobs.Select(blob => blob.Name).Order(), left.Order());
        foreach (var (address, name) in copies.Keys.SelectMany(address => left.Select(name => (address, name))))
        {
            using var key = await keys.OpenAsync(name, World.Patience);
            await using var download = await blobs.OpenReadAsync(address, ifMatch: null, World.Patience);
            await using var segments = new SegmentReader(download.Content, key);
            await Assert.ThrowsAsync<SealException>(() => segments.CopyToAsync(Stream.Null));
        }

        // Nothing takes it up again by itself; whoever looks is told of each, and so are the authority's people at the month's inventory.
        hand.Dispose();
        await World.SweepAsync(host);
        await host.Services.GetRequiredService<TakeInventory>().RunAsync(new(time.GetUtcNow().AddMonths(1)), World.Patience);
        Assert.Equal(1, await registers.Extracts.ListAsync(World.Patience).CountAsync());
        using var governance = World.As(host, "", Role.InformationGovernance);
        var found = await governance.GetAsync<Discrepancy[]>("/inventory", World.Patience);
        Assert.Equal(
            copies.Keys.Where(address => address.Container == world.Names.Vault).Select(address => $"blob.orphan {address.Name}")
                .Append($"drop.left {world.Names.Drops("school-0")}").Order(),

            // The later family was put there by hand, and into no index.
            found.Where(one => one.Code != "index.missing").Select(one => $"{one.Code} {one.Reference}").Order());
        using var council = World.As(host, "testshire-council", Role.Coordinator);
        var notice = Assert.Single((await council.GetAsync<OutboxDocument[]>("/agencies/testshire-council/outbox", World.Patience))
            .Select(document => document.Name), name => name.StartsWith("escalations/inventory-", StringComparison.Ordinal));
        Assert.Equal(copies.Count,
            (await council.GetAsync<InventoryFindings>($"/agencies/testshire-council/outbox/{notice}", World.Patience)).Number);
    }

    private static async Task DestroyedAsync(Func<Task> open) =>
        Assert.Equal("key.destroyed", (await Assert.ThrowsAsync<SealException>(open)).Code);

    private static async Task CopyAsync(LocalHost host, string container, Dictionary<BlobAddress, byte[]> copies)
    {
        var blobs = host.Services.GetRequiredService<Stores>().Blobs;
        await foreach (var blob in blobs.ListAsync(container, prefix: null, World.Patience))
        {
            await using var download = await blobs.OpenReadAsync(blob.Blob, ifMatch: null, World.Patience);
            using var content = new MemoryStream();
            await download.Content.CopyToAsync(content);
            copies.Add(blob.Blob, content.ToArray());
        }
    }

    private static async Task<Family> FamilyAsync(LocalHost host, DateTimeOffset now, int days)
    {
        using var hand = WriteWatch.ByHand();
        var register = host.Services.GetRequiredService<Registers>().Families;
        var family = new Family
        {
            Id = Reference.New(),
            State = CohortState.Recorded,
            Programme = "phase-1@001",
            Authority = "testshire-council",
            RunId = Reference.New(),
            FoundAt = now,
            Members = [Reference.New()],
            DueAt = now.AddDays(days),
            RetentionRule = "ours",
        };
        var recorded = await register.TryAddAsync(family, World.Patience);
        var blob = new FamilyBlob(
            SealedBlob.Of(family.Id), "school-0", "testshire", "2025-01-01", World.Attendance, [Use.Identification], Attendance.Id,
                Attendance.Version, Reference.New(), DateOnly.FromDateTime(now.UtcDateTime), 1);
        var (records, explanation) = await host.Services.GetRequiredService<FamilyVault>().SealAsync(
            [new(blob, [new(2, family.Members[0], new Dictionary<string, string> { ["surname"] = "Somebody" })])],
            SealedBlob.Of(family.Id).Name,
            "testshire-council",
            new FamilyExplanation("", ["It was found."], []),
            World.Patience);
        var kept = family with { State = CohortState.InCohort, Records = records, Explanation = explanation };
        return (await register.ChangeAsync(recorded!, kept, World.Patience)).Row;
    }
}
