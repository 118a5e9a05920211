using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Quality;

namespace TfFlow.Programme.Tests.Extracts.Quality;

public sealed class DiscoveryRulesTest
{
    private static readonly DateOnly Today = new(2025, 10, 31);

    private static readonly QualityProfile Good = new(
        "school-census", new(2025, 10, 1), Rows: 100, new Dictionary<string, double> { ["surname"] = 100, ["postcode"] = 97.5 },
        Validity: 99, Uniqueness: 100, Located: 96, Age: null);

    public static TheoryData<string, QualityProfile> Bad => new()
    {
        { "a profile of the dataset school-census", Good with { Dataset = "child-health" } },
        { "the columns of school-census alone", Good with { Completeness = new Dictionary<string, double> { ["Marlowe"] = 100 } } },
        { "at least one row", Good with { Rows = 0 } },
        { "as 'tfflow profile --save' writes it", Good with { Validity = 101 } },
        { "as 'tfflow profile --save' writes it", Good with { Completeness = new Dictionary<string, double> { ["surname"] = double.NaN } } },
        { "as 'tfflow profile --save' writes it", Good with { Age = -1 } },
        { "of the last 366 days", Good with { AsOf = new(2024, 10, 1) } },
        { "of the last 366 days", Good with { AsOf = new(2025, 11, 1) } },
    };

    [Fact]
    public void A_profile_of_the_exchanges_dataset_can_be_filed() => Assert.Empty(DiscoveryRules.ToFile(Good, Dataset("school-census"), Today));

    [Fact]
    public void A_household_list_is_profiled_by_its_addresses() => Assert.Empty(DiscoveryRules.ToFile(
        Good with { Dataset = "household-list", Completeness = new Dictionary<string, double> { ["address"] = 100, ["postcode"] = 100 } },
        Dataset("household-list"), Today));

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_profile_of_it_is_not_filed(string what, QualityProfile profile) =>
        Assert.Contains(what, Assert.Single(DiscoveryRules.ToFile(profile, Dataset("school-census"), Today)).What, StringComparison.Ordinal);

    private static DatasetSpecification Dataset(string id) => DatasetCatalogue.All[id];
}
