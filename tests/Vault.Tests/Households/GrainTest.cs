using System.Text;
using TfFlow.Linkage;
using TfFlow.TestKit;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;
using TfFlow.Vault.Tests.Envelope;

namespace TfFlow.Vault.Tests.Households;

/// <summary>The grain of opening and erasing is the household: from an extract of 10,000, 37 are opened, 5 kept, the rest erased.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class GrainTest(AzuriteFixture azurite)
{
    private const int Households = 10_000;

    private static readonly int[] Opened = [.. Enumerable.Range(0, 37).Select(i => i * 271)];
    private static readonly int[] Kept = Opened[..5];

    [Fact]
    public async Task Of_10_000_households_37_open_5_are_kept_and_the_rest_is_gone_for_whoever_holds_all_but_the_destroyed_keys()
    {
        using var vault = await TestVault.CreateAsync(azurite);
        var facts = await SealFactsAsync(vault);
        var persons = await SealPersonsAsync(vault);

        // Open exactly 37: 37 are counted, 37 can be read.
        IndexedMessages messages;
        Dictionary<HouseholdPseudonym, List<byte[]>> opened;
        using (var keys = await vault.Keys.OpenHouseholdsAsync(persons.KeyReference, Opened.Select(Persons.Household), default))
        {
            opened = await Persons.ReadAsync(vault.Blobs, persons.Address, keys);
            AssertRecords(Opened, opened);
            Assert.Equal(37, (await vault.Keys.FindAsync(persons.KeyReference, default))!.Openings);
            messages = await IndexedMessages.ReadAsync(vault.Blobs, persons.Address, keys);
            Assert.Equal(Households, messages.Entries.Count);
            messages.Thin(Opened.Select(Persons.Household), every: 10);
            Assert.Equal(Opened.Length, messages.CountOpenedBy([.. Opened.Select(i => keys.KeyOf(Persons.Household(i)).ToArray()), keys.IndexKey.ToArray()]));
        }

        // Keep 5, each in a blob of its own; destroy the extract's keys and delete its blobs.
        var copy = await CopyAsync(vault, persons.Address);
        var factsCopy = await CopyAsync(vault, facts.Address);
        var families = new List<(int Household, string Name)>();
        foreach (var household in Kept)
        {
            families.Add((household, vault.NewAddress().Name));
            await vault.Documents.SealAsync(families[^1].Name, Persons.Originator, Joined(opened[Persons.Household(household)]), default);
        }

        foreach (var (address, key) in new[] { (persons.Address, persons.KeyReference), facts })
        {
            await vault.Keys.DestroyAsync(key, default);
            Assert.True(await vault.Blobs.DeleteAsync(address, null, default));
        }

        // The five are there.
        foreach (var (household, family) in families)
        {
            Assert.Equal(Joined([Record(household, 0), Record(household, 1)]), await vault.Documents.OpenAsync(family, default));
        }

        // The copies are put back, and everything that is left is tried on them.
        await vault.Blobs.PutAsync(persons.Address, copy, WriteCondition.None, default);
        await vault.Blobs.PutAsync(facts.Address, factsCopy, WriteCondition.None, default);
        await AssertDestroyedAsync(vault, persons.KeyReference);

        var everyKey = await EveryKeyLeftAsync(vault);
        Assert.Equal(families.Count + 1, everyKey.Count);
        Assert.Equal(0, messages.CountOpenedBy(everyKey));
        Assert.Equal(0, messages.CountOpenedByDerivationFrom(everyKey));
        foreach (var key in everyKey)
        {
            using var stolen = new DataKey("stolen", facts.Address.ToString(), Persons.Originator, KeyGrain.Blob, key, isNew: false);
            Assert.Equal(SealError.Altered, Segments.TryOpen(factsCopy, stolen).Refusal!.Error);
        }

        foreach (var (household, family) in families)
        {
            await AssertRowOfAnotherBlobOpensNothingAsync(vault, persons, family, household);
        }
    }

    [Fact]
    public async Task A_household_the_extract_does_not_hold_opens_no_records()
    {
        using var vault = await TestVault.CreateAsync(azurite);
        var persons = await SealPersonsAsync(vault, households: 3);

        using var keys = await vault.Keys.OpenHouseholdsAsync(persons.KeyReference, [Persons.Household(77)], default);

        Assert.Empty(await Persons.ReadAsync(vault.Blobs, persons.Address, keys));
    }

    [Fact]
    public async Task Keeping_a_family_never_writes_over_a_blob()
    {
        using var vault = await TestVault.CreateAsync(azurite);
        var persons = await SealPersonsAsync(vault, households: 3);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => vault.Documents.SealAsync(persons.Address.Name, Persons.Originator, Record(0, 0), default));

        Assert.Equal(StorageError.AlreadyExists, refusal.Error);
        using var keys = await vault.Keys.OpenHouseholdsAsync(persons.KeyReference, [Persons.Household(0)], default);
        AssertRecords([0], await Persons.ReadAsync(vault.Blobs, persons.Address, keys));
    }

    [Fact]
    public async Task A_blob_replaced_while_it_is_read_is_not_mixed()
    {
        using var vault = await TestVault.CreateAsync(azurite);
        var persons = await SealPersonsAsync(vault, households: 3);
        using var keys = await vault.Keys.OpenHouseholdsAsync(persons.KeyReference, [Persons.Household(0)], default);
        var reader = await PersonsReader.OpenAsync(vault.Blobs, persons.Address, keys, default);

        await vault.Blobs.PutAsync(persons.Address, await CopyAsync(vault, persons.Address), WriteCondition.None, default);

        var refusal = await Assert.ThrowsAsync<StorageException>(async () => await reader.ReadAsync(default).GetAsyncEnumerator().MoveNextAsync());
        Assert.Equal(StorageError.ConditionNotMet, refusal.Error);
    }

    [Fact]
    public async Task A_persons_blob_that_is_not_there_is_said_to_be()
    {
        using var vault = await TestVault.CreateAsync(azurite);
        var persons = await SealPersonsAsync(vault, households: 3);
        using var keys = await vault.Keys.OpenHouseholdsAsync(persons.KeyReference, [Persons.Household(0)], default);
        await vault.Blobs.DeleteAsync(persons.Address, null, default);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => PersonsReader.OpenAsync(vault.Blobs, persons.Address, keys, default));

        Assert.Equal((StorageError.NotFound, persons.Address.ToString()), (refusal.Error, refusal.Resource));
    }

    private static byte[] Record(int household, int person) => Encoding.UTF8.GetBytes($"{household}:{person},Ottoline,Quill,{household % 28 + 1:00}/04/2011,{household} Larkspur Rise");

    private static byte[] Joined(List<byte[]> records) => [.. records.SelectMany(record => record)];

    private static async Task<PersonsBlob> SealPersonsAsync(TestVault vault, int households = Households)
    {
        var address = vault.NewAddress();
        using var key = await vault.Keys.CreateAsync(address.ToString(), Persons.Originator, KeyGrain.Household, default);
        await using var output = vault.Blobs.OpenWrite(address, WriteCondition.CreateOnly);
        using var writer = new PersonsWriter(output, key);
        foreach (var person in new[] { 0, 1 })
        {
            for (var household = 0; household < households; household++)
            {
                await writer.AppendAsync(Persons.Household(household), Record(household, person), default);
            }
        }

        await writer.CompleteAsync(default);
        await output.CommitAsync(default);
        return new(address, key.Reference);
    }

    private static async Task<(BlobAddress Address, string KeyReference)> SealFactsAsync(TestVault vault)
    {
        var address = vault.NewAddress();
        using var key = await vault.Keys.CreateAsync(address.ToString(), Persons.Originator, KeyGrain.Blob, default);
        await using var output = vault.Blobs.OpenWrite(address, WriteCondition.CreateOnly);
        await using var writer = new SegmentWriter(output, key);
        for (var household = 0; household < Households; household++)
        {
            await writer.WriteAsync(Encoding.UTF8.GetBytes($"{Persons.Household(household)},{household},1,0,1\n"));
        }

        await writer.CompleteAsync(default);
        await output.CommitAsync(default);
        return (address, key.Reference);
    }

    private static async Task<byte[]> CopyAsync(TestVault vault, BlobAddress address)
    {
        await using var download = await vault.Blobs.OpenReadAsync(address, null, default);
        using var copy = new MemoryStream();
        await download.Content.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static void AssertRecords(int[] households, Dictionary<HouseholdPseudonym, List<byte[]>> opened)
    {
        Assert.Equal(households.Length, opened.Count);
        Assert.All(households, household => Assert.Equal([Record(household, 0), Record(household, 1)], opened[Persons.Household(household)]));
    }

    // Every data key and key-encryption key that still exists, raw.
    private static async Task<List<byte[]>> EveryKeyLeftAsync(TestVault vault)
    {
        var all = new List<byte[]>();
        await foreach (var row in vault.Keys.ListAsync(default))
        {
            using var kek = await vault.Ring.GetAsync(row.KeyId, default);
            all.Add(kek.Unwrap(row.Wrapped));
        }

        foreach (var file in Directory.GetFiles(vault.RingFolder, "*.key"))
        {
            all.Add(await File.ReadAllBytesAsync(file));
        }

        return all;
    }

    private static async Task AssertDestroyedAsync(TestVault vault, string reference)
    {
        var refusal = await Assert.ThrowsAsync<SealException>(() => vault.Keys.OpenHouseholdsAsync(reference, [Persons.Household(Kept[0])], default));
        Assert.Equal(SealError.KeyDestroyed, refusal.Error);
    }

    // The wrapped key of a kept family, passed off as the extract's and as one that opens by household.
    private static async Task AssertRowOfAnotherBlobOpensNothingAsync(TestVault vault, PersonsBlob erased, string reference, int household)
    {
        await vault.TamperAsync(reference, nameof(KeyRow.Blob), erased.Address.ToString());
        await vault.TamperAsync(reference, nameof(KeyRow.Grain), (int)KeyGrain.Household);
        using var keys = await vault.Keys.OpenHouseholdsAsync(reference, [Persons.Household(household), Persons.Household(household + 1)], default);
        var refusal = await Assert.ThrowsAsync<SealException>(() => PersonsReader.OpenAsync(vault.Blobs, erased.Address, keys, default));
        Assert.Equal((SealError.Altered, erased.Address.ToString()), (refusal.Error, refusal.Blob));
    }

    private sealed record PersonsBlob(BlobAddress Address, string KeyReference);
}
