using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spectre.Console;
using TfFlow.Programme.Research;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow research assess</c>: how easily someone could be recognised in a file of records.</summary>
internal static class ResearchCommand
{
    private static readonly Option<string> Data = new("--data") { Description = "The file of records: delimited text with a header.", Required = true };

    private static readonly Option<string[]> Quasi = new("--quasi")
    {
        Description = "The columns by which someone could be recognised, separated by commas.",
        Required = true,
        CustomParser = Split,
    };

    private static readonly Option<string?> Hierarchies = new("--hierarchies")
    {
        Description = "A folder of hierarchy files, a line a value: value;level 1;level 2;… The file of COL is COL.csv, or its name ends in COL.",
    };

    private static readonly Option<string[]> Levels = new("--levels")
    {
        Description = "For each column of --quasi, in order, the level to assess it at, separated by commas. Default: 0, the values as they are.",
        CustomParser = Split,
    };

    private static readonly Option<string[]> Sensitive = new("--sensitive")
    {
        Description = "The columns that nobody may learn about a person, separated by commas.",
        CustomParser = Split,
    };

    private static readonly Option<string?> Person = new("--person")
    {
        Description = "The column that names whom a row is about, where a person has several rows. People are then counted, not rows.",
    };

    private static readonly Option<char?> Delimiter = new("--delimiter")
    {
        Description = "What separates cells: one character, or 'tab'. Default: whichever of , ; tab | fits the first lines.",
        CustomParser = Character,
    };

    private static readonly Option<bool> Json = Options.Json();

    /// <summary>Words in the header of a column that names people.</summary>
    private static readonly HashSet<string> PersonWords = new(
        ["id", "person", "people", "child", "pupil", "learner", "student", "client", "patient", "case", "individual", "offender", "tenant", "upn", "nino", "nhs", "pseudonym", "personid", "childid", "pupilid", "clientid", "patientid"],
        StringComparer.OrdinalIgnoreCase);

    /// <param name="folder">The work folder whose host the acts are for; null where only files are read.</param>
    public static Command Create(IAnsiConsole console, TextWriter output, Option<string>? folder = null)
    {
        var assess = new Command("assess", "Print how easily someone could be recognised in a file of records.")
        {
            Data, Quasi, Person, Hierarchies, Levels, Sensitive, Delimiter, Json,
        };
        assess.Validators.Add(Check);
        assess.SetAction(arguments =>
        {
            var assessment = Assess(arguments);
            if (!assessment.People && SeemsToNamePeople(arguments, assessment.Rows) is { } note)
            {
                Console.Error.WriteLine(note);
            }

            if (arguments.GetValue(Json))
            {
                output.WriteLine(ResearchReport.Json(assessment));
            }
            else
            {
                ResearchReport.Write(console, assessment);
            }
        });
        var command = new Command("research", "Prepare and check what goes to researchers; carry a request for an anonymous extract to its end.") { assess };
        foreach (var act in folder is null ? [] : ResearchActs.Create(folder))
        {
            command.Subcommands.Add(act);
        }

        return command;
    }

