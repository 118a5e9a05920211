using System.Text;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

public sealed class KeySetTest
{
    [Fact]
    public void A_hundred_thousand_keys_are_told_apart_and_found_again_with_their_rows()
    {
        var set = new KeySet();
        for (var i = 0; i < 100_000; i++)
        {
            Assert.True(set.TryAdd(Hash(i), i + 2, out _));
        }

        Assert.All(Enumerable.Range(0, 100_000), i =>
        {
            Assert.False(set.TryAdd(Hash(i), 1, out var earlier));
            Assert.Equal(i + 2, earlier);
        });
        Assert.True(set.TryAdd(Hash(100_000), 1, out _));
    }

    [Theory]
    [InlineData("ab", "c", "a", "bc")]
    [InlineData("", "a", "a", "")]
    [InlineData("12345678", "", "", "12345678")]
    [InlineData("a\0", "b", "a", "\0b")]
    [InlineData("12345678", "9", "123456789", "")]
    public void Parts_of_a_key_never_run_together(string first, string second, string other, string another) =>
        Assert.NotEqual(Hash(first, second), Hash(other, another));

    [Fact]
    public void Every_byte_and_place_counts()
    {
        var seen = new HashSet<ulong>();
        for (var length = 0; length <= 40; length++)
        {
            Assert.True(seen.Add(Hash(new string('\0', length))));
            for (var at = 0; at < length; at++)
            {
                foreach (var c in "\u0001aAz~")
                {
                    Assert.True(seen.Add(Hash(new string('\0', at) + c + new string('\0', length - at - 1))));
                }
            }
        }
    }

    [Fact]
    public void A_hash_is_the_same_in_every_process() => Assert.Equal(Hash("Marlowe"), Hash("Marlowe"));

    private static ulong Hash(int number) => Hash($"Marlowe{number}", "Edith");

    private static ulong Hash(params ReadOnlySpan<string> parts)
    {
        var hash = 0UL;
        foreach (var part in parts)
        {
            hash = KeySet.Mix(hash, Encoding.UTF8.GetBytes(part));
        }

        return hash;
    }
}
