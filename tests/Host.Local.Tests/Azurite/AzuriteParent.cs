using System.Diagnostics;
using System.Globalization;
using TfFlow.Host.Local.Azurite;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Azurite;

/// <summary>A process that starts Azurite and inserts rows until it is killed. It prints Azurite's process id, then the number of each row acknowledged.</summary>
internal static class AzuriteParent
{
    public const string Table = "rows";

    public static Process Start(string folder) => Process.Start(new ProcessStartInfo("dotnet", [typeof(AzuriteParent).Assembly.Location, "azurite", folder])
    {
        RedirectStandardOutput = true,
    })!;

    public static async Task<int> RunAsync(string folder)
    {
        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder }, CancellationToken.None);
        await Console.Out.WriteLineAsync(azurite.ProcessId.ToString(CultureInfo.InvariantCulture));
        var tables = new TableStore(azurite.ConnectionString(AzuriteAccounts.Host));
        await tables.CreateTableAsync(Table, CancellationToken.None);
        for (var row = 0; ; row++)
        {
            await tables.SubmitAsync(Table, TableWrite.Insert(new TableRow("p", row.ToString("d8", CultureInfo.InvariantCulture))), CancellationToken.None);
            await Console.Out.WriteLineAsync(row.ToString(CultureInfo.InvariantCulture));
        }
    }
}