    private static Assessment Assess(ParseResult arguments)
    {
        try
        {
            return Read(arguments);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(ExitCode.Refused, $"{e.Message} Name a file with --data, a folder with --hierarchies.");
        }
        catch (Exception e) when (e is ResearchDataException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Refused, e.Message);
        }
    }

    private static Assessment Read(ParseResult arguments)
    {
        var (path, delimiter) = (arguments.GetValue(Data)!, arguments.GetValue(Delimiter));
        var (quasi, sensitive) = (arguments.GetValue(Quasi)!, arguments.GetValue(Sensitive) ?? []);
        var levels = arguments.GetValue(Levels) is { Length: > 0 } given ? Array.ConvertAll(given, level => Level(level)!.Value) : new int[quasi.Length];
        using var file = File.OpenRead(path);
        var person = arguments.GetValue(Person);
        var names = quasi.Union(sensitive).Union(person is null ? [] : [person]).ToArray();
        var columns = names.Zip(MicroTableReader.Read(file, Path.GetFileName(path), delimiter, names).Columns).ToDictionary(pair => pair.First, pair => pair.Second);
        return Assessment.Of(
            columns[quasi[0]].Codes.Length,
            [.. quasi.Zip(levels, (name, level) => (new QuasiIdentifier(columns[name], level > 0 ? Hierarchy(arguments, name) : null), level))],
            [.. sensitive.Select(name => columns[name])],
            person is null ? null : columns[person]);
    }

    /// <summary>A column that seems to name people who have several rows each; null if none does.</summary>
    private static string? SeemsToNamePeople(ParseResult arguments, int rows)
    {
        var (path, delimiter) = (arguments.GetValue(Data)!, arguments.GetValue(Delimiter));
        using var file = File.OpenRead(path);
        var asked = arguments.GetValue(Quasi)!.Concat(arguments.GetValue(Sensitive) ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var headers = MicroTableReader.Headers(file, Path.GetFileName(path), delimiter);
        foreach (var header in headers.Where(h => !asked.Contains(h) && PersonWords.Overlaps(h.Split([' ', '_', '-', '.'], StringSplitOptions.RemoveEmptyEntries)) && headers.Count(o => o == h) == 1))
        {
            file.Position = 0;
            var people = MicroTableReader.Read(file, Path.GetFileName(path), delimiter, [header]).Columns[0].Values.Count;
            if (people > 1 && people < rows)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Column '{header}' has {people} values in {rows} rows. If it names people, add --person {header}: several rows of one person are not several people.");
            }
        }

        return null;
    }

    private static Hierarchy Hierarchy(ParseResult arguments, string column)
    {
        var folder = arguments.GetValue(Hierarchies)!;
        var data = Path.GetFileNameWithoutExtension(arguments.GetValue(Data)!);
        var name = HierarchyNames.Find(column, data, Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)))
            ?? throw new ResearchDataException($"{folder}: no hierarchy file for column '{column}'. Add {column}.csv, or assess the column at level 0.");
        using var file = File.OpenRead(Path.Combine(folder, name));
        return Programme.Research.Microdata.Hierarchy.Read(file, name, delimiter: null);
    }

    /// <summary>What can be said of the command line before a file is read.</summary>
    private static void Check(CommandResult command)
    {
        var (quasi, levels, sensitive) = (Given(command, Quasi), Given(command, Levels), Given(command, Sensitive));
        if (new[] { Quasi, Levels, Sensitive }.FirstOrDefault(option => command.GetResult(option) is { Tokens.Count: > 0 } && Given(command, option).Length == 0) is { } empty)
        {
            command.AddError($"{empty.Name}: give one or more, separated by commas.");
        }
        else if (HasTwice(quasi) || HasTwice(sensitive))
        {
            command.AddError("A column is named twice. Name each once.");
        }
        else if (levels.FirstOrDefault(level => Level(level) is null) is { } wrong)
        {
            command.AddError($"'{wrong}' is not a level: give whole numbers from 0.");
        }
        else if (levels.Length > 0 && levels.Length != quasi.Length)
        {
            command.AddError($"--levels gives {levels.Length} for the {quasi.Length} columns of --quasi. Give one each, in the same order.");
        }
        else if (levels.Any(level => Level(level) > 0) && command.GetValue(Hierarchies) is null)
        {
            command.AddError("--levels above 0 need --hierarchies.");
        }
    }

    /// <summary>Nothing where the option itself is already at fault.</summary>
    private static string[] Given(CommandResult command, Option<string[]> option) =>
        command.GetResult(option) is { Tokens.Count: > 0 } result && !result.Errors.Any() ? command.GetValue(option)! : [];

    private static bool HasTwice(string[] names) => names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length;

    private static int? Level(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level : null;

    private static string[] Split(ArgumentResult result) =>
        [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private static char? Character(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "tab" or "\\t":
                return '\t';
            case [var one] when char.IsAscii(one) && !char.IsAsciiLetterOrDigit(one) && one is not ('"' or '\r' or '\n'):
                return one;
            default:
                result.AddError("--delimiter is one character such as ; or 'tab'.");
                return null;
        }
    }
}
