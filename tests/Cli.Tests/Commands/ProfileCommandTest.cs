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

    [Fact]
    public async Task A_source_is_held_against_a_trusted_one_without_a_name_in_what_is_saved()
    {
        var (export, register, saved) = (Path.Combine(folder.FullName, "export.csv"), Path.Combine(folder.FullName, "register.csv"), Path.Combine(folder.FullName, "profile.json"));
        const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Sex,On roll\n";
        await File.WriteAllTextAsync(register, Header + "O'Hara,Zo\u00EB Ann,14/02/2012,1 Wharf Street,LE1 1AA,F,Y\nVane,Ben,15/02/2012,2 Wharf Street,LE1 1AB,M,Y\nQuince,Cleo,16/02/2012,3 Wharf Street,LE1 1AD,F,Y\n");
        await File.WriteAllTextAsync(export, Header + "OHARA,Zoe,14 Feb 2012,1 Wharf Street,LE11AA,F,Y\nVane,Ben,15/02/2012,9 Mill Lane,LE2 2AA,M,Y\nQuince,Cleo,16/02/2011,3 Wharf Street,LE1 1AD,F,Y\nNovak,Dora,17/02/2012,4 Wharf Street,LE1 1AE,F,Y\n");

        var (exit, output) = await RunAsync(export, "--trusted", register, "--save", saved);

        Assert.True(exit == 0, output);
        Assert.Matches("people found in the trusted source +50 ", output);
        Assert.Matches("of these, at the same postcode +50 ", output);
        var profile = await File.ReadAllTextAsync(saved);
        Assert.Contains("\"found\": 50", profile, StringComparison.Ordinal);
        Assert.DoesNotContain("Hara", profile, StringComparison.OrdinalIgnoreCase);

        await File.WriteAllTextAsync(register, "Name\nVane\n");
        (exit, output) = await RunAsync(export, "--trusted", register);
        Assert.Equal(2, exit);
        Assert.Contains("The file of --trusted cannot be read as its dataset", output, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> RunAsync(string file, params string[] more)
    {
        using var output = new StringWriter();
        var root = new RootCommand { ProfileCommand.Create(TimeProvider.System) };
        var exit = await root.Parse(["profile", file, "--dataset", "school-census", "--as-of", "2025-10-31", .. more]).InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
        return (exit, output.ToString());
    }
}
