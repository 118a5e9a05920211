using System.Text.RegularExpressions;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A code and words in one cell, as systems export them: <c>1 - Male</c>, <c>CIN (Child in need)</c>, <c>Referral order, 6 months</c>.</summary>
internal static partial class CodedText
{
    /// <summary>The parts of a cell, in order; one part when nothing stands between them.</summary>
    public static IReadOnlyList<string> Parts(string text) => [.. SeparatorPattern().Split(text).Select(part => part.Trim()).Where(part => part.Length > 0)];

    /// <summary>The text without a length, an amount or an end in brackets behind it: a referral order of six months is a referral order.</summary>
    /// <returns>The same text where nothing of the kind stands there, or where what stands there may change what the text means.</returns>
    public static string WithoutTerm(string text)
    {
        var rest = TermPattern().Replace(text, "");
        var bracket = BracketPattern().Match(rest);
        return bracket.Success && !ChangesMeaning(bracket.Value) ? rest[..bracket.Index] : rest;
    }

    /// <summary>A number as a column of decimals or of fixed width has it: 1.0 and 01 are 1. Other texts are as they were.</summary>
    public static string WithoutZeros(string text) => NumberPattern().Match(text) is { Success: true } match ? match.Groups[1].Value : text;

    /// <summary>A system's own code, which stands before the words that say what it means.</summary>
    public static bool IsOwnCode(string part) => part.Length <= 3 && part.All(char.IsAsciiLetterOrDigit);

    /// <summary>Closed, refused, not …: such a word makes another thing of the words beside it.</summary>
    public static bool ChangesMeaning(string text) => TurnPattern().IsMatch(text);

    // Between the parts; a hyphen with blanks around it, or behind a short code; a blank behind a number.
    [GeneratedRegex(@"\s*[()\[\]:=|;/]\s*|\s+[-\u2013\u2014]+\s+|(?<=\A[A-Za-z0-9]{1,3})[-\u2013\u2014](?=\D)|(?<=\A[0-9]{1,3})[.)]?\s+(?=\D)", RegexOptions.CultureInvariant)]
    private static partial Regex SeparatorPattern();

    [GeneratedRegex(@"(\s*[-\u2013,:]?\s*(\u00A3[0-9.,]+|[0-9]+\s*(d|w|m|y|h|days?|weeks?|wks?|months?|mths?|years?|yrs?|hours?|hrs?)))+\s*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex TermPattern();

    [GeneratedRegex(@"\s*\([^()]*\)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex BracketPattern();

    [GeneratedRegex(@"\A0*([0-9]+?)(?:\.0+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\b(not|no|non|never|ex|former|formerly|previous|previously|closed|ceased|ended|expired|withdrawn|cancelled|refused|rejected|pending|proposed|requested|declined|left|leaver|until|was)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex TurnPattern();
}
