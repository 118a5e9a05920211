using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Linkage.Tests;

/// <summary>Cases that linkage gets wrong, written out in two registers of an ordinary population: what is decided, and why. docs/linkage.md tells them in words.</summary>
public sealed class AdversarialTest(AdversarialTest.Linked linked) : IClassFixture<AdversarialTest.Linked>
{
    /// <summary>A population large enough to learn from, with the cases among it.</summary>
    public sealed class Linked
    {
        private const string Cases = """
            twin-a,Oscar,,Pemberley,2014-03-09,M,14 Larch Lane,Hexford,HN4 4QP
            twin-b,Felix,,Pemberley,2014-03-09,M,14 Larch Lane,Hexford,HN4 4QP
            father,Gordon,,Thistlewood,1961-05-30,M,3 Cobble Road,Ravensby,RN2 9XB
            son,Gordon,,Thistlewood,1988-11-02,M,3 Cobble Road,Ravensby,RN2 9XB
            old-mother,Maureen,,Stapleford,1979-01-17,F,21 Juniper Close,Hexford,HN7 3LW
            old-child,Callum,,Stapleford,2009-08-21,M,21 Juniper Close,Hexford,HN7 3LW
            care-child,Bethany,,Crowhurst,2011-12-04,F,8 Foundry Way,Barnwell,BN3 6TT
            care-mother,Sandra,,Crowhurst,1984-02-26,F,8 Foundry Way,Barnwell,BN3 6TT
            refugee-a,Ahmad,,Barzani,1990-01-01,M,30 Castle Street,Ravensby,RN9 2DD
            refugee-b,Ahmad,,Barzani,1990-01-01,M,77 Mill Lane,Oakhampton,ON8 8JJ
            only-twin,Imogen,,Fairweather,2012-06-18,F,5 Quarry Road,Barnwell,BN6 1HH
            married,Kirsty,,Applegarth,1992-07-11,F,9 Brewery Lane,Hexford,HN5 5RR
            """;

        private const string LaterCases = """
            TWIN-A,Felix,,PEMBERLEY,09/03/2014,Male,14 Larch Lane,Hexford,,HN4 4QP
            TWIN-B,Oscar,,PEMBERLEY,09/03/2014,Male,14 Larch Lane,Hexford,,HN4 4QP
            SON,Gordon,,THISTLEWOOD,02/11/1988,Male,3 Cobble Road,Ravensby,,RN2 9XB
            NEW-MOTHER,Aaliyah,,DIALLO,03/10/1983,Female,21 Juniper Close,Hexford,,HN7 3LW
            NEW-CHILD,Ibrahima,,DIALLO,21/08/2009,Male,21 Juniper Close,Hexford,,HN7 3LW
            CARE-CHILD,Bethany,,CROWHURST,04/12/2011,Female,52 Victoria Crescent,Castle Marden,,CM9 4GG
            CARE-MOTHER,Sandra,,CROWHURST,26/02/1984,Female,8 Foundry Way,Barnwell,,BN3 6TT
            REFUGEE-B,Ahmad,,BARZANI,01/01/1990,Male,77 Mill Lane,Oakhampton,,ON8 8JJ
            OTHER-TWIN,Georgina,,FAIRWEATHER,18/06/2012,Female,5 Quarry Road,Barnwell,,BN6 1HH
            MARRIED,Kirsty,,OLDROYD,11/07/1992,Female,9 Brewery Lane,Hexford,,HN5 5RR
            """;

        public Linked()
        {
            var population = HouseholdPopulation.Invent(new() { Seed = 201, People = 6000, Contacts = false });
            var found = RecordLinkage.Link(LinkageTest.Input(With(population.Left, Cases)), LinkageTest.Input(With(population.Right, LaterCases)), new());
            Pairs = found.Pairs.ToDictionary(p => (found.LeftId(p), found.RightId(p)), p => p.Probability);
            Likely = found.Pairs.Concat(found.Doubts).ToDictionary(p => (found.LeftId(p), found.RightId(p)), p => p.Probability);
        }

        public IReadOnlyDictionary<(string Left, string Right), double> Pairs { get; }

        /// <summary>Links and doubts.</summary>
        public IReadOnlyDictionary<(string Left, string Right), double> Likely { get; }

        private static string With(string csv, string cases) => csv + string.Join('\n', cases.Split('\n').Select(l => l.Trim())) + '\n';
    }

    [Fact]
    public void Twins_whose_rows_changed_places_each_find_their_own_name()
    {
        Assert.Contains(("twin-a", "TWIN-B"), linked.Pairs.Keys);
        Assert.Contains(("twin-b", "TWIN-A"), linked.Pairs.Keys);
        Assert.DoesNotContain(("twin-a", "TWIN-A"), linked.Pairs.Keys);
    }

    [Fact]
    public void A_twin_is_not_taken_for_the_other_who_alone_is_on_the_second_register() =>
        Assert.DoesNotContain(linked.Pairs.Keys, p => p.Left == "only-twin");

    [Fact]
    public void Of_father_and_son_with_one_name_the_son_is_found_by_his_birth_and_the_father_by_nobody()
    {
        Assert.Contains(("son", "SON"), linked.Pairs.Keys);
        Assert.DoesNotContain(linked.Pairs.Keys, p => p.Left == "father");
    }

    [Fact]
    public void Two_families_at_one_address_one_after_the_other_stay_two_even_with_children_born_on_one_day() =>
        Assert.DoesNotContain(linked.Pairs.Keys, p => p.Left.StartsWith("old-", StringComparison.Ordinal) || p.Right.StartsWith("NEW-", StringComparison.Ordinal));

    [Fact]
    public void A_child_in_care_is_found_at_the_new_address_by_name_and_birth_though_the_family_stayed()
    {
        Assert.Contains(("care-child", "CARE-CHILD"), linked.Pairs.Keys);
        Assert.Contains(("care-mother", "CARE-MOTHER"), linked.Pairs.Keys);
    }

    [Fact]
    public void Of_two_refugees_with_one_name_and_1_January_the_address_decides()
    {
        // Whether so much is enough for a link is for the threshold to say, which is the whole register's.
        Assert.InRange(linked.Likely[("refugee-b", "REFUGEE-B")], 0.95, 1);
        Assert.DoesNotContain(("refugee-a", "REFUGEE-B"), linked.Likely.Keys);
    }

    [Fact]
    public void A_woman_who_married_is_found_where_birth_and_address_stayed() =>
        Assert.Contains(("married", "MARRIED"), linked.Pairs.Keys);
}
