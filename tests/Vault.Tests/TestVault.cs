using System.Security.Cryptography;
using TfFlow.TestKit;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Sealing;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests;

/// <summary>A key table and a key ring of a test's own, on Azurite and in a temporary folder.</summary>
internal sealed class TestVault : IDisposable
{
    public const string Originator = "northshire-police";

    private readonly string folder = Directory.CreateTempSubdirectory("tfflow-keys-").FullName;

    private TestVault(AzuriteFixture azurite)
    {
        Tables = new TableStore(azurite.Keys);
        Blobs = azurite.Blobs;
        Ring = new FileKeyRing(RingFolder);
        Keys = new DataKeys(Tables, Ring, Table);
    }

    public string RingFolder => Path.Combine(folder, "ring");

    public string Table { get; } = AzuriteFixture.FreshName("datakeys");

    public string Container { get; } = AzuriteFixture.FreshName("personal");

    public ITableStore Tables { get; }

    public IBlobStore Blobs { get; }

    public FileKeyRing Ring { get; }

    public DataKeys Keys { get; }

    public DropKeys Drops => new(Keys);

    public SealedDocuments Documents => new(Blobs, Keys, Container);

    public static async Task<TestVault> CreateAsync(AzuriteFixture azurite)
    {
        var vault = new TestVault(azurite);
        await vault.Keys.CreateTableAsync(default);
        await vault.Blobs.CreateContainerAsync(vault.Container, default);
        return vault;
    }

    public BlobAddress NewAddress() => new(Container, RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <summary>The same key table under another ring, as after a restore into the wrong place.</summary>
    public DataKeys WithOtherRing() => new(Tables, new FileKeyRing(Path.Combine(folder, "other")), Table);

    /// <summary>Changes a property of a key row, as someone with access to the table could.</summary>
    public async Task TamperAsync(string reference, string property, object value)
    {
        var row = (await Tables.GetAsync(Table, reference, "key", default))!;
        row[property] = value;
        await Tables.SubmitAsync(Table, TableWrite.Replace(row), default);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}

internal static class DataKeysExtensions
{
    /// <summary>A key of no owner, under a random reference.</summary>
    public static async Task<DataKey> CreateAsync(this DataKeys keys, string blob, string originator, KeyGrain grain, CancellationToken cancellationToken) =>
        (await keys.CreateAsync([new(RandomNumberGenerator.GetHexString(20, lowercase: true), blob, originator, grain)], cancellationToken))[0];
}
