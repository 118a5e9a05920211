using System.CommandLine;
using TfFlow.Cli.Commands;
using TfFlow.Vault.Sealing;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>A partner opens on its own machine what is sealed to it; what does not open says what to do.</summary>
public sealed class KeyCommandTest : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_sealed_to_a_key_opens_and_what_does_not_says_what_to_do()
    {
        using var key = RecipientKeyFile.Create(new(At("own.key")));
        using var other = RecipientKeyFile.Create(new(At("other.key")));
        await File.WriteAllBytesAsync(At("list.sealed"), await RecipientKey.SealAsync(key.PublicKey, "reference", "police", "a list"u8.ToArray(), CancellationToken.None));
        Assert.Equal(0, await OpenAsync("list.sealed", "reference", "own.key"));
        Assert.Equal("a list", await File.ReadAllTextAsync(At("out")));
        File.Delete(At("out"));

        Assert.Contains("'tfflow outbox --agency police --save DIR' copies it", await RefusedAsync("none.sealed", "reference", "own.key"), StringComparison.Ordinal);
        Assert.Contains("There is no key lost.key: --key names the file that 'tfflow key create --out' wrote.", await RefusedAsync("list.sealed", "reference", "lost.key"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("text.key"), "no key");
        Assert.Contains("make another key and register it", await RefusedAsync("list.sealed", "reference", "text.key"), StringComparison.Ordinal);
        Assert.Contains("'tfflow outbox --agency police --show NAME'", await RefusedAsync("list.sealed", "other-reference", "own.key"), StringComparison.Ordinal);
        Assert.Contains("give --key the key that was registered when it was sealed", await RefusedAsync("list.sealed", "reference", "other.key"), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(At("cut.sealed"), (await File.ReadAllBytesAsync(At("list.sealed")))[..40]);
        Assert.Contains("Copy it again with", await RefusedAsync("cut.sealed", "reference", "own.key"), StringComparison.Ordinal);
        Assert.Contains("Copy it again with", await RefusedAsync("text.key", "reference", "own.key"), StringComparison.Ordinal);
        Assert.False(File.Exists(At("out")));
        await File.WriteAllTextAsync(At("out"), "kept");
        Assert.Contains("out exists already", await RefusedAsync("list.sealed", "reference", "own.key"), StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private async Task<string> RefusedAsync(string file, string reference, string key) =>
        (await Assert.ThrowsAsync<CommandException>(() => OpenAsync(file, reference, key))).Message;

    private Task<int> OpenAsync(string file, string reference, string key) => KeyCommand.Create(Options.Folder())
        .Parse(["open", At(file), "--reference", reference, "--agency", "police", "--key", At(key), "--out", At("out")])
        .InvokeAsync(new() { EnableDefaultExceptionHandler = false, Output = TextWriter.Null });

    [Fact]
    public void Who_gives_a_household_secret_is_told_where_it_lies_and_what_the_partner_does_next()
    {
        var given = KeyCommand.Words(new("yourtown", "yourtown-concerns", "yourtown-police", "cafe", "", "household-key/yourtown.sealed"));
        Assert.Contains("household-key/yourtown.sealed", given, StringComparison.Ordinal);
        Assert.Contains("tfflow key open FILE --reference R --agency yourtown-police", given, StringComparison.Ordinal);
        Assert.Contains("tfflow prepare EXPORT --exchange yourtown-concerns --key list.key", given, StringComparison.Ordinal);

        var shown = KeyCommand.Words(new("yourtown", "yourtown-concerns", "yourtown-police", "cafe", "beef", ""));
        Assert.Contains("shown this once: beef", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("outbox", shown, StringComparison.Ordinal);
    }
}
