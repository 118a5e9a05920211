using System.Globalization;
using System.Text;
using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

/// <summary>Files whose people are all alike: sample data, a street of one family's branches. They are as many people as they have surnames, and their true duplicates are found.</summary>
public sealed class AlikePeopleTest
{
    /// <summary>People, how many of them are in the file twice, and what differs beside the surname and the house number.</summary>
    [Theory]
    [InlineData(5, 0, "")]
    [InlineData(8, 0, "")]
    [InlineData(14, 0, "")]
    [InlineData(50, 0, "")]
    [InlineData(200, 0, "")]
    [InlineData(50, 0, "birth")]
    [InlineData(50, 0, "given")]
    [InlineData(50, 0, "postcode")]
    [InlineData(20, 4, "")]
    [InlineData(60, 5, "")]
    [InlineData(200, 20, "postcode")]
    public void Are_as_many_as_they_have_surnames(int people, int twice, string differs)
    {
        var csv = new StringBuilder("id,surname,forename,date of birth,address,postcode,sex\n");
        for (var i = 0; i < people; i++)
        {
            Add("A", i);
        }

        for (var i = 0; i < twice; i++)
        {
            Add("B", i * 3);
        }

        var found = RecordLinkage.Dedupe(LinkageTest.Input(csv.ToString()), new());
        Assert.Equal(Enumerable.Range(0, twice).Select(i => $"A{i * 3} B{i * 3}").Order(StringComparer.Ordinal), found.Pairs.Select(p => $"{found.LeftId(p)} {found.RightId(p)}").Order(StringComparer.Ordinal));

        void Add(string file, int i) => csv.Append(
            CultureInfo.InvariantCulture,
            $"{file}{i},Marlowe{(char)('A' + (i % 26))}{(char)('a' + (i / 26))},{(differs == "given" ? "Ada Ben Cleo Dan".Split(' ')[i % 4] : "Ada")},{(differs == "birth" ? 2008 + (i % 9) : 2012)}-02-14,{i + 1} Wharf Street,LE1 {(differs == "postcode" ? i % 9 : 1)}AA,F\n");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(60)]
    public void Records_of_one_person_alone_in_a_file_are_one(int records)
    {
        var csv = "id,surname,forename,date of birth,address,postcode,sex\n" + string.Concat(Enumerable.Range(0, records).Select(i => $"{i},Marlowe,Ada,2012-02-14,1 Wharf Street,LE1 1AA,F\n"));
        Assert.Single(RecordLinkage.Dedupe(LinkageTest.Input(csv), new()).Clusters!.Distinct());
    }
}
