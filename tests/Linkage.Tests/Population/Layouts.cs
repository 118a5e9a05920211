using System.Globalization;
using System.Text;

namespace TfFlow.Linkage.Tests.Population;

/// <summary>Four ways an office names and formats the same columns.</summary>
internal static class Layouts
{
    public static string Header(int layout, PopulationOptions options) => string.Join(',', (layout switch
    {
        0 => Columns("record_id,first_name,middle_name,surname,date_of_birth,sex,address,town,postcode", "phone,email", "nhs_number,uprn", options),
        1 => Columns("ID,Forename,Middle Names,Family Name,DOB,Gender,Address Line 1,Address Line 2,Address Line 3,Post Code", "Telephone,E-mail", "NHS No,UPRN", options),
        2 => Columns("id,given_names,last_name,birth_date,gender,flat,house_number,street,city,postcode", "mobile,email_address", "nhs,uprn", options),
        _ => Columns("ref,name,d.o.b,sex,full_address", "tel_no,email", "NHSNumber,Uprn", options),
    }));

    public static void Row(StringBuilder csv, string id, Entry entry, int layout, PopulationOptions options)
    {
        List<string> cells = layout switch
        {
            0 => [id, entry.Given, entry.Middle, entry.Surname, Date(entry, "{0:D4}-{1:D2}-{2:D2}"), entry.Sex, Join(", ", Flat(entry), entry.Building, Join(" ", entry.Number, entry.Street)), entry.Town, entry.Postcode],
            1 => [id, entry.Given, entry.Middle, entry.Surname.ToUpperInvariant(), Date(entry, "{2:D2}/{1:D2}/{0:D4}"), entry.Sex switch { "F" => "Female", "M" => "Male", _ => "" }, .. Lines(entry), entry.Postcode.ToUpperInvariant()],
            2 => [id, Join(" ", entry.Given, entry.Middle), entry.Surname, Month(entry), entry.Sex switch { "F" => "2", "M" => "1", _ => "0" }, entry.Flat, entry.Number, Join(", ", entry.Building, entry.Street), entry.Town, entry.Postcode],
            _ => [id, Join(", ", entry.Surname.ToUpperInvariant(), Join(" ", entry.Given, entry.Middle)), Date(entry, "{0:D4}{1:D2}{2:D2}"), entry.Sex, Join(", ", Flat(entry), entry.Building, Join(" ", entry.Number, entry.Street), entry.Town, entry.Postcode)],
        };
        if (options.Contacts)
        {
            cells.AddRange([entry.Phone, entry.Email]);
        }

        if (options.Identifiers)
        {
            cells.AddRange([entry.Nhs, entry.Uprn]);
        }

        for (var i = 0; i < cells.Count; i++)
        {
            csv.Append(i == 0 ? "" : ",").Append(cells[i].AsSpan().IndexOfAny(",\"\n") >= 0 ? $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cells[i]);
        }

        csv.Append('\n');
    }

    private static IEnumerable<string> Columns(string always, string contacts, string identifiers, PopulationOptions options) =>
        [always, .. options.Contacts ? [contacts] : Array.Empty<string>(), .. options.Identifiers ? [identifiers] : Array.Empty<string>()];

    private static string[] Lines(Entry entry)
    {
        string[] parts = [Join(" ", Flat(entry), entry.Building), Join(" ", entry.Number, entry.Street), entry.Town];
        var lines = parts.Where(p => p.Length > 0).ToList();
        return [.. lines, .. Enumerable.Repeat("", 3 - lines.Count)];
    }

    private static string Flat(Entry entry) => entry.Flat.Length == 0 ? "" : $"Flat {entry.Flat}";

    private static string Date(Entry entry, string format) =>
        entry.Year == 0 ? "" : string.Format(CultureInfo.InvariantCulture, format, entry.Year, entry.Month, entry.Day);

    private static string Month(Entry entry) => entry.Year == 0 ? ""
        : $"{entry.Day:D2}-{CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(entry.Month)}-{entry.Year:D4}";

    private static string Join(string separator, params string[] parts) => string.Join(separator, parts.Where(p => p.Length > 0));
}
