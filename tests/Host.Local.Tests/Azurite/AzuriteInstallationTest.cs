using TfFlow.Host.Local.Azurite;

namespace TfFlow.Host.Local.Tests.Azurite;

public sealed class AzuriteInstallationTest : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tfflow-install-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Without_Node_one_line_says_what_to_install()
    {
        var refusal = await Assert.ThrowsAsync<AzuriteException>(
            () => AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder, SearchPath = folder }, CancellationToken.None));
        Assert.Equal(AzuriteError.NodeMissing, refusal.Error);
        Assert.Contains("Node.js 20", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_failing_npm_leaves_nothing_behind_and_the_next_attempt_starts_afresh()
    {
        var refusal = await Assert.ThrowsAsync<AzuriteException>(
            () => EnsureAsync("echo 'npm error code ENOTFOUND' >&2; mkdir node_modules; exit 7"));
        Assert.Equal(AzuriteError.InstallFailed, refusal.Error);
        Assert.Contains("ended with 7 (npm error code ENOTFOUND)", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);

        Assert.True(Directory.Exists(await EnsureAsync("mkdir node_modules")));
    }

    [Fact]
    public async Task Of_many_that_need_it_at_once_one_installs_and_the_others_wait()
    {
        var progress = new Lines();
        const string npm = "echo run >> ../runs; sleep 1; mkdir node_modules";
        var installed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => EnsureAsync(npm, progress))));
        Assert.Single(installed.Distinct());
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(folder, "cache", "runs")));
        Assert.Equal(3, progress.Said.Count(line => line.StartsWith("Waiting for another program", StringComparison.Ordinal)));
        Assert.Single(progress.Said, line => line == "Azurite is installed.");
        Assert.True(File.Exists(Path.Combine(installed[0], "package-lock.json")));
    }

    [Fact]
    public void The_lock_pins_every_package_by_hash_and_names_no_registry()
    {
        using var resource = typeof(AzuriteServer).Assembly.GetManifestResourceStream("Azurite/package-lock.json")!;
        using var packageLock = System.Text.Json.JsonDocument.Parse(resource);
        foreach (var package in packageLock.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name is not ("" or "unused")))
        {
            if (package.Value.TryGetProperty("link", out _))
            {
                Assert.Equal("unused", package.Value.GetProperty("resolved").GetString());
            }
            else
            {
                Assert.StartsWith("sha512-", package.Value.GetProperty("integrity").GetString(), StringComparison.Ordinal);
                Assert.False(package.Value.TryGetProperty("resolved", out _), package.Name);
            }
        }
    }

    /// <summary>Installs with a script in npm's place.</summary>
    private Task<string> EnsureAsync(string npm, IProgress<string>? progress = null)
    {
        var program = Path.Combine(folder, $"npm-{Guid.NewGuid():N}");
        File.WriteAllText(program, $"#!/bin/sh\n{npm}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var options = new AzuriteOptions { Folder = folder, CacheFolder = Path.Combine(folder, "cache"), Progress = progress };
        return AzuriteInstallation.EnsureAsync(options, new NodeTools("node", program), CancellationToken.None);
    }

    private sealed class Lines : IProgress<string>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> said = new();

        public IReadOnlyCollection<string> Said => said;

        public void Report(string value) => said.Enqueue(value);
    }
}
