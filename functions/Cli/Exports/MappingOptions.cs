using System.CommandLine;
using System.Text.Json;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Exports;

/// <summary>How a command is told what an agency's own columns are.</summary>
internal sealed class MappingOptions
{
    private readonly Option<string[]> map = new("--map") { Description = "Your header (or its letter) and the column it is: --map \"Pupil Surname=surname\". Can be repeated." };
    private readonly Option<string[]> set = new("--set") { Description = "A column that is the same in every row: --set on_roll=yes. Can be repeated." };
    private readonly Option<string[]> join = new("--join") { Description = "A column in several parts: --join \"address=House No+Street+Town\". Lines of an address are joined without it." };
    private readonly Option<int> sheet = new("--sheet") { Description = "The sheet of a workbook, counted from 1. Default: the one whose headers fit best." };
    private readonly Option<FileInfo?> saved = new("--mapping") { Description = "A mapping that --save-mapping wrote." };

    public void AddTo(Command command)
    {
        command.Add(map);
        command.Add(set);
        command.Add(join);
        command.Add(sheet);
        command.Add(saved);
    }

    /// <summary>Whether any of them stands on the command line.</summary>
    public bool AnyGiven(ParseResult parsed) => new Option[] { map, set, join, sheet, saved }.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <returns>The mapping, or what is wrong with it.</returns>
    public (ExportMapping? Mapping, string Problem) Read(ParseResult parsed, DatasetSpecification specification)
    {
        var before = ExportMapping.None;
        if (parsed.GetValue(saved) is { } file)
        {
            try
            {
                before = file.Exists ? ExportMapping.Parse(File.ReadAllText(file.FullName)) : null;
            }
            catch (JsonException)
            {
                return (null, "The file of --mapping is no mapping: it is one that --save-mapping wrote.");
            }
        }

        return before is null
            ? (null, "There is no file of that name for --mapping.")
            : (parsed.GetValue(sheet) is var number and not 0 ? before with { Sheet = number } : before).With(parsed.GetValue(map) ?? [], parsed.GetValue(set) ?? [], parsed.GetValue(join) ?? [], specification);
    }
}
