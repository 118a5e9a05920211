using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Proof;

namespace TfFlow.Scenarios.Intake;

/// <summary>What an agency sees of its drop, on its own machine.</summary>
public class DropCommandTest
{
    [Fact]
    public async Task A_drop_ends_with_the_report_as_validate_prints_it_and_the_refused_rows_stay_with_their_sender()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();
        const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Term starts,Possible sessions,Unauthorised sessions,Authorised sessions,Fixed exclusions,Permanent exclusion,Provision,Previously excluded";
        var day = World.Today.AddMonths(-1).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        var lines = Enumerable.Range(1, 200).Select(row => $"Marlowe{(char)('a' + (row % 26))}{(char)('a' + (row / 26))},Ada,{(row == 7 ? "31/02" : "14/02")}/2012,{row} Wharf Street,LE1 1AA,{day},60,5,3,0,no,mainstream,").Prepend(Header).ToList();
        var file = Path.Combine(world.WorkFolder, "attendance.csv");
        await File.WriteAllTextAsync(file, string.Join("\r\n", lines) + "\r\n");
        var refused = Path.Combine(world.WorkFolder, "attendance.refused.csv");

        var (exit, report) = await RunAsync(host, "drop", file, "--agency", "school-0", "--exchange", World.Attendance, "--refused", refused);

        Assert.True(exit == ExitCode.Done, report);
        Assert.Contains("ACCEPTED WITH REFUSED ROWS", report, StringComparison.Ordinal);
        Assert.Contains("200 rows read, 199 accepted, 1 refused", report, StringComparison.Ordinal);
        Assert.Contains("[date.not-a-day]\n    where  column C, row 8\n    to do  Compare the cell", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Marlowe", report, StringComparison.Ordinal);
        var rows = (await File.ReadAllLinesAsync(refused)).Where(line => line.Length > 0).ToList();
        Assert.Equal(2, rows.Count);
        Assert.StartsWith("8,Date of birth: expected a day that exists", rows[1].Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.EndsWith(lines[7], rows[1], StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(refused));
        }

        // Nothing is overwritten, and nothing sent.
        var again = await Assert.ThrowsAsync<CommandException>(() => RunAsync(host, "drop", file, "--agency", "school-0", "--exchange", World.Attendance, "--refused", refused));
        Assert.Equal(ExitCode.Usage, again.ExitCode);

        // A workbook may hold more than anybody asked for: it does not leave the machine.
        var workbook = Path.Combine(world.WorkFolder, "attendance.xlsx");
        await File.WriteAllBytesAsync(workbook, [.. "PK\u0003\u0004"u8, .. new byte[600]]);
        var prepared = await Assert.ThrowsAsync<CommandException>(() => RunAsync(host, "drop", workbook, "--agency", "school-0", "--exchange", World.Attendance));
        Assert.Equal(ExitCode.Usage, prepared.ExitCode);
        Assert.Contains("tfflow prepare", prepared.Message, StringComparison.Ordinal);
        Assert.Single(await host.Services.GetRequiredService<Registers>().Grants.ListAsync(World.Patience).ToListAsync());

        await host.Services.GetRequiredService<Checkpoints>().RunAsync(World.Patience);
        var outbox = (await RunAsync(host, "outbox", "--agency", "school-0")).Output;
        var receipt = Assert.Single(outbox.Split('\n'), line => line.Contains("THE RECEIPT of your file", StringComparison.Ordinal));
        Assert.Contains(receipt.TrimStart().Split(' ')[0], report, StringComparison.Ordinal);
    }

    /// <summary>Titles above, an address in three columns, dates in three spellings and a total below: as a system exports it.</summary>
    [Fact]
    public async Task An_export_is_prepared_on_its_way_by_a_saved_mapping_and_no_file_of_it_rests()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();
        var day = World.Today.AddMonths(-1);
        string[] spellings = [day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), day.ToString("d MMM yyyy", CultureInfo.InvariantCulture), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        var rows = Enumerable.Range(1, 60).Select(row => $"Marlowe{(char)('a' + (row % 26))}{(char)('a' + (row / 26))};Ada;14/02/2012;{row};Wharf Street;Leicester;LE1 1AA;{spellings[row % 3]};60;5;3;0;no;mainstream;")
            .Prepend("Pupil family;Forenames;Date of birth;House No;Street;Town;Postcode;Term starts;Possible sessions;Unauthorised sessions;Authorised sessions;Fixed exclusions;Permanent exclusion;Provision;Previously excluded")
            .Prepend("Attendance by term").Append("Total;;;;;;;;3600;300;180;0;;;");
        var file = Path.Combine(world.WorkFolder, "export.csv");
        await File.WriteAllTextAsync(file, string.Join("\r\n", rows) + "\r\n");
        var before = Directory.GetFiles(world.WorkFolder, "*.csv", SearchOption.AllDirectories);

        var (exit, report) = await RunAsync(host, "drop", file, "--agency", "school-0", "--exchange", World.Attendance, "--map", "Pupil family=surname", "--agreements", World.AgreementFolder);

        Assert.True(exit == ExitCode.Done, report);
        Assert.Contains("60 rows read, 60 accepted", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Marlowe", report, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(world.WorkFolder, "*.csv", SearchOption.AllDirectories));

        // Another exchange's columns: nothing is sent.
        var (refusedExit, refused) = await RunAsync(host, "drop", file, "--agency", "school-0", "--exchange", World.Attendance, "--map", "Forenames=forenames", "--agreements", World.AgreementFolder);
        Assert.Equal(ExitCode.Refused, refusedExit);
        Assert.Contains("Nothing is sent.", refused, StringComparison.Ordinal);
        var listed = await Assert.ThrowsAsync<CommandException>(() => RunAsync(host, "drop", file, "--agency", "school-0", "--exchange", World.Attendance,
            "--map", "Pupil family=surname", "--agreements", World.AgreementFolder, "--refused", Path.Combine(world.WorkFolder, "refused.csv")));
        Assert.Contains("tfflow prepare --refused", listed.Message, StringComparison.Ordinal);
        var nowhere = await Assert.ThrowsAsync<CommandException>(() => RunAsync(host, "drop", file, "--agency", "school-0", "--exchange", World.Attendance,
            "--map", "Pupil family=surname", "--agreements", Path.Combine(world.WorkFolder, "nowhere")));
        Assert.Equal(ExitCode.Usage, nowhere.ExitCode);
        Assert.Single(await host.Services.GetRequiredService<Registers>().Grants.ListAsync(World.Patience).ToListAsync());
    }

    private static async Task<(int Exit, string Output)> RunAsync(LocalHost host, params string[] arguments)
    {
        using var output = new StringWriter();
        var (console, folder) = (Terminal.Create(output, plain: true), Options.Folder());
        var root = new RootCommand { DropCommand.Create(folder, console, TimeProvider.System), OutboxCommand.Create(folder, console) };
        root.Options.Add(folder);
        var token = host.Tokens.Mint(new Caller("scenario", Role.AgencySubmitter, "school-0"), TimeSpan.FromHours(1));
        var exit = await root.Parse([.. arguments, "--server", host.Address.ToString(), "--token", token]).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        return (exit, output.ToString().ReplaceLineEndings("\n"));
    }
}
