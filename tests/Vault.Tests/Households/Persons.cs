using System.Security.Cryptography;
using TfFlow.Linkage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Households;

/// <summary>A persons blob in memory.</summary>
internal sealed class Persons : IDisposable
{
    public static readonly BlobAddress Address = new("personal", "5e11ed");
    public const string Originator = "northshire-police";

    private readonly byte[] dataKey = RandomNumberGenerator.GetBytes(32);

    public required byte[] Sealed { get; init; }

    public static HouseholdPseudonym Household(int i) => HouseholdPseudonym.FromBytes(SHA256.HashData(BitConverter.GetBytes(i)).AsSpan(0, 16));

    public static async Task<Persons> SealAsync(IEnumerable<(int Household, byte[] Record)> records, int groupRecords = PersonsFormat.GroupRecords, BlobAddress? address = null)
    {
        using var output = new MemoryStream();
        var persons = new Persons { Sealed = [] };
        using var key = new DataKey("test", (address ?? Address).ToString(), Originator, KeyGrain.Household, persons.dataKey, isNew: true);
        using var writer = new PersonsWriter(output, key, groupRecords);
        foreach (var (household, record) in records)
        {
            await writer.AppendAsync(Household(household), record, default);
        }

        await writer.CompleteAsync(default);
        return new(persons.dataKey) { Sealed = output.ToArray() };
    }

    public HouseholdKeys Keys(IEnumerable<int> households, BlobAddress? address = null) => new(
        new KeyRow { Reference = "test", Blob = (address ?? Address).ToString(), Originator = Originator, Grain = KeyGrain.Household, Epoch = 1, Openings = 0 },
        [.. households.Select(Household)],
        dataKey);

    public Task<Dictionary<HouseholdPseudonym, List<byte[]>>> OpenAsync(IEnumerable<int> households, byte[]? content = null) =>
        OpenAsync(new MemoryBlob(content ?? Sealed), households);

    public async Task<Dictionary<HouseholdPseudonym, List<byte[]>>> OpenAsync(MemoryBlob blob, IEnumerable<int> households)
    {
        using var keys = Keys(households);
        return await ReadAsync(blob, Address, keys);
    }

    public Task<SealException> RefusalAsync(byte[] content, params int[] households) => Assert.ThrowsAsync<SealException>(() => OpenAsync(households, content));

    public static async Task<Dictionary<HouseholdPseudonym, List<byte[]>>> ReadAsync(IBlobStore blobs, BlobAddress address, HouseholdKeys keys)
    {
        var opened = new Dictionary<HouseholdPseudonym, List<byte[]>>();
        var reader = await PersonsReader.OpenAsync(blobs, address, keys, default);
        await foreach (var (household, record) in reader.ReadAsync(default))
        {
            opened.TryAdd(household, []);
            opened[household].Add(record.ToArray());
        }

        return opened;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(dataKey);

    private Persons(byte[]? key = null) => dataKey = key ?? dataKey;
}
