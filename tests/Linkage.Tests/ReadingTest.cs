using System.Text;
using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

public sealed class ReadingTest
{
    [Theory]
    [InlineData("Wilson", "", "WILSON")]
    [InlineData("Grace", "GRACE", "")]
    [InlineData("Grace Wilson", "GRACE", "WILSON")]
    public void A_name_alone_in_a_column_of_full_names_is_what_it_is_in_the_others(string written, string given, string surname)
    {
        var (vocabulary, records) = Read($"id,name\n1,Adam Wilson\n2,Grace Wilson\n3,Grace Poole\n4,Grace Hill\n5,{written}\n");
        Assert.Equal(given, vocabulary.Names.Text(records[4][Slot.Given]));
        Assert.Equal(surname, vocabulary.Names.Text(records[4][Slot.Surname]));
    }

    [Theory]
    [InlineData("Guaalupe,Mitchell", "Mitcnell,Guadalupe", true)]
    [InlineData("Amit,Sharma", "Sharma,Amit", true)]
    [InlineData("Amit,Sharma", "Sharma,Priya", false)]
    [InlineData("A,Mitcnell", "Mitchell,A", true)]
    [InlineData("A,Sharma", "S,Amit", false)]
    public void Names_that_changed_places_are_known_though_both_are_misspelt_but_not_by_initials_alone(string one, string other, bool swapped)
    {
        var (vocabulary, records) = Read($"id,first_name,surname\n1,{one}\n2,{other}\n");
        var level = (NameAgreement)Levels.Of(new PairComparer(vocabulary, records.Stride).Compare(records[0], records[1]), Field.GivenName);
        Assert.Equal(swapped, level == NameAgreement.Swapped);
    }

    private static (Vocabulary Vocabulary, Records Records) Read(string csv)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        var vocabulary = new Vocabulary();
        return (vocabulary, new RecordsBuilder(vocabulary, Work.With(1, null, CancellationToken.None)).Build([RawTable.Read(stream, "file", new())])[0]);
    }
}
