using System.Text;
using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Linkage.Tests;

/// <summary>One file of few fields, many names for one person and about ten records of each: groups of many are put together, and not of two people. Seeds here are none that anything was tuned on.</summary>
public sealed class SparseRegisterTest
{
    [Theory]
    [InlineData(51, 400, 0.99, 0.74)]
    [InlineData(52, 2500, 0.985, 0.74)]
    public void Several_records_of_a_person_are_found_in_few_fields(int seed, int records, double precisionBar, double recallBar) => Check(seed, records, precisionBar, recallBar);

    [Fact]
    [Trait("Category", "Exhaustive")]
    public void So_they_are_among_fifty_thousand() => Check(53, 50_000, 0.99, 0.76);

    [Fact]
    public void A_model_written_before_places_of_birth_were_compared_is_still_read()
    {
        using var stream = new MemoryStream();
        ModelJson.Write(stream, Found(54, 60).Model);
        var before = System.Text.Json.Nodes.JsonNode.Parse(stream.ToArray())!;
        Assert.True(before["fields"]!.AsObject().Remove("BirthPlace") && before["fields"]!.AsObject().Remove("Occupation"));
        using var old = new MemoryStream(Encoding.UTF8.GetBytes(before.ToJsonString()));
        var model = ModelJson.Read(old, "model");
        Assert.InRange(model.Probability(Field.BirthPlace, Relation.SameStaying, (int)CodeAgreement.Same), 0.5, 1);
    }

    private static void Check(int seed, int records, double precisionBar, double recallBar)
    {
        var found = Found(seed, records);
        var person = HistoricalRegister.Invent(seed, records).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0], row => row[1]);
        var all = person.Values.GroupBy(p => p).Sum(g => g.Count() * (g.Count() - 1.0) / 2);
        var right = found.Pairs.Count(p => person[found.LeftId(p)] == person[found.RightId(p)]);
        Assert.InRange(right / all, found.Report.Recall.Low, found.Report.Recall.High);
        Assert.InRange(right / (double)found.Pairs.Count, found.Report.Precision.Low, found.Report.Precision.High);
        Assert.True(right >= precisionBar * found.Pairs.Count && right >= recallBar * all, $"precision {right / (double)found.Pairs.Count:F4}, recall {right / all:F4}");
    }

    private static LinkageResult Found(int seed, int records) => RecordLinkage.Dedupe(LinkageTest.Input(HistoricalRegister.Invent(seed, records)), new());
}
