using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>What the API answers, as people read it on a terminal or in a pipe.</summary>
public class AnswerTextTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_thing_is_lines_of_name_and_value_and_what_is_empty_is_left_out() => Assert.Equal(
        ["State      Awaiting consent", "Opened at  2026-03-02 12:00:00Z", "File       given/a.json", "Urgent     no", "To         a, b", "Forms", "Person Signed", "p 2026-03-01"],
        Written(new
        {
            State = "AwaitingConsent",
            OpenedAt = Noon,
            File = "given/a.json",
            Nothing = "",
            None = (string?)null,
            Urgent = false,
            To = (string[])["a", "b"],
            Forms = new[] { new { Person = "p", Signed = new DateOnly(2026, 3, 1), Left = (string[])[] } },
        }));

    [Fact]
    public void Several_are_a_table_of_what_any_of_them_has()
    {
        Assert.Equal(
            ["Id Name Ended at", "1 AbCd", "2 2026-03-02 12:00:00Z"],
            Written(new[] { new { Id = "1", Name = "AbCd", EndedAt = (DateTimeOffset?)null }, new { Id = "2", Name = "", EndedAt = (DateTimeOffset?)Noon } }));
        Assert.Equal(["There is none."], Written(Array.Empty<object>()));
    }

    /// <returns>The lines that say something; a table's cells with one space between.</returns>
    private static string[] Written(object answer)
    {
        using var output = new StringWriter();
        AnswerText.Write(output, answer);
        return [.. output.ToString().Split('\n').Select(Line).Where(line => line.Any(char.IsAsciiLetterOrDigit))];
    }

    private static string Line(string line) =>
        line.StartsWith(' ') ? string.Join(' ', line.Split([' ', '\u2502'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) : line.TrimEnd();
}
