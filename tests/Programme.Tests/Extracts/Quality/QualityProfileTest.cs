using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Quality;

namespace TfFlow.Programme.Tests.Extracts.Quality;

/// <summary>What an extract's quality is, and when it is too poor to begin with.</summary>
public sealed class QualityProfileTest
{
    private static readonly DatasetSpecification Dated = Reading.Specification("""
        dataset: dated
        version: 1
        title: t
        source: ours
        refusals: { max_percent: 100 }
        unique: [surname, forenames, date_of_birth, address, postcode]
        nda: ours
        columns:
          - { name: started, header: Started, type: date, role: indicator, sensitivity: personal, description: d, example: 01/01/2013, source: ours }
        """);

    [Fact]
    public async Task A_profile_says_what_is_filled_valid_unique_placed_and_how_old_it_is()
    {
        var profile = await ProfileAsync(
            "Marlowe,Edith,14/02/1999,12 Wharf Street,LE1 1AA,21/10/2013\n"
            + "Vane,Zoë,15/02/1999,No fixed abode,,\n"
            + "Vane,Zoë,15/02/1999,No fixed abode,,\n"
            + "Quince,Ada,31/02/1999,3 Mill Lane,LE1 1AB,\n");

        Assert.Equal((4, 50, 75, 50, 10), (profile.Rows, profile.Validity, profile.Uniqueness, profile.Located, profile.Age));
        Assert.Equal((100, 50, 50), (profile.Completeness["surname"], profile.Completeness["postcode"], profile.Completeness["started"]));
    }

    [Fact]
    public async Task Nothing_to_report_is_in_order() => Assert.All((await ProfileAsync("")).Measures().Skip(1), measure => Assert.Equal(100, measure.Value));

    [Fact]
    public async Task A_first_extract_without_homes_or_with_every_record_twice_or_years_old_is_told()
    {
        string Rows(Func<int, string> row) => string.Concat(Enumerable.Range(1, 40).Select(row));
        Assert.Empty(QualityRules.FirstUse(await ProfileAsync(Rows(n => $"Marlowe,Edith,14/02/1999,{n} Wharf Street,LE1 1AA,21/10/2013\n"))));
        Assert.StartsWith("at least 50 % of the rows with the address", Assert.Single(QualityRules.FirstUse(await ProfileAsync(Rows(n => $"Marlowe,E{n},{1 + (n % 28)}/02/{1970 + n},No fixed abode,,21/10/2013\n")))), StringComparison.Ordinal);
        Assert.StartsWith("at least 80 % of the rows unlike", Assert.Single(QualityRules.FirstUse(await ProfileAsync(Rows(n => $"Marlowe,Edith,14/02/1999,{n / 2} Wharf Street,LE1 1AA,21/10/2013\n")))), StringComparison.Ordinal);
        Assert.StartsWith("an event within the last 730 days", Assert.Single(QualityRules.FirstUse(await ProfileAsync(Rows(n => $"Marlowe,Edith,14/02/1999,{n} Wharf Street,LE1 1AA,21/10/2010\n")))), StringComparison.Ordinal);
        Assert.Empty(QualityRules.FirstUse(await ProfileAsync("Vane,Zoë,15/02/1999,No fixed abode,,\n")));
    }

    [Fact]
    public async Task What_moved_since_the_last_extract_is_told_with_both_figures()
    {
        var last = await ProfileAsync("Marlowe,Edith,14/02/1999,12 Wharf Street,LE1 1AA,21/10/2013\nVane,Zoë,15/02/1999,3 Mill Lane,LE1 1AB,21/10/2013\n");
        var now = await ProfileAsync("Marlowe,Edith,14/02/1999,12 Wharf Street,LE1 1AA,21/10/2013\nVane,Zoë,15/02/1999,3 Mill Lane,LE1 1AB,\n");
        Assert.Equal(["started filled: 100 in the last extract, 50 in this one"], QualityRules.Since(last, now));
        Assert.Empty(QualityRules.Since(last, last));
    }

    [Fact]
    public void A_share_is_judged_in_points_whatever_its_column_is_called_and_an_age_in_days()
    {
        QualityProfile Profile(double filled, int age) => new("d", Reading.AsOf, 100, new Dictionary<string, double> { ["days_missed"] = filled }, 100, 100, null, age);

        Assert.Equal(["days_missed filled: 90 in the last extract, 70 in this one"], QualityRules.Since(Profile(90, 5), Profile(70, 36)));
        Assert.Equal(["days since the newest event: 5 in the last extract, 37 in this one"], QualityRules.Since(Profile(90, 5), Profile(80, 37)));
    }

    private static async Task<QualityProfile> ProfileAsync(string rows)
    {
        var counter = new QualityCounter(Dated);
        using var csv = new MemoryStream(Encoding.UTF8.GetBytes("Surname,Forenames,Date of birth,Address,Postcode,Started\n" + rows));
        var outcome = await ExtractReader.ReadAsync(csv, Dated, new() { AsOf = Reading.AsOf }, (row, _) =>
        {
            counter.Add(row, !row.HouseholdKey().IsEmpty);
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        return counter.Close(outcome);
    }
}
