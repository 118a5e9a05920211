using System.Globalization;
using System.Text;
using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Linkage.Tests;

/// <summary>Two people of one home, one on each register, are not one person because nobody else competes: not linked, or a doubt.</summary>
public sealed class CoResidentsTest
{
    public static TheoryData<CoResidentKind, bool, int> Kinds()
    {
        var kinds = new TheoryData<CoResidentKind, bool, int>();
        foreach (var kind in Enum.GetValues<CoResidentKind>())
        {
            foreach (var alike in (bool[])[false, true])
            {
                foreach (var count in (int[])[1, 3, 15])
                {
                    kinds.Add(kind, alike, count);
                }
            }
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_on_each_register_are_two(CoResidentKind kind, bool alike, int count) => Check(kind, alike, count, both: false, 200, 21);

    [Theory]
    [InlineData(CoResidentKind.TwinsSameSex, false)]
    [InlineData(CoResidentKind.TwinsSameSex, true)]
    [InlineData(CoResidentKind.TwinsOfBothSexes, true)]
    [InlineData(CoResidentKind.FatherAndSonOfOneName, false)]
    [InlineData(CoResidentKind.BrothersOfOneFirstName, false)]
    public void Both_on_both_registers_find_themselves(CoResidentKind kind, bool alike) => Check(kind, alike, 15, both: true, 300, 22);

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Category", "Exhaustive")]
    public void So_it_is_in_registers_of_any_size(CoResidentKind kind, bool alike, int count)
    {
        foreach (var people in (int[])[30, 600, 1500, 6000])
        {
            foreach (var both in (bool[])[false, true])
            {
                Check(kind, alike, count, both, people, 23 + people);
            }
        }
    }

    /// <summary>What two share is a name, or a home and a day, and each is on one register: a doubt at most.</summary>
    [Theory]
    [InlineData("Mohammed,Faisal,Osei,2014-05-24,M,255 Meadow Way,Hexford,LE54 6BB", "Mohammed,Faisal,Osei,2022-02-27,M,236 Elm Road,Hexford,LE32 3AB")]
    [InlineData("Jack,,Pemberley,1985-03-09,M,14 Larch Lane,Hexford,HN4 4QP", "Thomas,,Pemberley,1985-03-09,M,14 Larch Lane,Hexford,HN4 4QP")]
    [InlineData("Jack,,Pemberley,1985-03-09,M,14 Larch Lane,Hexford,HN4 4QP", "Sophie,,Pemberley,1985-03-09,F,14 Larch Lane,Hexford,HN4 4QP")]
    [InlineData("Emily,,Pemberley,1985-03-09,F,14 Larch Lane,Hexford,HN4 4QP", "Sophie,,Pemberley,1988-10-21,F,14 Larch Lane,Hexford,HN4 4QP")]
    [InlineData("Mohammed,Ali,Khan,2014-05-24,M,255 Meadow Way,Hexford,LE54 6BB", "Mohammed,,Khan,2016-02-17,M,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Daisy,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB", "Megan,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Ellie,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB", "Nora,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Ted,,Osei,2018-05-24,M,255 Meadow Way,Hexford,LE54 6BB", "Ned,,Osei,2018-05-24,M,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Lily-Rose,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB", "Lily-Mae,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Ava Grace,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB", "Unborn,,Osei,2020-09-02,,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Unborn,,Osei,2019-05-24,,255 Meadow Way,Hexford,LE54 6BB", "Baby,,Osei,2020-09-02,,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("U/B,,Osei,2019-05-24,,255 Meadow Way,Hexford,LE54 6BB", "Bby,,Osei,2020-09-02,,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Owen,,Rigby,2014-05-06,M,255 Meadow Way,Hexford,LE54 6BB", "Owen,,Rigby,1984-05-06,M,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Owen,,Rigby,2011-06-28,M,255 Meadow Way,Hexford,LE54 6BB", "Owen,,Rigby,1980-06-28,M,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Zephyrine,,Rigby,1964-12-29,F,255 Meadow Way,Hexford,LE54 6BB", "Xanthippe,,Rigby,1964-12-29,F,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Leopold,,Rigby,1964-12-29,M,255 Meadow Way,Hexford,LE54 6BB", "Caspian,,Rigby,1964-12-29,M,255 Meadow Way,Hexford,LE54 6BB")]
    public void Namesakes_apart_adult_twins_and_siblings_are_two(string one, string other)
    {
        var (left, right) = Registers(200, 21);
        var found = RecordLinkage.Link(LinkageTest.Input($"{left}coX,{one}\n"), LinkageTest.Input($"{right}coY,{other}\n"), new());
        Assert.DoesNotContain(found.Pairs, p => found.LeftId(p) == "coX" || found.RightId(p) == "coY");
        Assert.All(found.Doubts.Where(p => found.LeftId(p) == "coX"), p => Assert.InRange(p.Probability, 0, 0.5));
    }

    /// <summary>Where no file has an address, a name is all that two born apart share, however rare it is.</summary>
    [Theory]
    [InlineData("Wei,,Wisniewski,1975-09-09", "Wei,,Wisniewski,1964-03-14")]
    [InlineData("Mohammed Ali,,Malik,2019-01-04", "Mohammed Ali,,Malik,2012-11-18")]
    [InlineData("Magdalena,,Morris,1974-01-31", "Magdalena,E,Morris,1964-09-14")]
    [InlineData("Tomasz,Roger,Cooper,1970-03-24", "Tomasz,,Cooper,1986-03-24")]
    public void Namesakes_of_whom_nothing_else_is_known_are_two(string one, string other)
    {
        static string Names(string csv) => string.Concat(csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => string.Join(',', row.Split(',')[..5]) + "\n"));
        var (left, right) = Registers(300, 21);
        var found = RecordLinkage.Link(LinkageTest.Input($"{Names(left)}coX,{one}\n"), LinkageTest.Input($"{Names(right)}coY,{other}\n"), new());
        Assert.DoesNotContain(found.Pairs, p => found.LeftId(p) == "coX" || found.RightId(p) == "coY");
        Assert.True(found.Pairs.Count > 150);
    }

    /// <summary>A short form and its name, two spellings, and one double name written twice are one child.</summary>
    [Theory]
    [InlineData("Maggie,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB", "Margaret,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Kate,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB", "Katie,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Mohamed,,Osei,2018-05-24,M,255 Meadow Way,Hexford,LE54 6BB", "Muhammad,,Osei,2018-05-24,M,255 Meadow Way,Hexford,LE54 6BB")]
    [InlineData("Lily-Mae,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB", "Lily-May,,Osei,2018-05-24,F,255 Meadow Way,Hexford,LE54 6BB")]
    public void A_child_known_by_a_short_form_is_found(string one, string other)
    {
        var (left, right) = Registers(200, 21);
        var found = RecordLinkage.Link(LinkageTest.Input($"{left}coX,{one}\n"), LinkageTest.Input($"{right}coY,{other}\n"), new());
        Assert.Contains(found.Pairs, p => found.LeftId(p) == "coX" && found.RightId(p) == "coY");
    }

    /// <summary>Everybody is on both registers, and lives alone: siblings without a name, born on two days, are two all the same.</summary>
    [Theory]
    [InlineData("Unborn")]
    [InlineData("FNU")]
    [InlineData("")]
    public void Siblings_without_a_name_are_two_where_nobody_is_missing(string name)
    {
        var (left, right) = Alone(300, 31);
        for (var i = 0; i < 10; i++)
        {
            left += $"coX{i},{name},,Dunstall{i},2024-07-1{i},,{59 + i} Church Street,Hexford,LE60 1AB\n";
            right += $"coY{i},{name},,Dunstall{i},2025-08-0{i + 1 - (i / 9)},,{59 + i} Church Street,Hexford,LE60 1AB\n";
        }

        var found = RecordLinkage.Link(LinkageTest.Input(left), LinkageTest.Input(right), new());
        Assert.DoesNotContain(found.Pairs, p => found.LeftId(p).StartsWith("co", StringComparison.Ordinal));
        Assert.Equal(300, found.Pairs.Count);
    }

    /// <summary>Where hardly anybody shares a home, a twin on each register is still two people.</summary>
    [Theory]
    [InlineData(1, 400)]
    [InlineData(3, 2800)]
    [InlineData(15, 3000)]
    public void So_it_is_among_people_who_live_alone(int count, int people)
    {
        var (left, right) = Alone(people, 29);
        foreach (var (kind, alike) in ((CoResidentKind, bool)[])[(CoResidentKind.TwinsSameSex, false), (CoResidentKind.TwinsOfBothSexes, true), (CoResidentKind.FatherAndSonOfOneName, false)])
        {
            var (ours, theirs) = CoResidents.Rows(kind, count, alike, both: false, 29 + count);
            var found = RecordLinkage.Link(LinkageTest.Input(left + ours), LinkageTest.Input(right + theirs), new());
            var wrong = found.Pairs.Where(p => found.LeftId(p).StartsWith("co", StringComparison.Ordinal)).ToList();
            Assert.True(wrong.Count == 0, $"{kind}, alike {alike}: {wrong.Count} of {count}\n" + string.Join('\n', (ours + theirs).Split('\n').Where(l => wrong.Exists(p => l.StartsWith(found.LeftId(p) + ",", StringComparison.Ordinal) || l.StartsWith(found.RightId(p) + ",", StringComparison.Ordinal)))));
        }
    }

    /// <summary>Registers of people each of whom has a dwelling of their own; a twentieth of the dates are a day out.</summary>
    private static (string Left, string Right) Alone(int people, int seed)
    {
        var (random, left, right) = (new Random(seed), new StringBuilder("record_id,first_name,middle_name,surname,date_of_birth,sex,address,town,postcode\n"), new StringBuilder("record_id,first_name,middle_name,surname,date_of_birth,sex,address,town,postcode\n"));
        for (var i = 0; i < people; i++)
        {
            var (given, surname, born) = (NamePools.Given(random, NamePools.Origins[0], i % 2 == 0, i % 3 == 0, narrow: false), NamePools.Surname(random, NamePools.Origins[0], narrow: false), new DateOnly(1940, 1, 1).AddDays(random.Next(27_000)));
            var rest = string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "F" : "M")},{1 + (i % 90)} {surname} Street,Hexford,LE{1 + (i / 90 % 90)} {1 + (i / 8100)}AB");
            left.Append(CultureInfo.InvariantCulture, $"L{i},{given},,{surname},{born:yyyy-MM-dd},{rest}\n");
            right.Append(CultureInfo.InvariantCulture, $"R{i},{given},,{surname},{(i % 20 == 0 ? born.AddDays(1) : born):yyyy-MM-dd},{rest}\n");
        }

        return (left.ToString(), right.ToString());
    }

    private static void Check(CoResidentKind kind, bool alike, int count, bool both, int people, int seed)
    {
        var (left, right) = Registers(people, seed);
        var (ours, theirs) = CoResidents.Rows(kind, count, alike, both, seed + count);
        var found = RecordLinkage.Link(LinkageTest.Input(left + ours), LinkageTest.Input(right + theirs), new());
        var links = found.Pairs.Select(p => (Left: found.LeftId(p), Right: found.RightId(p), p.Probability)).ToList();
        var wrong = links.Where(l => l.Left.StartsWith("co", StringComparison.Ordinal) && l.Right.StartsWith("co", StringComparison.Ordinal) && l.Left != l.Right).ToList();
        Assert.True(wrong.Count == 0, $"{kind}, alike {alike}, {people} people: {wrong.Count} of {count} linked: {string.Join(" ", wrong)}");
        if (both)
        {
            Assert.Equal(2 * count, links.Count(l => l.Left.StartsWith("co", StringComparison.Ordinal) && l.Left == l.Right));
        }
    }

    private static (string Left, string Right) Registers(int people, int seed)
    {
        var population = HouseholdPopulation.Invent(new() { Seed = seed, People = people, Contacts = false, RightLayout = 0 });
        return (population.Left, population.Right);
    }
}
