using Spectre.Console;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;

namespace TfFlow.Scenarios;

/// <summary>The demo, told for a small authority.</summary>
public class DemoTest
{
    [Fact]
    public async Task The_whole_story_ends_with_everything_holding()
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-demo-test-");
        try
        {
            using var transcript = new StringWriter();
            var report = await new DemoRun(Terminal.Create(transcript, plain: true), transcript, folder.FullName, people: 1_500, seed: 3).RunAsync(World.Patience);

            Assert.All(report.Invariants, invariant => Assert.True(invariant.Holds, $"{invariant.Name}: {invariant.Detail}"));
            Assert.Equal(report.Cases.Journeys.Values.Sum(), report.Cases.ByState["Erased"]);
            Assert.True(report.Proof.Markers is { Set: > 0, Overtaken: 1, Open: 0 });
            Assert.True(report.Study.DestroyedAt > report.Began.AddYears(7));
            Assert.Contains(report.Proof.Disclosures, disclosure => disclosure is { Act: "study.submit", Gateway.Length: > 0 });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
