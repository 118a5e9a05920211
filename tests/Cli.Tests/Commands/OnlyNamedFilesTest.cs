using System.Collections.Concurrent;
using System.Diagnostics;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>Preparing writes the files that were named and no other, not even for a moment: no copy of a person rests on a disk unasked.</summary>
public sealed class OnlyNamedFilesTest : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_large_workbook_leaves_nothing_beside_the_named_outputs_which_their_owner_alone_reads()
    {
        string[] headers = ["Surname", "Forenames", "Date of birth", "Address", "Postcode", "Sex", "On roll"];
        var rows = string.Concat(Enumerable.Range(2, 5000).Select(row => Workbooks.Row(row, $"Marlowe{(char)('a' + (row % 26))}", "Ada", row == 9 ? "31/02/2012" : "14/02/2012", $"{row} Wharf Street", "LE1 1AA", "F", "Y")));
        var export = Path.Combine(folder.FullName, "census.xlsx");
        await File.WriteAllBytesAsync(export, Workbooks.Make([Workbooks.Row(1, headers) + rows]));
        var written = new ConcurrentBag<string>();
        using var watch = new FileSystemWatcher(folder.FullName) { IncludeSubdirectories = true };
        watch.Created += (_, file) => written.Add(file.FullPath);
        watch.Renamed += (_, file) => written.Add(file.FullPath);
        watch.EnableRaisingEvents = true;

        // Everything that could be written unasked is sent to the watched folder: temporary files, a home, the current folder.
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "tfflow.dll"), "prepare", export, "--exchange", "bristol-baseline-census",
                "--out", "census.csv", "--refused", "census.refused.csv", "--save-mapping", "mapping.json", "--map", "Surname=surname",
            },
        };
        foreach (var name in (string[])["TMPDIR", "TMP", "TEMP", "HOME", "DOTNET_CLI_HOME"])
        {
            start.Environment[name] = folder.FullName;
        }

        // The runtime's own socket for debuggers would lie there too.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 1 && output.StartsWith("ACCEPTED WITH REFUSED ROWS", StringComparison.Ordinal), output);
        string[] named = [.. new[] { "census.csv", "census.refused.csv", "mapping.json" }.Select(name => Path.Combine(folder.FullName, name))];
        Assert.Equal(named, Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories).Except([export]).Order(StringComparer.Ordinal));
        Assert.Empty(written.Except(named));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in named)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }
}
