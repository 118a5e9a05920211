using System.Security.Cryptography;

namespace TfFlow.Host.Local.Azurite;

/// <summary>Azurite as pinned by the embedded package-lock.json: installed once per user, in a folder named after the lock.</summary>
internal static class AzuriteInstallation
{
    private static readonly string[] Files = ["package.json", "package-lock.json", "unused/package.json", "unused/index.js"];

    /// <returns>The folder that holds node_modules.</returns>
    public static async Task<string> EnsureAsync(AzuriteOptions options, NodeTools tools, CancellationToken cancellationToken)
    {
        var contents = Files.Select(EmbeddedFiles.Read).ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(contents.SelectMany(content => content).ToArray()));
        var cache = Path.GetFullPath(options.CacheFolder ?? DefaultCache());
        var installed = Path.Combine(cache, $"azurite-{hash[..16]}");
        if (Directory.Exists(installed))
        {
            return installed;
        }

        Directory.CreateDirectory(cache);
        using var oneAtATime = await LockFile.WaitAsync(
            installed + ".lock", () => options.Progress?.Report("Waiting for another program that is installing Azurite…"), options.Time, cancellationToken);
        if (Directory.Exists(installed))
        {
            return installed;
        }

        var unfinished = installed + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(unfinished, "unused"));
        foreach (var (file, content) in Files.Zip(contents))
        {
            await File.WriteAllBytesAsync(Path.Combine(unfinished, file), content, cancellationToken);
        }

        await InstallAsync(options, tools, unfinished, cancellationToken);
        Directory.Move(unfinished, installed);
        return installed;
    }

    private static async Task InstallAsync(AzuriteOptions options, NodeTools tools, string folder, CancellationToken cancellationToken)
    {
        options.Progress?.Report("Installing Azurite, the local storage emulator (first use only)…");
        var started = options.Time.GetTimestamp();
        // Azurite declares a newer Node.js than it needs: npm is told not to mind.
        using var npm = NodeTools.Start(
            tools.Npm, ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", "--engine-strict=false"], folder);
        try
        {
            npm.StandardInput.Close();
            var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
            var ended = npm.WaitForExitAsync(cancellationToken);
            while (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(2), options.Time, cancellationToken)) != ended)
            {
                cancellationToken.ThrowIfCancellationRequested();
                options.Progress?.Report($"Installing Azurite… {options.Time.GetElapsedTime(started).TotalSeconds:0} s");
            }

            await ended;
            await output;
            if (npm.ExitCode != 0)
            {
                var reason = (await errors).Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim() ?? "no reason given";
                throw new AzuriteException(
                    AzuriteError.InstallFailed,
                    $"Azurite could not be installed: npm ci ended with {npm.ExitCode} ({reason}). Check the network and npm's registry setting, then run again, or name a running storage account by its connection string.");
            }
        }
        finally
        {
            if (!npm.HasExited)
            {
                npm.Kill(entireProcessTree: true);
            }
        }

        options.Progress?.Report("Azurite is installed.");
    }

    private static string DefaultCache()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(data.Length > 0 ? data : Path.GetTempPath(), "tfflow");
    }
}
