using TfFlow.Api.Endpoints;
using TfFlow.Cli.Drops;

namespace TfFlow.Scenarios;

public class ConcurrentDropsTest
{
    [Fact]
    public async Task Fifty_uploads_at_once_from_ten_agencies_are_all_accounted_for()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();

        var extracts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => World.DropAsync(host, World.AttendanceFile(100 + i, seed: i), $"school-{i % 10}")));

        Assert.Equal(50, extracts.Select(extract => extract.Id).Distinct().Count());
        Assert.All(extracts, extract => Assert.Equal("Kept", extract.State));
        Assert.All(Enumerable.Range(0, 10), school => Assert.Equal(5, extracts.Count(extract => extract.Agency == $"school-{school}")));
        await World.AssertAccountedForAsync(host);
    }
}
