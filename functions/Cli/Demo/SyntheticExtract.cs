using System.Globalization;
using System.Text;

namespace TfFlow.Cli.Demo;

/// <summary>A file an agency might drop, and how its intake must end.</summary>
/// <param name="Story">What it is, for the demo's table.</param>
/// <param name="Refused">Rows that must be refused; null when the whole file must be quarantined.</param>
internal sealed record SyntheticExtract(string Story, string Agency, string Exchange, byte[] Csv, int Rows, int? Refused)
{
    public bool Plain { get; init; }
}

/// <summary>Builds one CSV, cell by cell, quoted where RFC 4180 asks for it.</summary>
internal sealed class CsvBuilder
{
    private readonly StringBuilder text = new();

    public int Rows { get; private set; } = -1;

    public CsvBuilder Row(params IEnumerable<string> cells)
    {
        text.AppendJoin(',', cells.Select(Quote)).Append("\r\n");
        Rows++;
        return this;
    }

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(text.ToString());

    public byte[] ToUtf16() => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text.ToString())];

    public static string Date(DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
