using System.CommandLine;
using Spectre.Console;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Hosting;
using TfFlow.TestKit;
using TfFlow.Vault.Storage;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>Commands that read make nothing: a folder on which no host was started stays as it is, and so does a store without a
/// ledger.</summary>
[Collection(AzuriteFixture.Collection)]
public sealed class EmptyFolderTest(AzuriteFixture azurite) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-empty-");

    public void Dispose() => folder.Delete(recursive: true);

    public static TheoryData<string> Reading =>
    [
        "ledger verify", "ledger search", "ledger key", "ledger receipt extract.erase.x", "ledger export NEW --purpose audit",
            "ledger fetch NEW --purpose audit",
        "extracts", "cohort", "calendar", "outbox --agency school-0", "case list", "marker list --agency a-force", "question list",
            "notice list", "objection list", "instances",
        "breach list", "hold list", "request list", "register list risk", "access list", "access reads", "inventory", "research list",
            "study list", "statistics list",
        "statistics subjects", "agreement suspensions", "give shown", "quality --exchange testshire-attendance",
    ];

    [Theory]
    [MemberData(nameof(Reading))]
    public async Task A_folder_on_which_no_host_was_started_stays_empty(string line)
    {
        var beside = Path.Combine(Path.GetTempPath(), $"tfflow-{Guid.NewGuid():n}.csv");
        foreach (var server in (string[])["", " --server http://127.0.0.1:1"])
        {
            // Where a host is named, the token would come from the folder.
            var words = $"{line.Replace("NEW", beside, StringComparison.Ordinal)}{(line.StartsWith("ledger", StringComparison.Ordinal) && !line.Contains("fetch", StringComparison.Ordinal) ? "" : server)}";
            var parsed = Root().Parse([.. words.Split(' '), "--folder", folder.FullName]);
            Assert.True(parsed.Errors.Count == 0, $"{words}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");

            var told = await Assert.ThrowsAsync<CommandException>(() =>
                parsed.InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null, EnableDefaultExceptionHandler = false }));

            Assert.Equal(ExitCode.Unavailable, told.ExitCode);
            Assert.Contains("There is no work folder", told.Message, StringComparison.Ordinal);
            Assert.Empty(folder.EnumerateFileSystemInfos());
            Assert.False(File.Exists(beside));
        }
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("search")]
    [InlineData("key")]
    public async Task A_store_without_a_ledger_gets_none(string command)
    {
        _ = new WorkFolder(folder.FullName).Tokens(TimeProvider.System);
        var before = folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => entry.FullName).ToList();
        string[] words = ["ledger", command, "--folder", folder.FullName];

        // Neither in a store that is named, nor by starting one.
        foreach (var storage in (string[][])[["--storage", azurite.Personal], []])
        {
            var told = await Assert.ThrowsAsync<CommandException>(() => Root().Parse([.. words, .. storage])
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
            Assert.Equal(ExitCode.Unavailable, told.ExitCode);
            Assert.Contains("There is no ledger here", told.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => entry.FullName));
        var absent = await Assert.ThrowsAsync<StorageException>(() => new TableStore(azurite.Personal)
            .QueryPageAsync("ledger", TableQuery.All, null, default));
        Assert.Equal(StorageError.NotFound, absent.Error);
    }

    private static RootCommand Root()
    {
        var (option, storage, console) = (Options.Folder(), Options.Storage(), AnsiConsole.Console);
        var root = new RootCommand("tfflow")
        {
            LedgerCommand.Create(new LedgerOpener(option, storage).OpenAsync, option), ExtractsCommand.CreateList(option, console),
                CohortCommand.Create(option, console),
            CalendarCommand.Create(option, console, TimeProvider.System), OutboxCommand.Create(option, console),
                CaseCommand.Create(option, console), MarkerCommand.Create(option),
            QuestionCommand.Create(option), NoticeCommand.Create(option), ObjectionCommand.Create(option),
                InstancesCommand.Create(option, console), BreachCommand.Create(option),
            HoldCommand.Create(option), RequestCommand.Create(option), RegisterCommand.Create(option), AccessCommand.Create(option),
                InventoryCommand.Create(option),
            ResearchCommand.Create(console, TextWriter.Null, option), StudyCommand.Create(option), StatisticsCommand.Create(option),
            AgreementCommand.Create(TimeProvider.System, option), GiveCommand.Create(option), QualityCommand.Create(option, console),
        };
        root.Options.Add(option);
        root.Options.Add(storage);
        return root;
    }
}
