using TfFlow.Programme.Research.Release;

namespace TfFlow.Programme.Tests.Research.Release;

public class RowShuffleTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Every_row_stands_there_once(int rows) => Assert.Equal(Enumerable.Range(0, rows), RowShuffle.Order(rows, Seed(1)).Order());

    [Fact]
    public void A_seed_gives_its_order_again_and_another_seed_another()
    {
        Assert.Equal(RowShuffle.Order(100, Seed(1)), RowShuffle.Order(100, Seed(1)));
        Assert.NotEqual(RowShuffle.Order(100, Seed(1)), RowShuffle.Order(100, Seed(2)));
    }

    [Fact]
    public void Every_order_is_as_likely_as_any_other()
    {
        // 12,000 seeds over the 24 orders of four rows: 500 each; a standard deviation is 22.
        var seen = Enumerable.Range(0, 12_000).CountBy(seed => string.Concat(RowShuffle.Order(4, Seed(seed)))).ToArray();

        Assert.Equal(24, seen.Length);
        Assert.All(seen, order => Assert.InRange(order.Value, 390, 610));
    }

    private static byte[] Seed(int number)
    {
        var seed = new byte[RowShuffle.SeedBytes];
        BitConverter.TryWriteBytes(seed, number);
        return seed;
    }
}
