using System.CommandLine;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>What a mistyped <c>--storage</c> is answered with: one line, and that something outside is in the way.</summary>
public sealed class StorageOptionTest : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("somewhere")]
    [InlineData("AccountName=a;AccountKey=b")]
    public async Task A_connection_string_that_cannot_be_read_is_told_in_one_line(string value)
    {
        var (work, storage) = (Options.Folder(), Options.Storage());
        var root = new RootCommand { UpCommand.Create(work, storage) };
        root.Options.Add(work);
        root.Options.Add(storage);
        var up = root.Parse(["up", "--port", "0", "--folder", Path.Combine(folder.FullName, "work"), "--storage", value]);

        var refused = await Assert.ThrowsAsync<CommandException>(
            () => up.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));

        Assert.Equal(ExitCode.Unavailable, refused.ExitCode);
        Assert.StartsWith("The connection string cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain("AccountKey=b", refused.Message, StringComparison.Ordinal);
    }
}
