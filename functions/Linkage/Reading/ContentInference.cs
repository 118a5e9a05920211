namespace TfFlow.Linkage;

/// <summary>What a column holds, where its header does not say.</summary>
internal static class ContentInference
{
    private const double Most = 0.9;
    private const int SexesAtMost = 6;

    /// <summary>In order: the first that most values pass.</summary>
    private static readonly (ColumnRole Role, Func<string, bool> Test)[] Tests =
    [
        (ColumnRole.Email, v => v.IndexOf('@') > 0 && v.IndexOf('.', v.IndexOf('@')) > 0),
        (ColumnRole.Postcode, v => Postcode.IsWellFormed(Postcode.Normalise(v))),
        (ColumnRole.NhsNumber, v => CheckDigits.IsNhsNumber(CheckDigits.Normalise(v))),
        (ColumnRole.Nino, v => CheckDigits.IsNino(CheckDigits.Normalise(v))),
        (ColumnRole.Upn, v => CheckDigits.IsUpn(CheckDigits.Normalise(v))),
        (ColumnRole.Sex, v => Sexes.Parse(v) != 0),
        (ColumnRole.BirthDate, IsDate),
        (ColumnRole.Phone, IsPhone),
        (ColumnRole.GivenName, v => v.All(c => char.IsLetter(c) || c is ' ' or '-' or '\'' or '.' or ',')),
        (ColumnRole.Address, v => char.IsDigit(v[0]) && v.Any(char.IsLetter) && v.Contains(' ', StringComparison.Ordinal)),
    ];

    public static ColumnRole Role(IReadOnlyList<string> sample)
    {
        var values = sample.Where(v => v.Length > 0).ToList();
        if (values.Count < 5)
        {
            return ColumnRole.None;
        }

        bool Mostly(Func<string, bool> test) => values.Count(test) >= Most * values.Count;
        var (role, _) = Array.Find(Tests, t => Mostly(t.Test) && (t.Role != ColumnRole.Sex || values.Distinct().Count() <= SexesAtMost));
        return role == ColumnRole.GivenName ? Names(values) : role;
    }

    /// <summary>Whether a value is one of those by which <see cref="Role"/> recognises a column: a header is not.</summary>
    public static bool Fits(ColumnRole role, string value) => value.Length > 0 && (role is ColumnRole.GivenName or ColumnRole.FullName
        ? Folding.Fold(value).Split(' ').Any(IsKnownName)
        : Array.Exists(Tests, t => t.Role == role && t.Test(value)));

    private static ColumnRole Names(List<string> values)
    {
        var known = 0;
        var several = 0;
        foreach (var value in values)
        {
            var words = Folding.Fold(value).Split(' ');
            known += words.Any(IsKnownName) ? 1 : 0;
            several += words.Length > 1 ? 1 : 0;
        }

        var distinct = values.Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return distinct < 12 ? ColumnRole.None
            : known > 0.35 * values.Count ? several > 0.8 * values.Count ? ColumnRole.FullName : ColumnRole.GivenName
            : ColumnRole.None;
    }

    private static bool IsKnownName(string word) => Nicknames.FamiliesOf(word).Length > 0;

    private static bool IsDate(string value) =>
        BirthDate.Layouts([value]) is var layout && BirthDate.Parse(value, layout) is var date && date != 0
        && BirthDate.Year(date) is >= 1890 and <= 2100 && value.Any(c => c is '-' or '/' or '.');

    private static bool IsPhone(string value)
    {
        var digits = value.Count(char.IsAsciiDigit);
        return digits is >= 9 and <= 14 && value.TrimStart('(')[0] is '0' or '+' && value.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '(' or ')' or '-');
    }
}
