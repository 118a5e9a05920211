using System.Text.RegularExpressions;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>Finds the columns that an address is spread over: lines 1, 2 and 3, or house, street and town.</summary>
/// <remarks>As school, social care and housing systems export them; Specifications/_nda.yaml names the public documents.</remarks>
internal static partial class AddressParts
{
    // In the order an address is written; a header as HeaderMap.Fold leaves it.
    private static readonly string[][] Order =
    [
        ["apartment", "flat", "flatno", "flatnumber", "subbuilding", "subbuildingname", "saon"],
        ["housename", "building", "buildingname", "housenameornumber", "housenumberorname", "paon"],
        ["housenumber", "houseno", "buildingnumber", "propertynumber", "streetnumber", "doornumber"],
        ["street", "streetname", "road", "thoroughfare", "streetdescriptor"],
        ["locality", "district", "village", "dependentlocality"],
        ["town", "city", "posttown", "towncity"],
    ];

    // Where a file has several addresses, the one where people live is meant.
    private static readonly string[] Homes = ["home", "current", "residential", "permanent", "main", "", "contact", "correspondence"];

    /// <summary>A column that holds the number of a flat, or its name.</summary>
    public static bool IsFlat(string header) => Order[0].Contains(HeaderMap.Fold(header));

    /// <summary>A column that holds a line of an address, not all of it.</summary>
    public static bool IsLine(string header) => Line().IsMatch(HeaderMap.Fold(header));

    /// <param name="folded">Every header, folded.</param>
    /// <returns>The cells in the order they are joined; empty when there is nothing to join.</returns>
    public static IReadOnlyList<int> Find(IReadOnlyList<string> folded)
    {
        var lines = Enumerable.Range(0, folded.Count)
            .Select(cell => (Cell: cell, Line: Line().Match(folded[cell])))
            .Where(pair => pair.Line.Success)
            .Select(pair => (pair.Cell, Whose: pair.Line.Groups["whose"].Value, Number: pair.Line.Groups["number"].Value))
            .GroupBy(line => line.Whose)
            .Select(address => address.DistinctBy(line => line.Number).OrderBy(line => line.Number, StringComparer.Ordinal).ToList())
            .Where(address => address.Count > 1)
            .OrderBy(address => Array.IndexOf(Homes, address[0].Whose))
            .FirstOrDefault();
        if (lines is not null)
        {
            return [.. lines.Select(line => line.Cell)];
        }

        var parts = Order.Select(names => Enumerable.Range(0, folded.Count).Where(cell => names.Contains(folded[cell])).Take(1).ToList()).ToList();
        var (house, street) = (parts[0].Count + parts[1].Count + parts[2].Count > 0, parts[3].Count > 0);
        return house && street ? [.. parts.SelectMany(cells => cells)] : [];
    }

    [GeneratedRegex(
        @"\A(?<whose>home|current|permanent|main|contact|residential|correspondence)?(?:address|addr|add)(?:line)?(?<number>[1-9])\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
