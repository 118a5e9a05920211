using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Cli.Commands;

/// <summary>Prints an assessment; docs/disclosure-control.md explains every line and name.</summary>
internal static class ResearchReport
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json(Assessment assessment) => JsonSerializer.Serialize(Shape(assessment), JsonOptions);

    public static void Write(IAnsiConsole console, Assessment assessment)
    {
        var border = console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.None;
        console.Write(Records(assessment).Border(border));
        console.Write(Quasi(assessment).Border(border));
        if (assessment.Sensitive.Count > 0)
        {
            console.Write(Sensitive(assessment).Border(border));
        }
    }

    private static object Shape(Assessment assessment) => new
    {
        assessment.Rows,
        People = assessment.People ? assessment.Risk.Records : (int?)null,
        assessment.Risk.Classes,
        assessment.Risk.SmallestClass,
        assessment.Risk.SampleUniques,
        AverageRisk = assessment.Risk.Average,
        MaximumRisk = assessment.Risk.Maximum,
        assessment.Risk.RecordsInClassesBelow,
        Quasi = assessment.Columns.Select(column => new
        {
            Column = column.Name,
            column.Level,
            column.Values,
            column.Distinguishing.Distinction,
            column.Distinguishing.Separation,
        }),
        Sensitive = assessment.Sensitive.Select(column => new { column.Column, column.DistinctL, column.EntropyL, column.T }),
    };

    private static Table Records(Assessment assessment)
    {
        var (risk, table) = (assessment.Risk, New("measure", "value"));
        Add(table, "rows", Count(assessment.Rows));
        if (assessment.People)
        {
            Add(table, "people", Count(risk.Records));
        }

        Add(table, "classes", Count(risk.Classes));
        Add(table, "smallest class (k)", Count(risk.SmallestClass));
        Add(table, "sample uniques", Count(risk.SampleUniques));
        Add(table, "average risk", Number(risk.Average));
        Add(table, "maximum risk", Number(risk.Maximum));
        foreach (var (below, records) in risk.RecordsInClassesBelow)
        {
            Add(table, $"{(assessment.People ? "people" : "records")} in classes below {below}", Count(records));
        }

        return table;
    }

    private static Table Quasi(Assessment assessment)
    {
        var table = New("quasi-identifier", "level", "values", "distinction", "separation");
        foreach (var column in assessment.Columns)
        {
            Add(table, column.Name, Count(column.Level), Count(column.Values), Number(column.Distinguishing.Distinction), Number(column.Distinguishing.Separation));
        }

        return table;
    }

    private static Table Sensitive(Assessment assessment)
    {
        var table = New("sensitive", "distinct l", "entropy l", "t (equal distance)");
        foreach (var column in assessment.Sensitive)
        {
            Add(table, column.Column, Count(column.DistinctL), Number(column.EntropyL), Number(column.T));
        }

        return table;
    }

    private static Table New(params string[] columns)
    {
        var table = new Table().AddColumn(new TableColumn(columns[0]));
        foreach (var column in columns[1..])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    private static void Add(Table table, params string[] cells) => table.AddRow([.. cells.Select(cell => new Text(cell))]);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
