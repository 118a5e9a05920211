using System.Globalization;
using System.Text.RegularExpressions;
using TfFlow.Linkage;

namespace TfFlow.Programme.Rights;

/// <summary>Takes out of a text what names other people of the family: their names and dates of birth.</summary>
/// <remarks>Ours, after DPA 2018 schedule 2 paragraph 16. Who is named there and is known to nobody here is not found: two people read the
/// answer before it goes out.</remarks>
public sealed partial class OtherPeople
{
    /// <summary>What stands in place of a name.</summary>
    public const string Somebody = "[another person]";

    /// <summary>What stands in place of a date of birth.</summary>
    public const string SomeDay = "[another person's date of birth]";

    private const int ShortestName = 2;

    private readonly HashSet<string> names;
    private readonly HashSet<DateOnly> births;

    /// <param name="own">Every way in which the person is written: what they share with others, a surname mostly, stays.</param>
    public OtherPeople(IEnumerable<PersonIdentity> others, IReadOnlyCollection<PersonIdentity> own)
    {
        var known = others.ToList();
        names = [.. known.SelectMany(NamesOf)];
        names.ExceptWith(own.SelectMany(NamesOf));
        births = [.. known.Select(other => other.Born).OfType<DateOnly>()];
        births.ExceptWith(own.Select(self => self.Born).OfType<DateOnly>());
    }

    /// <returns>The text without them.</returns>
    public string Redact(string text)
    {
        var dated = Date().Replace(text, date => IsBirth(date.Value) ? SomeDay : date.Value);
        return Word().Replace(dated, word => IsName(word.Value) ? Somebody : word.Value);
    }

    // "Oswald's" names Oswald.
    private bool IsName(string word) => names.Contains(Folding.Fold(word))
        || (word.Length > ShortestName && word[^2] is '\'' or '’' && word[^1] is 's' or 'S' && names.Contains(Folding.Fold(word[..^2])));

    private bool IsBirth(string text)
    {
        string[] forms = ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d MMM yyyy", "d MMMM yyyy"];
        return DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && births.Contains(day);
    }

    private static IEnumerable<string> NamesOf(PersonIdentity person) => Word().Matches($"{person.Forenames} {person.Surname}")
        .Select(word => Folding.Fold(word.Value)).Where(name => name.Length >= ShortestName);

    [GeneratedRegex(@"[\p{L}\p{M}][\p{L}\p{M}'’]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} [A-Za-z]{3,9} \d{4})\b")]
    private static partial Regex Date();
}
