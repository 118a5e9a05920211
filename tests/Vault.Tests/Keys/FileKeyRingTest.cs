using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Tests.Keys;

public sealed class FileKeyRingTest : KeyRingContract, IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("tfflow-keys-").FullName;

    private string Folder => Path.Combine(parent, "keys");

    public void Dispose() => Directory.Delete(parent, recursive: true);

    protected override IKeyRing Open() => new FileKeyRing(Folder);

    [Fact]
    public async Task Folder_and_files_are_made_for_their_owner_only()
    {
        (await Open().GetCurrentAsync("north", default)).Dispose();
        await Open().GetSecretAsync("tokens", default);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
            foreach (var file in Directory.GetFiles(Folder))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }

        Assert.Equal(["kek-north-1.key", "secret-tokens.key"], Names());
    }

    [Fact]
    public async Task A_ring_in_a_folder_of_the_key_folder_may_be_made_first()
    {
        await new FileKeyRing(Path.Combine(Folder, "apart", "checkpoint")).GetSecretAsync("checkpoint", default);

        (await Open().GetCurrentAsync("north", default)).Dispose();
        if (!OperatingSystem.IsWindows())
        {
            foreach (var made in (string[])[Folder, Path.Combine(Folder, "apart"), Path.Combine(Folder, "apart", "checkpoint")])
            {
                Assert.Equal(PrivateFolder.Mode, File.GetUnixFileMode(made));
            }
        }
    }

    [Fact]
    public async Task Of_many_that_create_a_secret_at_the_same_moment_all_get_the_first()
    {
        for (var round = 0; round < 50; round++)
        {
            using var start = new Barrier(4);
            var secrets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Open().GetSecretAsync($"raced-{round}", default);
                },
                default,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));

            Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
            Assert.NotEqual(new byte[32], secrets[0]);
            Assert.Equal(secrets[0], await Open().GetSecretAsync($"raced-{round}", default));
        }

        Assert.Equal(50, Names().Length);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public async Task A_folder_open_to_others_is_refused_saying_what_to_do(UnixFileMode loose)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await Open().CheckAsync(default);
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | loose);

        var refusals = new[]
        {
            await Assert.ThrowsAsync<KeyRingException>(() => Open().CheckAsync(default)),
            await Assert.ThrowsAsync<KeyRingException>(() => Open().GetCurrentAsync("north", default)),
            await Assert.ThrowsAsync<KeyRingException>(() => Open().GetSecretAsync("tokens", default)),
        };

        Assert.All(refusals, refusal => Assert.Contains($"chmod 700 '{Folder}'", refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_file_open_to_others_is_refused_saying_what_to_do()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        (await Open().GetCurrentAsync("north", default)).Dispose();
        var file = Path.Combine(Folder, "kek-north-1.key");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        var refusal = await Assert.ThrowsAsync<KeyRingException>(() => Open().GetCurrentAsync("north", default));

        Assert.Contains($"chmod 600 '{file}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public async Task A_damaged_key_file_is_refused_and_never_replaced(int length)
    {
        (await Open().GetCurrentAsync("north", default)).Dispose();
        var file = Path.Combine(Folder, "kek-north-1.key");
        await File.WriteAllBytesAsync(file, new byte[length]);

        var refusal = await Assert.ThrowsAsync<KeyRingException>(() => Open().GetCurrentAsync("north", default));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(length, new FileInfo(file).Length);
    }

    [Fact]
    public async Task A_file_in_the_folders_place_is_refused()
    {
        await File.WriteAllTextAsync(Folder, "");

        await Assert.ThrowsAsync<KeyRingException>(() => Open().CheckAsync(default));
    }

    [Fact]
    public async Task A_retired_key_leaves_no_key_file_and_a_crash_between_is_finished_by_the_next_retirement()
    {
        var ring = Open();
        var id = await ring.RotateAsync("north", default);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "kek-north-1.retired"), []);

        await Assert.ThrowsAsync<KeyRetiredException>(() => ring.GetAsync(id, default));
        await ring.RetireAsync(id, default);

        Assert.Equal(["kek-north-1.retired"], Names());
    }

    [Fact]
    public async Task A_key_once_published_is_never_overwritten()
    {
        await Open().CheckAsync(default);
        var path = Path.Combine(Folder, "x.key");

        KeyFile.Publish(path, [1], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        KeyFile.Publish(path, [2], UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal([1], await File.ReadAllBytesAsync(path));
        Assert.Equal(["x.key"], Names());
    }

    private string[] Names() => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
}
