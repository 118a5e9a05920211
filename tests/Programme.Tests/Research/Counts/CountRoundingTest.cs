using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Tests.Research.Counts;

public class CountRoundingTest
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 5)]
    [InlineData(8, 10)]
    [InlineData(18, 20)]
    [InlineData(23, 25)]
    [InlineData(31, 30)]
    [InlineData(44, 45)]
    public void To_the_nearest_five(long count, long published) => Assert.Equal(published, CountRounding.ToFive.Apply(count));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 3)]
    [InlineData(6, 3)]
    [InlineData(7, 9)]
    [InlineData(12, 9)]
    [InlineData(13, 15)]
    [InlineData(18, 15)]
    public void To_the_midpoint_of_six(long count, long published) => Assert.Equal(published, CountRounding.MidpointSix.Apply(count));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(10)]
    public void What_lies_behind_a_published_count_is_exactly_what_is_published_as_it(long step)
    {
        foreach (var rounding in new CountRounding[] { new CountRounding.Nearest(step), new CountRounding.Midpoint(step) })
        {
            var published = Enumerable.Range(0, 200).ToLookup(count => rounding.Apply(count));
            foreach (var group in published.Where(group => group.Key < 150))
            {
                Assert.Equal((group.Min(), group.Max()), rounding.Behind(group.Key));
            }

            Assert.All(Enumerable.Range(0, 150), count => Assert.Equal(published.Contains(count), rounding.IsRounded(count)));
        }
    }
}
