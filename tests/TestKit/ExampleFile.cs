using System.Globalization;
using System.Text;
using TfFlow.Programme.Extracts;

namespace TfFlow.TestKit;

/// <summary>A file of a dataset made of its own columns' examples: one row a person, as on a day.</summary>
public static class ExampleFile
{
    /// <param name="withheld">Columns that the exchange does not take.</param>
    /// <param name="people">Whom the rows are about; a dataset that tells records apart by something else gets one row.</param>
    public static byte[] Of(DatasetSpecification dataset, IReadOnlyList<string> withheld, DateOnly asOf, params ExamplePerson[] people)
    {
        var columns = dataset.Columns.Where(column => !withheld.Contains(column.Name)).ToList();
        var text = new StringBuilder().AppendJoin(',', columns.Select(column => Quoted(column.Header))).Append('\n');
        foreach (var person in dataset.Unique.Count > 0 && !dataset.Unique.Contains(dataset.Find(IdentityColumns.Surname)) ? people.Take(1) : people)
        {
            text.AppendJoin(',', columns.Select(column => Quoted(Value(column, person, asOf)))).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Value(ColumnSpecification column, ExamplePerson person, DateOnly asOf) => column.Name switch
    {
        IdentityColumns.Surname => person.Surname,
        IdentityColumns.Forenames => person.Forenames,
        IdentityColumns.DateOfBirth => person.Born,
        IdentityColumns.Address => person.Address,
        IdentityColumns.Postcode => person.Postcode,
        "offences_12_months" => "0", // the sum of its months, as they are exemplified
        "incidents_12_months" => "12",
        _ => DateOnly.TryParseExact(column.Example, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= asOf
            ? asOf.AddDays(-10).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
            : column.Example,
    };

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}

/// <param name="Born">As dd/MM/yyyy.</param>
public sealed record ExamplePerson(string Surname, string Forenames, string Born, string Address, string Postcode);
