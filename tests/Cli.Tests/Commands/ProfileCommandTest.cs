using System.CommandLine;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>The discovery phase: a source is profiled on its owner's machine before any agreement is used.</summary>
public sealed class ProfileCommandTest : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_profile_is_printed_and_saved_without_a_value_and_the_next_says_what_is_unlike_it()
    {
        var (first, next, saved) = (Path.Combine(folder.FullName, "autumn.csv"), Path.Combine(folder.FullName, "spring.csv"), Path.Combine(folder.FullName, "profile.json"));
        const string Header = "Pupils on roll\n\nSurname;Forenames;Date of birth;Address line 1;Address line 2;Postcode;Sex;On roll\n";
        await File.WriteAllTextAsync(first, Header + string.Concat(Enumerable.Range(1, 30).Select(n => $"Marlowe;Ada;14/02/2012;Flat {n};1 Wharf Street;LE1 1AA;F;Y\n")));
        await File.WriteAllTextAsync(next, Header + string.Concat(Enumerable.Range(1, 30).Select(n => $"Marlowe;Ada;{1 + (n % 28)}/02/{1985 + n};No fixed abode;;;F;Y\n")));

        var (exit, output) = await RunAsync(first, "--save", saved);
        Assert.Equal(0, exit);
        Assert.Contains("ACCEPTED", output, StringComparison.Ordinal);
        Assert.Contains("forenames filled", output, StringComparison.Ordinal);
        var profile = await File.ReadAllTextAsync(saved);
        Assert.DoesNotContain("Marlowe", profile, StringComparison.Ordinal);
        Assert.Contains("\"rows\": 30", profile, StringComparison.Ordinal);

        (exit, output) = await RunAsync(next, "--last", saved);
        Assert.Equal(1, exit);
        Assert.Contains("addresses that belong to a household: 100 in the last extract, 0 in this one", output, StringComparison.Ordinal);
        Assert.Contains("Not good enough for a first use: expected at least 50 %", output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> RunAsync(string file, params string[] more)
    {
        using var output = new StringWriter();
        var root = new RootCommand { ProfileCommand.Create(TimeProvider.System) };
        var exit = await root.Parse(["profile", file, "--dataset", "school-census", "--as-of", "2025-10-31", .. more]).InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        return (exit, output.ToString());
    }
}
