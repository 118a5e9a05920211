using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.WebConsole.Drops;

namespace TfFlow.WebConsole.Tests;

/// <summary>What a browser finds in a file before it is sent is what its intake would find, in the same places, as far as the browser looks.</summary>
public class BrowserCheckTest
{
    private const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Term starts,Possible sessions,Unauthorised sessions,"
        + "Authorised sessions,Fixed exclusions,Permanent exclusion,Provision,Previously excluded";

    private const string Row = "Marlowe,Edith,04/05/2004,\"12 Wharf Street, Leicester\",LE1 1AA,02/09/2013,120,2,0,0,no,school,";

    private static readonly DateOnly AsOf = new(2013, 10, 31);
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task The_browser_finds_what_intake_finds_in_the_same_cells()
    {
        var agreement = AgreementCatalogue.Shipped.WithExchange("leicestershire-10", AsOf)!;
        var exchange = agreement.Exchange("leicestershire-10")!;
        var specification = BrowserSpecification.Of(exchange.Specification!, exchange.Withheld);
        (string Name, byte[] File)[] files =
        [
            ("twenty faults", await File.ReadAllBytesAsync(InRepository("tests/Cli.Tests/Commands/twenty-faults.csv"))),
            ("sound", Text($"{Header}\n{Row}\n")),
            ("with a mark and Windows line ends", [0xEF, 0xBB, 0xBF, .. Text($"{Header}\r\n{Row}\r\n\r\n")]),
            ("empty", []),
            ("a header alone", Text($"{Header}\n")),
            ("UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"{Header}\n{Row}\n")]),
            ("a workbook", [0x50, 0x4B, 0x03, 0x04, .. Text(Row)]),
            ("semicolons", Text($"{Header}\n{Row}\n".Replace(',', ';'))),
            ("not UTF-8", [.. Text($"{Header}\n"), .. Encoding.Latin1.GetBytes(Row.Replace("Marlowe", "Marlów", StringComparison.Ordinal))]),
            ("a column missing, one twice, one not listed", Text($"{Header.Replace("Postcode", "Surname", StringComparison.Ordinal)},National Insurance number\n{Row},\n")),
            ("rows cut short and too long", Text($"{Header}\nMarlowe,Edith\n{Row},more\n{Row[..Row.LastIndexOf(',')]}\n")),
            ("a quotation mark that stands alone", Text($"{Header}\n{Row}\nMar\"lowe{Row[7..]}\n")),
            ("blank and date faults", Text($"{Header}\n,{Row.Split(',', 2)[1]}\n{Row.Replace("04/05/2004", "31/02/2004", StringComparison.Ordinal)}\n"
                + $"{Row.Replace("04/05/2004", "4/5/04", StringComparison.Ordinal)}\n{Row.Replace("04/05/2004", "38111", StringComparison.Ordinal)}\n")),
        ];
        var found = await CheckAsync(specification, files.Select(file => file.File));

        var codes = new HashSet<string>();
        foreach (var ((name, file), mine) in files.Zip(found))
        {
            var outcome = await ExtractReader.ReadAsync(
                new MemoryStream(file), exchange.Specification!, ExtractReadOptions.For(agreement, exchange, AsOf, plan: null), static (_, _) => ValueTask.CompletedTask, CancellationToken.None);
            var theirs = outcome.Findings.Where(finding => specification.Rules.ContainsKey(finding.Code)).Select(finding => Place(finding.Code, finding.Row, finding.Cell, finding.Expected)).Order();
            Assert.Equal((name, string.Join('\n', theirs)), (name, string.Join('\n', mine.Findings.Select(finding => Place(finding.Code, finding.Row, finding.Cell, finding.Expected)).Order())));
            codes.UnionWith(mine.Findings.Select(finding => finding.Code));
        }

        // Were nothing found, nothing would differ.
        Assert.True(codes.Count >= 13, string.Join(", ", codes.Order()));
    }

    private static string Place(string code, long row, string cell, string expected) => $"{code} {row} {cell} {expected}";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<IReadOnlyList<Found>> CheckAsync(BrowserSpecification specification, IEnumerable<byte[]> files)
    {
        var script = $$"""
            import { check } from "{{new Uri(InRepository("functions/Console/Assets/check.mjs"))}}";
            const specification = {{JsonSerializer.Serialize(specification, Web)}};
            const files = {{JsonSerializer.Serialize(files)}};
            const found = [];
            for (const file of files) found.push(await check(new Blob([Buffer.from(file, "base64")]), specification));
            console.log(JSON.stringify(found));
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await node.StandardInput.WriteAsync(script);
        node.StandardInput.Close();
        var errors = node.StandardError.ReadToEndAsync();
        var answer = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<Found[]>(answer, Web)!;
    }

    private static string InRepository(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TfFlow.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return Path.Combine(folder.FullName, path);
    }

    private sealed record Found(IReadOnlyList<FoundPlace> Findings);

    private sealed record FoundPlace(string Code, long Row, string Cell, string Expected);
}
