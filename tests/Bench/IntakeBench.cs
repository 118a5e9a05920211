using System.Diagnostics;
using System.Globalization;
using System.Text;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Host.Local.Azurite;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Hosting;

namespace TfFlow.Bench;

/// <summary>One large extract through a host of its own: time by phase, and the host's peak memory.</summary>
internal static class IntakeBench
{
    /// <param name="arguments">Mebibytes of CSV; default 1,024.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var size = (arguments.Length > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_024) * 1024 * 1024;
        var folder = Directory.CreateTempSubdirectory("tfflow-bench-");
        try
        {
            await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = Path.Combine(folder.FullName, "azurite") }, CancellationToken.None);
            var storage = azurite.ConnectionString(AzuriteAccounts.Personal);
            var work = Path.Combine(folder.FullName, "work");
            var csv = Path.Combine(folder.FullName, "extract.csv");
            var rows = await WriteAsync(csv, size);
            Console.WriteLine($"extract: {new FileInfo(csv).Length / 1048576.0:N0} MiB, {rows:N0} rows");

            using var host = Start(work, storage);
            var address = await AddressAsync(host);
            using var api = ApiClient.At(address, new WorkFolder(work).Tokens(TimeProvider.System).Mint(new Caller("bench", Role.AgencySubmitter, "dwp"), TimeSpan.FromHours(1)));
            var drops = new DropSender(api, "dwp");
            var watch = Stopwatch.StartNew();
            await using var content = File.OpenRead(csv);
            var grant = await drops.PutAsync(new GrantRequest("dwp-benefits"), content, plain: false, CancellationToken.None);
            Console.WriteLine($"sealed and dropped: {watch.Elapsed.TotalSeconds:N1} s");
            watch.Restart();
            var extract = await drops.WaitAsync(grant.GrantId, CancellationToken.None);
            var seconds = watch.Elapsed.TotalSeconds;
            Console.WriteLine($"intake: {seconds:N1} s, {size / 1048576.0 / seconds:N1} MiB/s, {rows / seconds:N0} rows/s; {extract.State}{(extract.RefusalCode.Length > 0 ? $" ({extract.RefusalCode})" : "")}, {extract.RowsAccepted:N0} rows accepted");
            Console.WriteLine($"host's peak memory: {PeakMebibytes(host):N0} MiB (bound: 300)");
            host.Kill();
            await host.WaitForExitAsync();
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<long> WriteAsync(string path, long size)
    {
        await using var file = new StreamWriter(path, append: false, Encoding.UTF8, 1 << 20);
        await file.WriteAsync("Surname,Forenames,Date of birth,Address,Postcode,Benefit,Claim started,Claim ended\r\n");
        var rows = 0L;
        for (var written = 0L; written < size; rows++)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture,
                $"Ellerbrook-{(char)('A' + (rows % 26))}{(char)('a' + (rows / 26 % 26))},Marigold Persephone,{1 + (rows % 28):D2}/{1 + (rows / 28 % 12):D2}/{1960 + (rows / 336 % 40)},\"Flat {rows % 97}, {rows / 97 % 9_999} The Old Foundry Buildings, Viaduct Road, Leicester\",LE{1 + (rows % 9)} {rows % 10}AB,jsa,{1 + (rows / 13_440 % 28):D2}/0{1 + (rows / 376_320 % 9)}/20{12 + (rows % 14)},\r\n");
            await file.WriteAsync(line);
            written += line.Length;
        }

        return rows;
    }

    private static Process Start(string work, string storage) => Process.Start(new ProcessStartInfo("dotnet")
    {
        RedirectStandardOutput = true,
        ArgumentList = { Path.Combine(AppContext.BaseDirectory, "tfflow.dll"), "up", "--port", "0", "--folder", work, "--storage", storage },
    })!;

    private static async Task<Uri> AddressAsync(Process host)
    {
        while (await host.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("TfFlow is up: ", StringComparison.Ordinal))
            {
                _ = host.StandardOutput.ReadToEndAsync();
                return new Uri(line.Split(' ')[3]);
            }
        }

        throw new InvalidOperationException("The host ended before it was up.");
    }

    private static double PeakMebibytes(Process host) =>
        long.Parse(File.ReadLines($"/proc/{host.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
}
