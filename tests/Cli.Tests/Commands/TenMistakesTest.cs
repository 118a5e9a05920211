using System.Text;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>The ten mistakes that files come with most, and what <c>tfflow validate</c> says of each (<c>ten-mistakes.txt</c>): what, where, what to do; never a value.</summary>
public sealed class TenMistakesTest : IDisposable
{
    private const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Sex,On roll\n";

    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Commands", "ten-mistakes.txt");

    // Files of thirty pupils with one mistake each.
    private static readonly (string Mistake, byte[] File)[] Mistakes =
    [
        ("saved by Excel with semicolons, in its old encoding", CodePages.GetBytes((Header + Rows().Replace("Marloweb", "Marlowé", StringComparison.Ordinal)).Replace(',', ';'))),
        ("a report's titles above and its total below", Utf8("Pupils on roll\nProduced 31/10/2025\n\n" + Header + Rows() + "Total,30,,,,,\n")),
        ("a header that is called something else", Utf8(Header.Replace("On roll", "On roll at present", StringComparison.Ordinal) + Rows())),
        ("years of two digits", Utf8(Header + Rows().Replace("/2012", "/12", StringComparison.Ordinal))),
        ("a look-up that found nothing", Utf8(Header + Rows().Replace("LE1 1AB", "#N/A", StringComparison.Ordinal))),
        ("dates the American way round", Utf8(Header + Rows().Replace("/02/2012", "/13/2012", StringComparison.Ordinal))),
        ("every pupil twice", Utf8(Header + Rows() + Rows())),
        ("each row in one cell", Utf8(string.Concat((Header + Rows()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => $"\"{row}\"\n")))),
        ("an address with a comma and no quotation marks", Utf8(Header + Rows().Replace("7 Wharf Street", "Flat 7, Wharf Street", StringComparison.Ordinal))),
        ("a column more than was asked for", Utf8(Header.TrimEnd() + ",Ethnicity\n" + Rows().Replace("\n", ",Other\n", StringComparison.Ordinal))),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-");

    private static Encoding CodePages => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_reports_are_those_kept_beside_this_test()
    {
        var reports = new StringBuilder();
        foreach (var (mistake, file) in Mistakes)
        {
            reports.Append("## ").Append(mistake).Append("\n\n").Append(await ReportAsync(file)).Append('\n');
        }

        Assert.DoesNotContain("Marlow", reports.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Wharf", reports.ToString(), StringComparison.Ordinal);
        Assert.Equal((await File.ReadAllTextAsync(Golden)).ReplaceLineEndings("\n"), reports.ToString());
    }

    private static string Rows() => string.Concat(Enumerable.Range(1, 30).Select(row =>
        $"Marlowe{(char)('a' + (row % 26))},Ada,{(row % 28) + 1:00}/02/2012,{row} Wharf Street,LE1 1A{(row == 9 ? 'B' : 'A')},F,yes\n"));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<string> ReportAsync(byte[] content)
    {
        var file = Path.Combine(folder.FullName, "census.csv");
        await File.WriteAllBytesAsync(file, content);
        using var output = new StringWriter();
        await ValidateCommand.Create(TimeProvider.System).Parse([file, "--exchange", "bristol-baseline-census", "--as-of", "2025-10-31"]).InvokeAsync(new() { Output = output });
        return output.ToString().ReplaceLineEndings("\n");
    }
}
