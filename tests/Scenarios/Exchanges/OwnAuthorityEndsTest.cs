using System.Globalization;
using TfFlow.Lifecycle;
using TfFlow.Programme;

namespace TfFlow.Scenarios.Exchanges;

/// <summary>An authority whose folder of documents is written here from nothing, its own dataset included: every exchange reaches the end that the folder names.</summary>
public sealed class OwnAuthorityEndsTest
{
    private const string Dataset = """
        dataset: rent-arrears
        version: 1
        title: Households in arrears with their rent
        source: ours
        refusals: { max_percent: 0 }
        unique: [surname, forenames, date_of_birth, address, postcode]
        nda: ours
        columns:
          - { name: weeks, header: Weeks in arrears, type: whole-number, max: 999, required: true, role: indicator, sensitivity: personal, description: Weeks of rent owed, example: "7", source: ours }
        """;

    private const string Agreement = """
        id: newtown
        title: "Newtown: families and those who help them"
        dated: 2026-01-01
        in_force_from: 2026-01-01
        ends: 2028-12-31
        tier_1: Newtown Protocol
        owner: Newtown
        source: ours
        marking_ceiling: official-sensitive
        review: { due: 2027-01-01, every_months: 12, questions: [], source: ours }
        bases:
          - id: power
            gateways: [Children Act 2004 s10]
            article_8: protection of the rights and freedoms of others
            uk_gdpr_6: UK GDPR Art 6(1)(e)
            uk_gdpr_9_or_10: UK GDPR Art 9(2)(g) and Art 10
            dpa_2018: DPA 2018 Sch 1 para 6
            source: ours
        parties:
          - { id: newtown, name: Newtown Council, basis: power, signed: 2026-01-01, tier_1_signed: 2026-01-01, source: ours }
          - { id: newtown-police, name: Newtown Police, basis: power, signed: 2026-01-01, tier_1_signed: 2026-01-01, source: ours }
          - { id: newtown-homes, name: Newtown Homes, basis: power, signed: 2026-01-01, tier_1_signed: 2026-01-01, source: ours }
        purposes:
          - { id: identify, use: identification, words: "To find families.", source: ours }
          - { id: measure, use: baseline, words: "To see whether it helped.", source: ours }
          - { id: inform, use: key-worker, words: "To inform the key worker.", source: ours }
          - { id: manage, use: management, words: "To manage support.", source: ours }
        retention:
          - { id: weeks-six, class: unmatched, clock: received, period: P42D, words: "six weeks unread and it goes", source: "ours: §7" }
          - { id: half-a-year, class: unmatched, clock: received, period: P6M, agreed_with: newtown-homes, words: "Homes agreed to half a year", source: "ours: §7" }
          - { id: helped, class: on-programme, clock: outcomes-checked, period: P3M, not_before: 2027-06-01, words: "until help was seen to last, and June 2027", source: "ours: §8" }
        exclusions: []
        consent: []
        exchanges:
          - { id: newtown-nominals, from: [newtown-police], to: [newtown], information: Nominals, dataset: police-nominals, uses: [identification], how_often: monthly, means: [sealed-drop], retention: [weeks-six, helped], judgement: true, source: ours }
          - { id: newtown-arrears, from: [newtown-homes], to: [newtown], information: Rent arrears, dataset: rent-arrears, uses: [identification], how_often: monthly, means: [secure-email], retention: [weeks-six, half-a-year, helped], source: ours }
          - { id: newtown-hosted, from: [newtown], to: [newtown], information: The council's own arrears, dataset: rent-arrears, uses: [identification], how_often: as-required, means: [internally-hosted], retention: [weeks-six, helped], source: ours }
          - { id: newtown-progress, from: [newtown-police], to: [newtown], information: Offences by month, dataset: proven-offences-by-month, scope: meeting-criteria, uses: [baseline], how_often: monthly, means: [sealed-drop], retention: [helped], source: ours }
          - { id: newtown-pack, from: [newtown-police], to: [newtown], information: For the key worker, dataset: key-worker-information, scope: allocated, uses: [key-worker], how_often: as-required, means: [secure-email], retention: [helped], source: ours }
          - { id: newtown-incidents, from: [newtown-police], to: [newtown], information: Further incidents, dataset: incidents, scope: allocated, uses: [management], how_often: as-required, means: [sealed-drop], retention: [helped], source: ours }
          - { id: newtown-families, from: [newtown], to: [newtown-police], information: Families, dataset: families, scope: meeting-criteria-or-allocated, uses: [key-worker], how_often: weekly, means: [secure-email], retention: [helped], source: ours }
          - { id: newtown-meeting, from: [newtown], to: [], information: What is said at the meeting, dataset:, scope: allocated, uses: [management], how_often: ad-hoc, means: [telephone], retention: [helped], source: ours }
          - { id: newtown-later, from: [newtown-homes], to: [newtown], information: Left open, dataset: rent-arrears, uses: [identification], how_often:, means: [], retention: [weeks-six], source: ours }
        """;

    [Fact]
    public async Task Every_exchange_of_a_folder_written_from_nothing_reaches_the_end_that_it_names()
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-newtown-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "agreement.yaml"), Agreement);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rent-arrears.yaml"), Dataset);
        var library = Library.Read([.. folder.EnumerateFiles().Select(file => (file.Name, (TextReader)new StringReader(File.ReadAllText(file.FullName))))]);
        folder.Delete(recursive: true);

        await using var world = await World.CreateAsync();
        await using var place = await Place.StartAsync(world, "newtown", library.Agreements, DeploymentKind.Authority, ShippedExchanges.Begin);
        var ends = await ShippedExchanges.RunAsync(place, ShippedExchanges.Newest(library.Agreements));

        var lines = ends.OrderBy(end => end.Key.Exchange, StringComparer.Ordinal)
            .Select(end => $"{end.Key.Receiver}: {end.Key.Exchange} {end.Value.How} {end.Value.Means} {end.Value.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {Quote(end.Value.Words)}".TrimEnd());
        Assert.Equal(
            [
                "newtown: newtown-arrears kept secure-email 2026-07-06 Homes agreed to half a year",
                "newtown → newtown-police: newtown-families given secure-email 2026-01-19",
                "newtown: newtown-hosted kept internally-hosted 2026-02-17 six weeks unread and it goes",
                "newtown: newtown-incidents key-worker sealed-drop 2027-06-01 until help was seen to last, and June 2027",
                "newtown: newtown-later refused",
                "newtown → those who attend: newtown-meeting told telephone 2026-01-05",
                "newtown: newtown-nominals kept sealed-drop 2026-02-17 six weeks unread and it goes",
                "newtown: newtown-pack key-worker secure-email 2027-06-01 until help was seen to last, and June 2027",
                "newtown: newtown-progress outcomes sealed-drop 2027-06-01 until help was seen to last, and June 2027",
            ],
            lines);
        Assert.All(ends.Where(end => end.Value.Means is "secure-email" or "internally-hosted" && end.Value.How is not "given"), end => Assert.Contains("not by sealed-drop", end.Value.Drop, StringComparison.Ordinal));
    }

    private static string Quote(string words) => words.Split('"') is [_, var quoted, ..] ? quoted : "";
}
