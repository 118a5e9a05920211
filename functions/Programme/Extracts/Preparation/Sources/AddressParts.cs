using System.Text.RegularExpressions;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>Finds the columns that an address is spread over: lines 1, 2 and 3, or house, street and town.</summary>
/// <remarks>As school, council tax and housing systems export them (SIMS, Capita One and Northgate reports: house name, house number, street, district, town).</remarks>
internal static partial class AddressParts
{
    // In the order an address is written; a header as HeaderMap.Fold leaves it.
    private static readonly string[][] Order =
    [
        ["apartment", "flat", "flatno", "flatnumber", "subbuilding", "subbuildingname", "saon"],
        ["housename", "buildingname", "housenameornumber", "housenumberorname", "paon"],
        ["housenumber", "houseno", "buildingnumber", "propertynumber", "doornumber"],
        ["street", "streetname", "road", "thoroughfare", "streetdescriptor"],
        ["locality", "district", "village", "dependentlocality"],
        ["town", "city", "posttown", "towncity"],
    ];

    /// <param name="folded">Every header, folded.</param>
    /// <returns>The cells in the order they are joined; empty when there is nothing to join.</returns>
    public static IReadOnlyList<int> Find(IReadOnlyList<string> folded)
    {
        var lines = Enumerable.Range(0, folded.Count).Select(cell => (Cell: cell, Line: Line().Match(folded[cell])))
            .Where(pair => pair.Line.Success).OrderBy(pair => pair.Line.Groups[1].Value, StringComparer.Ordinal).Select(pair => pair.Cell).ToList();
        if (lines.Count > 1)
        {
            return lines;
        }

        var parts = Order.Select(names => Enumerable.Range(0, folded.Count).Where(cell => names.Contains(folded[cell])).Take(1).ToList()).ToList();
        var (house, street) = (parts[0].Count + parts[1].Count + parts[2].Count > 0, parts[3].Count > 0);
        return house && street ? [.. parts.SelectMany(cells => cells)] : [];
    }

    [GeneratedRegex(@"\A(?:home|current|permanent|main|contact|residential|correspondence)?(?:address|addr|add)(?:line)?([1-9])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
