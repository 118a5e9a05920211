using System.Text;
using TfFlow.Host.Local.Commands;
using TfFlow.Programme.Extracts;

namespace TfFlow.Host.Local.Tests.Commands;

/// <summary>One file with more than twenty different faults, and the report its sender gets.</summary>
public sealed class TwentyFaultsTest
{
    public const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Term starts,Possible sessions,Unauthorised sessions,Authorised sessions,Fixed exclusions,Permanent exclusion,Provision,Previously excluded\n";

    private static readonly string[] Rows =
    [
        "Marlowe,Edith,14/02/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,21,4,1,no,school,",
        ",Tobias,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 3: no surname
        "-,Tobias,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 4: no name
        "Vane 2,Toby,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 5: digits, kept
        "Quince,=Ottoline,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 6: formula, kept
        "Ashdown,Ifor,31/02/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 7: no such day
        "Ashdown,Ifor,03/11/05,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 8: two-digit year
        "Ashdown,Ifor,38659,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 9: a spreadsheet's number
        "Ashdown,Ifor,autumn,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 10: no date
        "Ashdown,Ifor,03/11/2005 09:30,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 11: a time of day
        "Ashdown,Ifor,03/11/2005,12 Wharf Street,LEICESTER,02/09/2013,130,0,0,0,no,school,", // 12: no postcode
        "Ashdown,Ifor,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,all,0,0,0,no,school,", // 13: no number
        "Ashdown,Ifor,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,1300,0,0,0,no,school,", // 14: too many sessions
        "Ashdown,Ifor,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,home,", // 15: no such provision
        "Ashdown,Ifor,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,100,40,0,no,school,", // 16: more missed than possible
        "Ashdown,Ifor,03/11/2005,12 Wharf Street,LE1 1AA,03/09/2012,130,0,0,0,no,school,", // 17: too old a term
        "Ashdown,Ifor,03/11/1975,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 18: not a child
        "Ashdown,Ifor,03/11/2013,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 19: not born yet
        "Ashdown,Ifor,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,pru,", // 20: why in a PRU?
        "Marlowe,Edith,14/02/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,21,4,1,no,school,", // 21: again
        "Ashdown,Ifor,03/11/2005,12 Wharf Street,LE1 1AA", // 22: cut short
        "Bell,Nia,03/11/2005,12 Wharf\u0007Street,LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 23: a control character
        $"Bell,Nia,03/11/2005,{new string('x', 300)},LE1 1AA,02/09/2013,130,0,0,0,no,school,", // 24: too long
        "Bell,Nia,03/11/2005,12 Wharf Street,LE1 1AA,02/09/2013,130,0,0,0,no,school", // 25: a trailing comma missing, kept
    ];

    [Fact]
    public async Task Each_fault_is_told_once_with_its_place_and_what_is_expected()
    {
        using var csv = new MemoryStream(Encoding.UTF8.GetBytes(Header + string.Join('\n', Rows) + "\n"));
        var specification = DatasetCatalogue.Find("school-attendance")!;
        var outcome = await ExtractReader.ReadAsync(csv, specification, new() { AsOf = new(2013, 10, 31) }, (_, _) => ValueTask.CompletedTask, CancellationToken.None);
        Assert.Equal(
            [
                "cell.blank A3", "name.no-letter A4", "name.digits A5", "cell.formula B6", "date.not-a-day C7", "date.two-digit-year C8", "date.excel-serial C9", "date.format C10", "date.time C11",
                "postcode.format E12", "number.format G13", "number.range G14", "code.not-in-set L15", "row.parts G16", "row.terms F17", "row.age-at-event C18", "row.lifespan C19",
                "row.required-when M20", "row.duplicate 21", "row.cells 22", "text.control-character D23", "text.too-long D24", "row.trailing-cells 25", "file.too-many-refused ",
            ], outcome.Findings.Select(finding => $"{finding.Code} {finding.Cell}"));

        using var text = new StringWriter();
        OutcomeReport.Write(Terminal.Create(text), outcome, specification);
        var report = text.ToString();
        Assert.All(outcome.Findings, finding =>
        {
            Assert.Contains($"[{finding.Code}]", report, StringComparison.Ordinal);
            Assert.Contains(finding.Expected, report, StringComparison.Ordinal);
            Assert.Contains(finding.Cell, report, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("Ashdown", report, StringComparison.Ordinal);
        Assert.DoesNotContain("LEICESTER", report, StringComparison.Ordinal);
    }
}
