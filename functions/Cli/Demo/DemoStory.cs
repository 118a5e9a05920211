using System.Diagnostics;
using Spectre.Console;

namespace TfFlow.Cli.Demo;

/// <summary>What the demo tells as it goes, what it found to hold, and how long each part took.</summary>
internal sealed class DemoStory(IAnsiConsole console)
{
    private readonly List<DemoInvariant> invariants = [];
    private readonly Dictionary<string, double> seconds = [];

    public IReadOnlyList<DemoInvariant> Invariants => invariants;

    public IReadOnlyDictionary<string, double> Seconds => seconds;

    public void Say(string line) => console.WriteLine(line);

    /// <summary>A new part of the story.</summary>
    public void Chapter(DateTimeOffset at, string title)
    {
        console.WriteLine();
        console.WriteLine(FormattableString.Invariant($"{at:d MMMM yyyy}. {title}"));
    }

    public void Show(Table table) => console.Write(table);

    public void Check(string name, bool holds, string detail) => invariants.Add(new(name, holds, detail));

    public async Task<T> TimedAsync<T>(string part, Func<Task<T>> run)
    {
        var watch = Stopwatch.StartNew();
        var result = await run();
        seconds[part] = Math.Round(seconds.GetValueOrDefault(part) + watch.Elapsed.TotalSeconds, 2);
        return result;
    }

    public Task TimedAsync(string part, Func<Task> run) => TimedAsync(part, async () =>
    {
        await run();
        return true;
    });
}
