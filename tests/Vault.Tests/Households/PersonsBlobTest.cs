using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TfFlow.Linkage;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Tests.Households;

public sealed class PersonsBlobTest
{
    private static readonly Gen<(int Records, int Households, int GroupRecords, int Seed)> Shapes =
        from records in Gen.Choose(0, 200)
        from households in Gen.Choose(1, 40)
        from groupRecords in Gen.Choose(1, 60)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select (records, households, groupRecords, seed);

    [Fact]
    public void The_named_households_open_in_the_order_written_and_no_others() => Properties.Hold(60, Shapes, shape =>
    {
        var random = new Random(shape.Seed);
        var records = Enumerable.Range(0, shape.Records).Select(i => (Household: random.Next(shape.Households), Record: Bytes(random, random.Next(300)))).ToList();
        var wanted = Enumerable.Range(0, shape.Households + 2).Where(_ => random.Next(2) == 0).Append(shape.Households + 5).ToHashSet();
        using var persons = Persons.SealAsync(records, shape.GroupRecords).GetAwaiter().GetResult();

        var opened = persons.OpenAsync(wanted).GetAwaiter().GetResult();

        var expected = records.Where(record => wanted.Contains(record.Household)).GroupBy(record => Persons.Household(record.Household), record => record.Record).ToList();
        Assert.Equal(expected.Select(group => group.Key).Order(), opened.Keys.Order());
        Assert.All(expected, group => Assert.Equal(group.ToList(), opened[group.Key]));
    });

    [Fact]
    public async Task Many_groups_open_by_a_few_small_ranges()
    {
        var records = Enumerable.Range(0, 150_000).Select(i => (i % 50_000, Encoding.ASCII.GetBytes($"{i},Ottoline Quill,2019-04-05,12 Larkspur Rise,{new string('x', 100)}")));
        using var persons = await Persons.SealAsync(records);
        var blob = new MemoryBlob(persons.Sealed);

        var opened = await persons.OpenAsync(blob, [3, 40_000]);

        Assert.Equal(2, opened.Count);
        Assert.Equal(["3", "50003", "100003"], opened[Persons.Household(3)].Select(record => Encoding.ASCII.GetString(record).Split(',')[0]));
        Assert.InRange(blob.BytesRead, 1, persons.Sealed.Length / 4);
        Assert.Equal(-1, persons.Sealed.AsSpan().IndexOf("Ottoline"u8));
        Assert.Equal(-1, persons.Sealed.AsSpan().IndexOf(ToBytes(Persons.Household(3))));
    }

    [Fact]
    public async Task A_record_may_be_empty_or_as_long_as_a_mebibyte_and_no_longer()
    {
        var random = new Random(1);
        var longest = Bytes(random, PersonsFormat.MaxRecord);
        var records = Enumerable.Range(0, 20).Select(i => (i % 2, i == 4 ? [] : longest));
        using var persons = await Persons.SealAsync(records);

        var opened = await persons.OpenAsync([0]);

        var read = opened[Persons.Household(0)];
        Assert.Equal([1, 1, 0, 1, 1, 1, 1, 1, 1, 1], read.Select(record => record.Length / PersonsFormat.MaxRecord));
        Assert.All(read, record => Assert.True(record.Length == 0 || record.AsSpan().SequenceEqual(longest)));
        await Assert.ThrowsAsync<ArgumentException>(() => Persons.SealAsync([(0, new byte[PersonsFormat.MaxRecord + 1])]));
    }

    [Fact]
    public async Task A_blob_without_records_opens_to_none()
    {
        using var persons = await Persons.SealAsync([]);

        Assert.Empty(await persons.OpenAsync([1, 2, 3]));
    }

    [Fact]
    public async Task The_reader_tells_how_many_records_the_blob_holds()
    {
        using var persons = await Persons.SealAsync(Enumerable.Range(0, 25).Select(i => (i, new byte[] { 1 })), groupRecords: 10);
        using var keys = persons.Keys([1]);

        var reader = await PersonsReader.OpenAsync(new MemoryBlob(persons.Sealed), Persons.Address, keys, default);

        Assert.Equal(25, reader.Records);
    }

    [Fact]
    public async Task A_record_is_zeroed_when_its_message_is_done()
    {
        using var persons = await Persons.SealAsync([(1, [1, 2, 3]), (2, [4, 5, 6])]);
        using var keys = persons.Keys([1, 2]);
        var reader = await PersonsReader.OpenAsync(new MemoryBlob(persons.Sealed), Persons.Address, keys, default);
        var seen = new List<ReadOnlyMemory<byte>>();

        await foreach (var record in reader.ReadAsync(default))
        {
            Assert.NotEqual(0, record.Content.Span[0]);
            seen.Add(record.Content);
        }

        Assert.All(seen, record => Assert.Equal(new byte[3], record.ToArray()));
    }

    [Fact]
    public async Task A_data_key_seals_one_persons_blob()
    {
        using var key = new DataKey("test", "personal/one", Persons.Originator, KeyGrain.Household, new byte[32], isNew: true);
        using (var writer = new PersonsWriter(new MemoryStream(), key))
        {
            await writer.CompleteAsync(default);
        }

        Assert.Throws<InvalidOperationException>(() => new PersonsWriter(new MemoryStream(), key));
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] ToBytes(HouseholdPseudonym household)
    {
        var bytes = new byte[HouseholdPseudonym.Size];
        household.CopyTo(bytes);
        return bytes;
    }
}
