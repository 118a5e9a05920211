using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Comparing;

public sealed class ComparatorTest
{
    private const int Pairs = 200_000;

    /// <summary>Letters that agree often, marks that combine, halves of surrogate pairs, the empty text, and now and then more than 64 units.</summary>
    private static IEnumerable<(string A, string B)> RandomPairs(int count, int seed)
    {
        const string Letters = "AAAEEIORSTN'- \u0301\u0308ŁÉßΩЖ\uD83D\uDE00\uDC00";
        var random = new Random(seed);
        string Text()
        {
            var length = random.Next(500) == 0 ? 60 + random.Next(30) : random.Next(12);
            return string.Create(length, random, (span, its) =>
            {
                foreach (ref var c in span)
                {
                    c = its.Next(200) == 0 ? (char)its.Next(0x10000) : Letters[its.Next(Letters.Length)];
                }
            });
        }

        for (var i = 0; i < count; i++)
        {
            var a = Text();
            if (random.Next(2) == 0)
            {
                yield return (a, Text());
                continue;
            }

            // Half of the pairs are a text and what a few slips leave of it.
            var b = a.ToList();
            for (var slips = random.Next(4); slips > 0; slips--)
            {
                var at = random.Next(b.Count + 1);
                if (at < b.Count && random.Next(2) == 0)
                {
                    b.RemoveAt(at);
                }
                else
                {
                    b.Insert(at, Letters[random.Next(Letters.Length)]);
                }
            }

            yield return (a, new string([.. b]));
        }
    }

    [Fact]
    public void Edit_distance_is_the_textbook_one_symmetric_and_bounded_on_many_texts()
    {
        Parallel.For(0, 8, part =>
        {
            foreach (var (a, b) in RandomPairs(Pairs / 8, part))
            {
                var distance = DamerauLevenshtein.Distance(a, b);
                if (distance != ReferenceComparators.Edits(a, b) || distance != DamerauLevenshtein.Distance(b, a) || DamerauLevenshtein.Similarity(a, b) is < 0 or > 1)
                {
                    Assert.Fail($"'{Show(a)}' and '{Show(b)}': {distance}");
                }
            }
        });
    }

    [Fact]
    public void Jaro_Winkler_is_the_textbook_one_symmetric_and_bounded_on_many_texts()
    {
        Parallel.For(0, 8, part =>
        {
            foreach (var (a, b) in RandomPairs(Pairs / 8, part + 100))
            {
                var similarity = JaroWinkler.Similarity(a, b);
                if (Math.Abs(similarity - ReferenceComparators.JaroWinkler(a, b)) > 1e-12 || similarity != JaroWinkler.Similarity(b, a) || similarity is < 0 or > 1)
                {
                    Assert.Fail($"'{Show(a)}' and '{Show(b)}': {similarity}");
                }
            }
        });
    }

