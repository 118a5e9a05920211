using System.Text;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme.Extracts;
using TfFlow.TestKit;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Tests.Matching;

[Collection(AzuriteFixture.Collection)]
public sealed class FactsReaderTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DatasetSpecification Specification = DatasetCatalogue.All["school-attendance"];
    private static readonly string Column = Specification.Columns[Specification.IndicatorColumns[0]].Name;

    private readonly string folder = Directory.CreateTempSubdirectory("tfflow-facts-").FullName;
    private readonly StoreNames names = new(AzuriteFixture.FreshName("facts"));
    private DataKeys keys = null!;

    public async Task InitializeAsync()
    {
        keys = new(new TableStore(azurite.Keys), new FileKeyRing(Path.Combine(folder, "ring")), names.Keys);
        await keys.CreateTableAsync(default);
        await azurite.Blobs.CreateContainerAsync(names.Vault, default);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Facts_of_this_version_and_of_an_earlier_one_are_read_by_the_names_of_their_columns(int versions)
    {
        await SealAsync("extract-facts", Specification.Version + versions);

        var row = Assert.Single(await ReadAsync("extract-facts"));

        Assert.Equal((new HouseholdPseudonym(7), 3L, "spring"), (row.Household, row.Row, row.Fields[Column]));
    }

    [Fact]
    public async Task Facts_of_a_later_version_are_refused()
    {
        await SealAsync("extract-later", Specification.Version + 1);

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync("extract-later"));
    }

    private async Task SealAsync(string name, int version)
    {
        var (content, record, framed) = (new MemoryStream(), new RecordWriter(), new RecordWriter());
        record.Begin().Field("facts"u8).Field(Encoding.UTF8.GetBytes(Specification.Id)).Field(version).Field(Encoding.UTF8.GetBytes(Column));
        content.Write(framed.Begin().Field(record).Written.Span);
        var household = new byte[HouseholdPseudonym.Size];
        new HouseholdPseudonym(7).CopyTo(household);
        record.Begin().Field(household).Field(3).Field("1"u8).Field("spring"u8);
        content.Write(framed.Begin().Field(record).Written.Span);
        await new SealedDocuments(azurite.Blobs, keys, names.Vault).SealAsync(name, "northshire-schools", content.ToArray(), default);
    }

    private async Task<List<FactRow>> ReadAsync(string name)
    {
        var rows = new List<FactRow>();
        var stores = new Stores(azurite.Blobs, azurite.Tables, new TableStore(azurite.Keys));
        await new FactsReader(stores, names, keys).ReadAsync(name, Specification, _ => true, rows.Add, default);
        return rows;
    }
}
