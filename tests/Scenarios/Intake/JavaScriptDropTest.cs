using System.Diagnostics;
using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Cli.Drops;
using TfFlow.Lifecycle;

namespace TfFlow.Scenarios.Intake;

/// <summary>docs/drop.mjs drops a file at a real host, as a browser or another program would.</summary>
public class JavaScriptDropTest
{
    [Fact]
    public async Task A_file_dropped_by_the_module_of_the_page_is_taken_in_and_its_address_takes_no_second()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();
        var file = Path.Combine(world.WorkFolder, "attendance.csv");
        await File.WriteAllBytesAsync(file, World.AttendanceFile(200));
        var token = host.Tokens.Mint(new Caller("scenario", Role.AgencySubmitter, "school-0"), TimeSpan.FromHours(1));
        var script = $$"""
            import { readFile } from "node:fs/promises";
            import { ask, drop, put, seal } from "{{new Uri(Module())}}";
            const file = new Blob([await readFile({{JsonSerializer.Serialize(file)}})]);
            const request = { exchange: "{{World.Attendance}}" };
            const sent = await drop("{{host.Address}}", "{{token}}", "school-0", request, file);
            const grant = await ask("{{host.Address}}", "{{token}}", "school-0", request);
            const sealed = await seal(file, grant);
            await put(sealed, grant.uploadUri);
            const second = await put(sealed, grant.uploadUri).then(() => "put twice", (e) => e.message);
            const refused = await ask("{{host.Address}}", "{{token}}", "school-0", { exchange: "no-such" }).then(() => "granted", (e) => e.message);
            console.log(JSON.stringify({ ...sent, second, refused }));
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await node.StandardInput.WriteAsync(script);
        node.StandardInput.Close();
        var errors = node.StandardError.ReadToEndAsync();
        var answer = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
        var told = JsonSerializer.Deserialize<Told>(answer, Outbox.Json)!;

        using var api = World.As(host, "school-0");
        var extract = await new DropSender(api, "school-0").WaitAsync(told.GrantId, World.Patience);
        Assert.Equal("", extract.RefusalCode);
        Assert.Equal(told.Sha256, extract.DropSha256);
        Assert.Matches("Not put: the store answered 40[39]", told.Second);
        Assert.StartsWith("No grant: ", told.Refused, StringComparison.Ordinal);
    }

    private static string Module()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TfFlow.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return Path.Combine(folder.FullName, "docs", "drop.mjs");
    }

    private sealed record Told(string GrantId, string Sha256, string Second, string Refused);
}