    [Fact]
    public void Folding_takes_any_text_and_folding_twice_is_folding_once()
    {
        foreach (var (a, _) in RandomPairs(100_000, 7))
        {
            var folded = Folding.Fold(a);
            Assert.Equal(folded, Folding.Fold(folded));
            Assert.False(folded.StartsWith(' ') || folded.EndsWith(' ') || folded.Contains("  ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Dates_compare_alike_from_either_side_and_with_themselves_as_the_same()
    {
        var random = new Random(3);
        for (var i = 0; i < 200_000; i++)
        {
            var a = BirthDate.Pack(1950 + random.Next(70), 1 + random.Next(13), 1 + random.Next(31));
            var b = random.Next(2) == 0 ? a ^ (1u << (4 * random.Next(8))) : BirthDate.Pack(1950 + random.Next(70), 1 + random.Next(12), 1 + random.Next(28));
            Assert.Equal(BirthDate.Compare(a, b), BirthDate.Compare(b, a));
            Assert.Equal(BirthDateAgreement.Same, BirthDate.Compare(a, a));
            Assert.Equal(BirthDateAgreement.Missing, BirthDate.Compare(a, 0));
        }
    }

    [Theory]
    [InlineData("1985-04-07", "1985-07-04", BirthDateAgreement.Swapped)]
    [InlineData("1985-04-07", "1985-04-17", BirthDateAgreement.Slip)]
    [InlineData("1985-04-07", "1958-04-07", BirthDateAgreement.Slip)]
    [InlineData("1985-01-01", "1985-04-07", BirthDateAgreement.YearOnly)]
    [InlineData("1985", "1985-04-07", BirthDateAgreement.YearOnly)]
    [InlineData("1985-04-07", "1991-04-07", BirthDateAgreement.TwoParts)]
    [InlineData("1985-04-07", "2012-04-07", BirthDateAgreement.GenerationApart)]
    [InlineData("1985-04-07", "2085-04-07", BirthDateAgreement.TwoParts)]
    [InlineData("1985-04-07", "1965-04-07", BirthDateAgreement.Slip)]
    [InlineData("1985-04-07", "1985-11-28", BirthDateAgreement.Year)]
    [InlineData("1985-04-07", "1989-11-28", BirthDateAgreement.Differ)]
    [InlineData("1985-04-07", "2011-11-28", BirthDateAgreement.GenerationApart)]
    [InlineData("", "2011-11-28", BirthDateAgreement.Missing)]
    public void A_date_says_how_it_differs(string a, string b, BirthDateAgreement expected) =>
        Assert.Equal(expected, BirthDate.Compare(BirthDate.Parse(a, BirthDate.Layout.YearMonthDay), BirthDate.Parse(b, BirthDate.Layout.YearMonthDay)));

    [Theory]
    [InlineData("Elizabeth", "Liz", NameAgreement.ShortForm)]
    [InlineData("Małgorzata", "Gosia", NameAgreement.ShortForm)]
    [InlineData("Mohammed", "Muhammad", NameAgreement.ShortForm)]
    [InlineData("Khadija", "Khadidja", NameAgreement.Slip)]
    [InlineData("Shaheen", "Chahine", NameAgreement.Differ)]
    [InlineData("Zohra", "Zuhrah", NameAgreement.Sound)]
    [InlineData("Siobhan", "Siobhán", NameAgreement.Same)]
    [InlineData("Thomas", "Thoams", NameAgreement.Slip)]
    [InlineData("Thomas", "T", NameAgreement.Initial)]
    [InlineData("Lucinda", "uLcy", NameAgreement.Faint)]
    [InlineData("Isabella", "zIssy", NameAgreement.Faint)]
    [InlineData("Faye", "Poppy", NameAgreement.Differ)]
    [InlineData("Jack", "Joshua", NameAgreement.SameInitial)]
    [InlineData("Anna", "", NameAgreement.Missing)]
    public void A_given_name_says_how_it_differs(string a, string b, NameAgreement expected)
    {
        var names = new NameBook();
        var (one, other) = (names.Add(Folding.Fold(a)), names.Add(Folding.Fold(b)));
        var comparer = new NameComparer(names);
        Assert.Equal(expected, comparer.Given(one, other));
        Assert.Equal(expected, comparer.Given(other, one));
    }

    [Theory]
    [InlineData("Smith-Jones", "Jones", NameAgreement.Part)]
    [InlineData("Smith Jones", "Smith-Jones", NameAgreement.Same)]
    [InlineData("O'Brien", "O Brien", NameAgreement.Same)]
    [InlineData("McDonald", "Mc Donald", NameAgreement.Same)]
    [InlineData("Wójcik", "Wojcik", NameAgreement.Same)]
    [InlineData("Иванов", "Ivanov", NameAgreement.Same)]
    [InlineData("Chaudhry", "Chowdhury", NameAgreement.Sound)]
    [InlineData("Khan", "Smith", NameAgreement.Differ)]
    public void A_surname_says_how_it_differs(string a, string b, NameAgreement expected)
    {
        var names = new NameBook();
        Assert.Equal(expected, new NameComparer(names).Surname(names.AddSurname(a), names.AddSurname(b)));
    }

    [Theory]
    [InlineData("LE1 4AB", "le14ab", nameof(PostcodeNearness.Same))]
    [InlineData("LE1 4AB", "LE1 4A8", nameof(PostcodeNearness.Same))]
    [InlineData("LE1 4AB", "LE1 4AC", nameof(PostcodeNearness.Slip))]
    [InlineData("LE1 4AB", "LE1 4XY", nameof(PostcodeNearness.SameSector))]
    [InlineData("LE1 4AB", "LE1 9XY", nameof(PostcodeNearness.SameDistrict))]
    [InlineData("LE1 4AB", "CV5 9XY", nameof(PostcodeNearness.Differ))]
    public void A_postcode_says_how_near_it_is(string a, string b, string expected) =>
        Assert.Equal(expected, Postcode.Compare(Postcode.Normalise(a), Postcode.Normalise(b)).ToString());

    [Fact]
    public void Check_digits_tell_a_miscopied_number()
    {
        Assert.True(CheckDigits.IsNhsNumber("9434765919"));
        Assert.False(CheckDigits.IsNhsNumber("9434765918"));
        Assert.False(CheckDigits.IsNhsNumber("0000000000"));
        Assert.True(CheckDigits.IsNino("AB123456C"));
        Assert.False(CheckDigits.IsNino("QQ123456C"));
        Assert.True(Fillers.IsNumber("1111111"));
    }

    private static string Show(string text) => string.Concat(text.Select(c => $"\\u{(int)c:X4}"));
}
