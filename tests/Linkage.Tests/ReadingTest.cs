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

    [Fact]
    public void An_id_that_repeats_is_told_by_its_line_also_after_line_breaks_in_fields_and_blank_rows()
    {
        var refused = Assert.Throws<LinkageDataException>(() => Read("id,first_name,surname\nx,Ada,\"of\nHill\"\n\ny,Ben,Poole\nz,Cy,Moss\ny,Dee,Lane\nx,Eve,Fox\n", new() { Id = "id" }));
        Assert.Contains("line 7", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Dee", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_date_has_an_index_of_its_own_and_what_is_none_has_none()
    {
        var seen = new HashSet<int>();
        for (var day = new DateOnly(1600, 1, 1); day.Year < 2100; day = day.AddDays(1))
        {
            Assert.True(BirthDate.Index(BirthDate.Pack(day.Year, day.Month, day.Day)) is > 0 and var index && index < BirthDate.Indexes && seen.Add(index));
        }

        Assert.True(seen.Add(BirthDate.Index(0x1990FFFF)));
        Assert.All((uint[])[0x00010101, 0x99991231, 0x19901301, 0x19900132, 0x199000FF], date => Assert.Equal(0, BirthDate.Index(date)));
    }

    private static (Vocabulary Vocabulary, Records Records) Read(string csv, ReadOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        var vocabulary = new Vocabulary();
        return (vocabulary, new RecordsBuilder(vocabulary, Work.With(1, null, CancellationToken.None)).Build([RawTable.Read(stream, "file", options ?? new())])[0]);
    }
}
