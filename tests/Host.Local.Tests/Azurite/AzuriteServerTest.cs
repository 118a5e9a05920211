using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using TfFlow.Host.Local.Azurite;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Azurite;

public sealed partial class AzuriteServerTest : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tfflow-azurite-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_is_gone_when_disposed_and_comes_back_with_the_same_data_keys_and_ports()
    {
        string before;
        Process process;
        await using (var azurite = await StartAsync())
        {
            before = azurite.ConnectionString(AzuriteAccounts.Keys);
            process = Process.GetProcessById(azurite.ProcessId);
            await new TableStore(before).CreateTableAsync("kept", CancellationToken.None);
        }

        Assert.True(process.HasExited);
        await using var again = await StartAsync();
        var after = again.ConnectionString(AzuriteAccounts.Keys);
        Assert.Equal(before, after);
        await new TableStore(before).SubmitAsync("kept", TableWrite.Insert(new TableRow("p", "r")), CancellationToken.None);
    }

    [Fact]
    public async Task Accounts_are_stores_of_their_own_under_keys_of_their_own()
    {
        await using var azurite = await StartAsync();
        var (personal, keys) = (azurite.ConnectionString(AzuriteAccounts.Personal), azurite.ConnectionString(AzuriteAccounts.Keys));
        await new TableStore(keys).CreateTableAsync("kept", CancellationToken.None);
        await new TableStore(keys).SubmitAsync("kept", TableWrite.Insert(new TableRow("p", "r")), CancellationToken.None);
        Assert.Null(await new TableStore(personal).GetAsync("kept", "p", "r", CancellationToken.None));

        var impostor = Key().Replace(keys, Key().Match(personal).Value);
        Assert.NotEqual(keys, impostor);
        var refusal = await Assert.ThrowsAsync<StorageException>(() => new TableStore(impostor).GetAsync("kept", "p", "r", CancellationToken.None));
        Assert.Equal(StorageError.Refused, refusal.Error);
        refusal = await Assert.ThrowsAsync<StorageException>(() => new BlobStore(impostor).CreateContainerAsync("kept", CancellationToken.None));
        Assert.Equal(StorageError.Refused, refusal.Error);
    }

    [Fact]
    public async Task Its_work_folder_is_its_owners_alone()
    {
        var inside = Path.Combine(folder, "work");
        await using var azurite = await StartAsync(new AzuriteOptions { Folder = inside });
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(inside));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(inside, "azurite.json")));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopped_in_the_middle_of_writes_it_keeps_what_it_acknowledged(bool bySignal)
    {
        await using var azurite = await StartAsync();
        var options = new StoreOptions { MaxRetries = 0 };
        var tables = new TableStore(azurite.ConnectionString(AzuriteAccounts.Host), options);
        await tables.CreateTableAsync("rows", CancellationToken.None);
        var halfway = new TaskCompletionSource();
        var writers = Enumerable.Range(0, 8).Select(writer => WriteUntilStoppedAsync($"p{writer}", writer == 0 ? halfway : null)).ToArray();
        await halfway.Task;
        if (bySignal)
        {
            // Taken before the signal: afterwards the process may be gone already.
            using var process = Process.GetProcessById(azurite.ProcessId);
            await SignalAsync("TERM", azurite.ProcessId);
            await process.WaitForExitAsync();
        }
        else
        {
            await azurite.StopAsync();
        }

        var acknowledged = await Task.WhenAll(writers);
        await azurite.StartAgainAsync(CancellationToken.None);
        for (var writer = 0; writer < writers.Length; writer++)
        {
            Assert.InRange(await CountAsync(tables, "rows", $"p{writer}"), acknowledged[writer], acknowledged[writer] + 1);
        }

        async Task<int> WriteUntilStoppedAsync(string partition, TaskCompletionSource? halfwayReached)
        {
            for (var row = 0; ; row++)
            {
                try
                {
                    await tables.SubmitAsync("rows", TableWrite.Insert(new TableRow(partition, row.ToString("d8", CultureInfo.InvariantCulture))), CancellationToken.None);
                }
                catch (StorageException outage) when (outage.IsTransient)
                {
                    return row;
                }

                if (row == 50)
                {
                    halfwayReached?.SetResult();
                }
            }
        }
    }

    [Fact]
    public async Task Killed_it_can_be_started_again()
    {
        await using var azurite = await StartAsync();
        await azurite.KillAsync();
        Assert.False(azurite.IsRunning);
        await azurite.StartAgainAsync(CancellationToken.None);
        Assert.True(azurite.IsRunning);
        await new TableStore(azurite.ConnectionString(AzuriteAccounts.Host)).CreateTableAsync("rows", CancellationToken.None);
    }

    [Fact]
    public async Task An_interrupt_at_the_terminal_leaves_its_end_to_its_parent()
    {
        await using var azurite = await StartAsync();
        await SignalAsync("INT", azurite.ProcessId);
        await new TableStore(azurite.ConnectionString(AzuriteAccounts.Host)).CreateTableAsync("rows", CancellationToken.None);
        Assert.True(azurite.IsRunning);
    }

    [Fact]
    public async Task It_ends_when_its_parent_is_killed_and_the_next_run_finds_every_row_acknowledged()
    {
        using var parent = AzuriteParent.Start(folder);
        var orphan = ServingProcess.Of(Process.GetProcessById(int.Parse((await parent.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture)));
        for (var row = 0; row < 200; row++)
        {
            await parent.StandardOutput.ReadLineAsync();
        }

        Assert.True(orphan.IsRunning);
        parent.Kill();
        await parent.WaitForExitAsync();
        var acknowledged = 200 + (await parent.StandardOutput.ReadToEndAsync()).Count(character => character == '\n');

        await using var azurite = await StartAsync();
        Assert.False(orphan.IsRunning);
        Assert.InRange(await CountAsync(new TableStore(azurite.ConnectionString(AzuriteAccounts.Host)), AzuriteParent.Table, "p"), acknowledged, acknowledged + 1);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_and_its_holder_left_alone()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        foreach (var options in (AzuriteOptions[])[new() { Folder = folder, BlobPort = port }, new() { Folder = folder, QueuePort = port }, new() { Folder = folder, TablePort = port }])
        {
            var refusal = await Assert.ThrowsAsync<AzuriteException>(() => StartAsync(options));
            Assert.Equal(AzuriteError.PortRefused, refusal.Error);
            Assert.Contains($"Port {port} is taken", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
        }

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var azurite = await StartAsync();
    }

    [Fact]
    public async Task A_folder_of_other_accounts_is_refused_rather_than_found_empty()
    {
        await using (await StartAsync(new AzuriteOptions { Folder = folder, Accounts = ["personal", "keys", "host"] }))
        {
        }

        var refusal = await Assert.ThrowsAsync<AzuriteException>(() => StartAsync());
        Assert.Equal(AzuriteError.OtherAccounts, refusal.Error);
        Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blobs_queues_and_tables_are_served_at_loopback()
    {
        await using var azurite = await StartAsync();
        var endpoints = azurite.ConnectionString(AzuriteAccounts.Host).Split(';').Where(part => part.Contains("Endpoint", StringComparison.Ordinal)).Select(part => new Uri(part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..])).ToList();
        Assert.Equal(3, endpoints.Select(endpoint => endpoint.Port).Distinct().Count());
        foreach (var endpoint in endpoints)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Parse(endpoint.Host), endpoint.Port);
        }
    }

    [Fact]
    public async Task A_folder_in_use_is_refused()
    {
        await using var azurite = await StartAsync();
        var refusal = await Assert.ThrowsAsync<AzuriteException>(() => StartAsync());
        Assert.Equal(AzuriteError.FolderInUse, refusal.Error);
        Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
        Assert.True(azurite.IsRunning);
    }

    private Task<AzuriteServer> StartAsync(AzuriteOptions? options = null) =>
        AzuriteServer.StartAsync(options ?? new AzuriteOptions { Folder = folder }, CancellationToken.None);

    private static async Task SignalAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", ["-s", signal, processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    [GeneratedRegex("AccountKey=[^;]+")]
    private static partial Regex Key();

    private static async Task<int> CountAsync(TableStore tables, string table, string partition)
    {
        var count = 0;
        await foreach (var row in tables.QueryAsync(table, TableQuery.Partition(partition) with { Select = [] }, CancellationToken.None))
        {
            count++;
        }

        return count;
    }
}
