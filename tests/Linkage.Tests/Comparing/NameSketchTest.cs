using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Linkage.Tests.Comparing;

public sealed class NameSketchTest
{
    [Fact]
    public void Names_told_apart_by_their_letters_are_apart_by_every_comparator()
    {
        var random = new Random(31);
        var names = new NameBook();
        for (var i = 0; i < 3000; i++)
        {
            var origin = NamePools.Origins[random.Next(NamePools.Origins.Length)];
            var name = Folding.Fold(i % 2 == 0 ? NamePools.Given(random, origin, i % 4 == 0, i % 3 == 0, false) : NamePools.Surname(random, origin, false)).Replace(' ', '-');
            names.Add(i % 5 == 0 ? name[..(1 + random.Next(name.Length))] : i % 7 == 0 ? string.Concat(name.Reverse()) : name);
        }

        var apart = 0;
        for (var round = 0; round < 100_000; round++)
        {
            var (a, b) = (1 + random.Next(names.Count - 1), 1 + random.Next(names.Count - 1));
            if (a == b || !NameSketch.Apart(in names.Sketch(a), in names.Sketch(b)))
            {
                continue;
            }

            apart++;
            var (left, right) = (names.Text(a).ToString(), names.Text(b).ToString());
            var (edits, longer) = (DamerauLevenshtein.Distance(left, right), Math.Max(left.Length, right.Length));
            Assert.True(edits > 1 && JaroWinkler.Similarity(left, right) < 0.88, $"{left} and {right} are alike");
            Assert.True(Math.Abs(left.Length - right.Length) > 3 ? longer < 10 : edits * 5 > longer * 2, $"{left} and {right} are faintly alike");
            Assert.False(left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal));
            Assert.NotEqual(names[a].Sound, names[b].Sound);
            Assert.Empty(names[a].Families.Concat(names[a].NearFamilies).Intersect(names[b].Families.Concat(names[b].NearFamilies)));
        }

        // Most pairs of names are, or the sketch is for nothing.
        Assert.InRange(apart, 50_000, 100_000);
    }

    [Fact]
    public void Two_texts_are_at_least_as_many_edits_apart_as_one_lacks_letters_of_the_other()
    {
        var random = new Random(32);
        for (var round = 0; round < 100_000; round++)
        {
            var (a, b) = (Text(random), Text(random));
            Assert.True(Letters.Lacking(Letters.Of(a), Letters.Of(b)) <= DamerauLevenshtein.Distance(a, b), $"{a} and {b}");
        }
    }

    private static string Text(Random random) =>
        string.Create(random.Next(14), random, (span, its) =>
        {
            foreach (ref var c in span)
            {
                c = its.Next(20) == 0 ? (char)its.Next(0x10000) : (char)('A' + its.Next(12));
            }
        });
}
