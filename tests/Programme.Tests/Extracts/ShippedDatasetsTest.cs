using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts;

/// <summary>Every shipped dataset against an empty file, its own example and a damaged one.</summary>
public sealed class ShippedDatasetsTest
{
    public static TheoryData<string> Ids => [.. DatasetCatalogue.All.Keys];

    [Fact]
    public void The_datasets_of_the_exchanges_ship() => Assert.Equal(
        [
            "adults-social-care", "asb-disposals", "asb-perpetrators", "benefits", "child-health", "childrens-social-care", "csps-children", "csps-scores", "domestic-violence",
            "employment-programmes", "families", "household-finance", "household-list", "housing", "incidents", "key-worker-information", "local-concerns", "markers", "nhs-services",
            "nominations", "police-nominals", "police-persons", "probation-parents", "proven-offences-by-month", "return-education", "return-health",
            "return-offences", "return-police", "return-probation", "return-work", "return-youth-offending", "school-attendance", "school-census", "study-linkage", "study-submission", "youth-offences",
        ], DatasetCatalogue.All.Keys);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_empty_file_is_refused(string id)
    {
        var dataset = DatasetCatalogue.Find(id)!;
        var (outcome, _) = await Reading.ReadAsync(Header(dataset), dataset);
        Assert.Equal(["file.no-rows"], outcome.Places());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_example_is_a_value_its_column_takes(string id)
    {
        foreach (var column in DatasetCatalogue.Find(id)!.Columns)
        {
            if (column.Example.Length == 0)
            {
                Assert.False(column.Required, column.Name);
                continue;
            }

            var rule = column.Validator.Normalise(Encoding.UTF8.GetBytes(column.Example), new ValueWriter());
            Assert.True(rule is null, $"{id}, {column.Name}: {rule}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_row_of_blanks_and_a_row_of_nonsense_end_clearly(string id)
    {
        var dataset = DatasetCatalogue.Find(id)!;
        var nonsense = string.Join(',', dataset.Columns.Select(_ => "\u00A7?"));
        var (outcome, rows) = await Reading.ReadAsync($"{Header(dataset)}{new string(',', dataset.Columns.Count - 1)}\n{nonsense}\n", dataset);
        Assert.Equal(ExtractState.Quarantined, outcome.State);
        Assert.Equal(1, outcome.Rows);
        Assert.Empty(rows);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_household_can_be_told_from_address_and_postcode_or_is_given(string id)
    {
        var dataset = DatasetCatalogue.Find(id)!;
        var named = dataset.Find(IdentityColumns.Surname) >= 0;
        Assert.Equal(named, dataset.Find(IdentityColumns.Forenames) >= 0 && dataset.Find(IdentityColumns.DateOfBirth) >= 0 && dataset.Find(IdentityColumns.Address) >= 0 && dataset.Find(IdentityColumns.Postcode) >= 0);
        Assert.True(named || dataset.Find(IdentityColumns.Household) >= 0 || dataset.IdentityColumns.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Whoever_reads_a_codebook_finds_words(string id) => Assert.All(DatasetCatalogue.Find(id)!.Columns, column =>
    {
        Assert.NotEmpty(column.Description);
        Assert.NotEmpty(column.Validator.Describes);
        Assert.NotEmpty(column.Validator.Name);
    });

    [Fact]
    public void Free_text_is_never_a_key() => Assert.All(DatasetCatalogue.All.Values, dataset =>
        Assert.DoesNotContain(dataset.Unique, column => dataset.Columns[column] is { Validator: TextValidator, Name: not ("address" or "offence" or "service") }));

    private static string Header(DatasetSpecification dataset) => string.Join(',', dataset.Columns.Select(column => column.Header)) + "\n";
}
