using TfFlow.Linkage;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;
using TfFlow.Vault.Tests.Envelope;

namespace TfFlow.Vault.Tests.Keys;

[Collection(AzuriteFixture.Collection)]
public sealed class DataKeysTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Blob = "personal/0f1e2d";
    private const string Originator = TestVault.Originator;

    private TestVault vault = null!;

    private DataKeys Keys => vault.Keys;

    public async Task InitializeAsync() => vault = await TestVault.CreateAsync(azurite);

    public Task DisposeAsync()
    {
        vault.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_key_is_random_wrapped_in_its_row_and_opens_what_it_sealed()
    {
        using var key = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        using var other = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        var sealedContent = await Segments.SealAsync([1, 2, 3], key);

        using var opened = await Keys.OpenAsync(key.Reference, default);

        Assert.Equal([1, 2, 3], Segments.Open(sealedContent, opened));
        Assert.NotEqual(key.Bytes.ToArray(), other.Bytes.ToArray());
        var row = await Keys.FindAsync(key.Reference, default);
        Assert.Equal((Blob, Originator, 1, KeyGrain.Blob), (row!.Blob, row.Originator, row.Epoch, row.Grain));
        Assert.Equal(40, row.Wrapped.Length);
        Assert.NotEqual(key.Bytes[..8].ToArray(), row.Wrapped[8..16]);
    }

    [Fact]
    public async Task An_opened_key_seals_nothing()
    {
        using var key = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        using var opened = await Keys.OpenAsync(key.Reference, default);

        Assert.Throws<InvalidOperationException>(() => new SegmentWriter(new MemoryStream(), opened));
    }

    [Fact]
    public async Task A_key_seals_only_what_its_row_can_open_again()
    {
        using var blob = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        using var persons = await Keys.CreateAsync(Blob, Originator, KeyGrain.Household, default);

        Assert.Throws<InvalidOperationException>(() => new PersonsWriter(new MemoryStream(), blob));
        Assert.Throws<InvalidOperationException>(() => new SegmentWriter(new MemoryStream(), persons));
    }

    [Fact]
    public async Task Every_opening_is_counted_even_when_many_open_at_once()
    {
        using var blob = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        using var persons = await Keys.CreateAsync(Blob, Originator, KeyGrain.Household, default);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            (await Keys.OpenAsync(blob.Reference, default)).Dispose();
            (await Keys.OpenHouseholdsAsync(persons.Reference, Households(10 * i, 10 + i), default)).Dispose();
        }));

        Assert.Equal(6, (await Keys.FindAsync(blob.Reference, default))!.Openings);
        Assert.Equal(60 + 15, (await Keys.FindAsync(persons.Reference, default))!.Openings);
    }

    [Fact]
    public async Task A_household_named_twice_is_one_opening()
    {
        using var key = await Keys.CreateAsync(Blob, Originator, KeyGrain.Household, default);

        using var opened = await Keys.OpenHouseholdsAsync(key.Reference, [.. Households(0, 3), .. Households(0, 3)], default);

        Assert.Equal(3, opened.Households.Count);
        Assert.Equal(3, (await Keys.FindAsync(key.Reference, default))!.Openings);
    }

    [Fact]
    public async Task A_key_opens_by_its_own_grain_only_and_a_refused_opening_is_not_counted()
    {
        using var blob = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        using var persons = await Keys.CreateAsync(Blob, Originator, KeyGrain.Household, default);
        await vault.Drops.CreateAsync("grant-1", Originator, default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Keys.OpenAsync(persons.Reference, default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Keys.OpenAsync("grant-1", default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Keys.OpenHouseholdsAsync(blob.Reference, Households(0, 1), default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => vault.Drops.OpenAsync(blob.Reference, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Keys.OpenHouseholdsAsync(persons.Reference, [], default));

        await foreach (var row in Keys.ListAsync(default))
        {
            Assert.Equal(0, row.Openings);
        }
    }

    [Fact]
    public async Task A_destroyed_key_is_gone_and_destroying_it_again_is_fine()
    {
        using var key = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);

        await Keys.DestroyAsync(key.Reference, default);
        await Keys.DestroyAsync(key.Reference, default);

        Assert.Null(await Keys.FindAsync(key.Reference, default));
        await AssertRefusedAsync(SealError.KeyDestroyed, "key.destroyed", $"key {key.Reference}", key.Reference);
    }

    [Fact]
    public async Task Under_a_retired_key_encryption_key_nothing_opens()
    {
        using var key = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        await vault.Ring.RotateAsync(Originator, default);

        await vault.Ring.RetireAsync(new(Originator, 1), default);

        var refusal = await AssertRefusedAsync(SealError.KeyRetired, "key.retired", Blob, key.Reference);
        Assert.IsType<KeyRetiredException>(refusal.InnerException);
    }

    [Fact]
    public async Task A_changed_row_does_not_unwrap()
    {
        using var key = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        var wrapped = (await Keys.FindAsync(key.Reference, default))!.Wrapped;

        foreach (var changed in new[] { Segments.FlipBit(wrapped, 0), Segments.FlipBit(wrapped, 319), wrapped[..32], wrapped[..39], [.. wrapped, 0], [] })
        {
            await vault.TamperAsync(key.Reference, "Wrapped", changed);
            await AssertRefusedAsync(SealError.UnwrapFailed, "key.unwrap-failed", Blob, key.Reference);
        }
    }

    [Fact]
    public async Task A_row_that_names_another_epoch_or_originator_does_not_unwrap()
    {
        using var key = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        using var other = await Keys.CreateAsync(Blob, "westshire-schools", KeyGrain.Blob, default);
        await vault.Ring.RotateAsync(Originator, default);

        await vault.TamperAsync(key.Reference, "Epoch", 2);
        await vault.TamperAsync(other.Reference, "Originator", Originator);

        await AssertRefusedAsync(SealError.UnwrapFailed, "key.unwrap-failed", Blob, key.Reference);
        await AssertRefusedAsync(SealError.UnwrapFailed, "key.unwrap-failed", Blob, other.Reference);
    }

    [Fact]
    public async Task Another_ring_unwraps_nothing()
    {
        using var key = await Keys.CreateAsync(Blob, Originator, KeyGrain.Blob, default);
        var elsewhere = vault.WithOtherRing();

        var missing = await Assert.ThrowsAsync<SealException>(() => elsewhere.OpenAsync(key.Reference, default));
        (await elsewhere.CreateAsync(Blob, Originator, KeyGrain.Blob, default)).Dispose();
        var wrong = await Assert.ThrowsAsync<SealException>(() => elsewhere.OpenAsync(key.Reference, default));

        Assert.Equal((SealError.KeyRetired, SealError.UnwrapFailed), (missing.Error, wrong.Error));
    }

    [Fact]
    public async Task A_row_moved_to_another_blob_opens_nothing_of_it()
    {
        using var one = await Keys.CreateAsync("personal/one", Originator, KeyGrain.Blob, default);
        using var other = await Keys.CreateAsync("personal/two", Originator, KeyGrain.Blob, default);
        var sealedOne = await Segments.SealAsync([1, 2, 3], one);
        await vault.TamperAsync(other.Reference, "Blob", "personal/one");

        using var opened = await Keys.OpenAsync(other.Reference, default);

        Assert.Equal(SealError.Altered, Segments.TryOpen(sealedOne, opened).Refusal!.Error);
    }

    [Fact]
    public async Task All_rows_are_listed()
    {
        var references = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var key = await Keys.CreateAsync($"personal/{i}", Originator, KeyGrain.Household, default);
            references.Add(key.Reference);
        }

        var listed = new List<KeyRow>();
        await foreach (var row in Keys.ListAsync(default))
        {
            listed.Add(row);
        }

        Assert.Equal(references.Order(StringComparer.Ordinal), listed.Select(row => row.Reference));
        Assert.Equal(5, listed.Select(row => row.Blob).Distinct().Count());
    }

    [Fact]
    public async Task A_reference_the_caller_chose_finds_its_row_and_is_given_once()
    {
        using var key = (await Keys.CreateAsync([new("0f1e2d", Blob, Originator)], default))[0];

        var refusal = await Assert.ThrowsAsync<StorageException>(() => Keys.CreateAsync([new("0f1e2d", Blob, Originator)], default));

        Assert.Equal("0f1e2d", key.Reference);
        Assert.Equal(StorageError.AlreadyExists, refusal.Error);
        using var opened = await Keys.OpenAsync("0f1e2d", default);
        Assert.Equal(key.Bytes.ToArray(), opened.Bytes.ToArray());
    }

    [Fact]
    public async Task Keys_of_one_owner_are_created_together_or_not_at_all()
    {
        var keys = await Keys.CreateAsync([Owned("a"), Owned("b", "westshire-schools"), Owned("c")], default);
        keys.ToList().ForEach(key => key.Dispose());

        await Assert.ThrowsAsync<StorageException>(() => Keys.CreateAsync([Owned("d"), Owned("b")], default));

        var rows = await Keys.ListAsync(default).ToListAsync();
        Assert.Equal([("family-a", Originator), ("family-b", "westshire-schools"), ("family-c", Originator)], rows.Select(row => (row.Reference, row.Originator)));
    }

    [Fact]
    public async Task Keys_of_one_owner_are_opened_in_one_transaction_that_counts_each()
    {
        var created = await Keys.CreateAsync([Owned("a"), Owned("b", "westshire-schools"), Owned("c")], default);
        var counted = new FaultyTables(vault.Tables);

        var opened = await new DataKeys(counted, vault.Ring, vault.Table).OpenAsync(["family-c", "family-a"], default);

        Assert.Equal(2, counted.Operations);
        Assert.Equal([created[2].Bytes.ToArray(), created[0].Bytes.ToArray()], opened.Select(key => key.Bytes.ToArray()));
        Assert.Equal([1L, 0, 1], (await Keys.ListAsync(default).ToListAsync()).Select(row => row.Openings));
    }

    [Fact]
    public async Task Where_one_of_several_keys_is_destroyed_none_is_opened()
    {
        await Keys.CreateAsync([Owned("a"), Owned("b")], default);
        await Keys.DestroyAsync("family-b", default);

        var refusal = await Assert.ThrowsAsync<SealException>(() => Keys.OpenAsync(["family-a", "family-b"], default));

        Assert.Equal((SealError.KeyDestroyed, "key family-b"), (refusal.Error, refusal.Blob));
        Assert.Equal(0, (await Keys.FindAsync("family-a", default))!.Openings);
    }

    [Fact]
    public async Task Keys_are_destroyed_together_those_of_several_owners_and_those_gone_before()
    {
        await Keys.CreateAsync([Owned("a"), Owned("b"), Owned("c")], default);
        await Keys.CreateAsync([new("other-a", Blob, Originator)], default);
        await Keys.CreateAsync([new("alone", Blob, Originator)], default);
        await Keys.DestroyAsync("family-b", default);

        await Keys.DestroyAsync(["family-a", "family-b", "other-a", "alone"], default);

        Assert.Equal(["family-c"], (await Keys.ListAsync(default).ToListAsync()).Select(row => row.Reference));
    }

    [Fact]
    public async Task More_keys_than_a_transaction_holds_are_created_opened_and_destroyed()
    {
        string[] references = [.. Enumerable.Range(0, 130).Select(i => $"family-{i}")];
        await Keys.CreateAsync([.. Enumerable.Range(0, 130).Select(i => Owned($"{i}"))], default);

        var opened = await Keys.OpenAsync(references, default);
        Assert.Equal(references, opened.Select(key => key.Reference));
        Assert.All(await Keys.ListAsync(default).ToListAsync(), row => Assert.Equal(1, row.Openings));

        await Keys.DestroyAsync(references, default);
        Assert.Empty(await Keys.ListAsync(default).ToListAsync());
    }

    [Fact]
    public async Task Documents_of_one_owner_are_read_with_the_keys_that_were_opened_together()
    {
        await vault.Documents.SealAsync([new("family-a", Originator, new byte[] { 1 }), new("family-b", "westshire-schools", new byte[] { 2 })], default);
        await vault.Documents.SealAsync("alone", Originator, new byte[] { 3 }, default);

        using var open = vault.Documents.Open(() => ["family-b", "alone", "family-a"]);

        Assert.Equal([1], await open.ReadAsync("family-a", default));
        Assert.Equal([2], await open.ReadAsync("family-b", default));
        Assert.Equal([3], await open.ReadAsync("alone", default));
        Assert.Equal([1L, 1, 1], (await Keys.ListAsync(default).ToListAsync()).Select(row => row.Openings));
    }

    private static NewKey Owned(string name, string originator = Originator) => new($"family-{name}", Blob, originator);

    private static IEnumerable<HouseholdPseudonym> Households(int from, int count) =>
        Enumerable.Range(from, count).Select(i => new HouseholdPseudonym((UInt128)i));

    private async Task<SealException> AssertRefusedAsync(SealError error, string code, string blob, string reference)
    {
        var refusal = await Assert.ThrowsAsync<SealException>(() => Keys.OpenAsync(reference, default));
        Assert.Equal((error, code, blob), (refusal.Error, refusal.Code, refusal.Blob));
        return refusal;
    }
}
