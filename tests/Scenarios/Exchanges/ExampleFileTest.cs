using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.TestKit;

namespace TfFlow.Scenarios.Exchanges;

/// <summary>What the scenarios drop is what the datasets ask for.</summary>
public sealed class ExampleFileTest
{
    public static TheoryData<string> Exchanges => [.. AgreementCatalogue.Shipped.Versions.SelectMany(version => version.Exchanges).Where(exchange => exchange.Specification is not null).Select(exchange => exchange.Id).Distinct()];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task A_file_of_examples_is_accepted_whole(string id)
    {
        var day = new DateOnly(2026, 1, 5);
        var agreement = AgreementCatalogue.Shipped.WithExchange(id, day)!;
        var exchange = agreement.Exchange(id)!;
        var file = ExampleFile.Of(exchange.Specification!, exchange.Withheld, day, new ExamplePerson("Marlowe", "Edith", "03/02/2012", "12 Wharf Street", "LE1 1AA"));
        var outcome = await ExtractReader.ReadAsync(new MemoryStream(file), exchange.Specification!, ExtractReadOptions.For(agreement, exchange, day, plan: null), (_, _) => ValueTask.CompletedTask, CancellationToken.None);
        Assert.True(outcome.State is ExtractState.Accepted, string.Join("; ", outcome.Findings.Select(finding => $"{finding.Code} {finding.Column}: {finding.Expected}")));
    }
}
