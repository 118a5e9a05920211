namespace TfFlow.Browser.Tests;

/// <summary>A test that drives a browser. Without one it fails, unless TFFLOW_NO_BROWSER says that this machine has none: then it counts as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>Any value but the empty one leaves browser tests out.</summary>
    public const string OptOut = "TFFLOW_NO_BROWSER";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public ChromiumFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(OptOut) is { Length: > 0 })
        {
            Skip = $"{OptOut} is set.";
        }
    }

    /// <summary>Where the browser is.</summary>
    public static string Path() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"There is no chromium here: './test' installs it ('apt-get install chromium'); {OptOut}=1 leaves out the tests that need it.");
}
