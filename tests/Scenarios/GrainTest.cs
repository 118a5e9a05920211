using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Linkage;
using TfFlow.Programme.Extracts;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios;

/// <summary>Opening and erasing go by household, in an extract that came through the whole intake.</summary>
public class GrainTest
{
    private const int Households = 10_000;

    private static readonly DatasetSpecification Attendance = DatasetCatalogue.Find("school-attendance")!;

    [Fact]
    public async Task Of_ten_thousand_households_only_the_37_opened_are_read_and_only_the_5_kept_outlive_the_erasure()
    {
        await using var world = await World.CreateAloneAsync();
        await using var host = await world.StartAsync();
        using var byHand = WriteWatch.ByHand();
        var (stores, keys) = (host.Services.GetRequiredService<Stores>(), host.Services.GetRequiredService<DataKeys>());
        var dropped = await World.DropAsync(host, OneChildAHousehold());
        var extract = (await host.Services.GetRequiredService<Registers>().Extracts.GetAsync(dropped.Id, World.Patience)).Row;
        var persons = new PersonsBlob(new("vault", extract.Sealed!.Persons.Name), extract.Sealed.Persons.Name);
        var households = await HouseholdsInFactsAsync(stores, keys, extract);
        Assert.Equal(Households, households.Distinct().Count());

        Assert.Equal(37, await OpenAsync(stores.Blobs, keys, persons, [.. households.Take(37)]));
        Assert.Equal(37, (await keys.FindAsync(persons.KeyReference, World.Patience))!.Openings);

        // What is kept goes the way that matching goes.
        var vault = host.Services.GetRequiredService<FamilyVault>();
        var rows = new List<FamilyRow>();
        await host.Services.GetRequiredService<PeopleReader>().ReadAsync(
            persons.KeyReference, Attendance, [.. households.Take(5)], (row, fields) => rows.Add(new(row, "", fields)), World.Patience);
        Assert.Equal(5, rows.Count);
        var family = Kept(extract);
        family = (await vault.SealAsync([new(family, rows)], World.Patience))[0];
        await using var copy = await world.CopyAzuriteAsync();
        await host.Services.GetRequiredService<Erasure>().EraseAsync(extract.Id, extract.Sealed.Blobs, World.Patience);

        // The family's five can still be opened; of the copy nothing can, whichever key that is left is tried.
        Assert.Equal(rows.Select(row => row.Row), (await vault.ReadAsync(family, World.Patience)).Select(row => row.Row));
        var stolen = new BlobStore(copy.ConnectionString(AzuriteAccounts.Personal));
        Assert.NotNull(await stolen.GetPropertiesAsync(persons.Address, World.Patience));
        var destroyed = await Assert.ThrowsAsync<SealException>(() => OpenAsync(stolen, keys, persons, [households[7_000]]));
        Assert.Equal("key.destroyed", destroyed.Code);
        var left = await keys.ListAsync(World.Patience).Select(row => row.Reference).ToListAsync();
        Assert.Equal([family.Blob.Name], left);
    }

    private static FamilyBlob Kept(Extract extract) => new(
        new SealedBlob(Reference.New()), extract.Agency, extract.Agreement, extract.AgreementVersion, extract.Exchange, [], Attendance.Id, Attendance.Version, extract.Id, World.Today, 5);

    private static async Task<int> OpenAsync(IBlobStore blobs, DataKeys keys, PersonsBlob persons, IReadOnlyCollection<HouseholdPseudonym> households)
    {
        using var opened = await keys.OpenHouseholdsAsync(persons.KeyReference, households, World.Patience);
        var reader = await PersonsReader.OpenAsync(blobs, persons.Address, opened, World.Patience);
        var records = 0;
        await foreach (var record in reader.ReadAsync(World.Patience))
        {
            Assert.Contains(record.Household, households);
            records++;
        }

        return records;
    }

    private static async Task<List<HouseholdPseudonym>> HouseholdsInFactsAsync(Stores stores, DataKeys keys, Extract extract)
    {
        using var key = await keys.OpenAsync(extract.Sealed!.Facts.Name, World.Patience);
        await using var download = await stores.Blobs.OpenReadAsync(new("vault", extract.Sealed.Facts.Name), ifMatch: null, World.Patience);
        await using var segments = new SegmentReader(download.Content, key);
        using var content = new MemoryStream();
        await segments.CopyToAsync(content);
        return Read(content.ToArray());

        static List<HouseholdPseudonym> Read(byte[] facts)
        {
            var households = new List<HouseholdPseudonym>();
            var records = new RecordReader(facts);
            Assert.True(new RecordReader(records.Field()).Field().SequenceEqual("facts"u8));
            while (!records.AtEnd)
            {
                households.Add(HouseholdPseudonym.FromBytes(new RecordReader(records.Field()).Field()));
            }

            return households;
        }
    }

    private static byte[] OneChildAHousehold()
    {
        var csv = new CsvBuilder().Row(
            "Surname", "Forenames", "Date of birth", "Address", "Postcode", "Term starts", "Possible sessions", "Unauthorised sessions",
            "Authorised sessions", "Fixed exclusions", "Permanent exclusion", "Provision", "Previously excluded");
        for (var i = 0; i < Households; i++)
        {
            csv.Row(
                Names.Family[i % Names.Family.Length],
                Names.Given[i % Names.Given.Length],
                CsvBuilder.Date(World.Today.AddDays(-3_000 - (i % 1_500))),
                string.Create(CultureInfo.InvariantCulture, $"{(i / 10) + 1} Weavers Green"),
                $"LE{(i % 10) + 1} 1AA",
                CsvBuilder.Date(World.Today.AddMonths(-3)),
                "130",
                "2",
                "3",
                "0",
                "no",
                "school",
                "");
        }

        return csv.ToUtf8();
    }

    private sealed record PersonsBlob(BlobAddress Address, string KeyReference);
}
