namespace TfFlow.Linkage;

/// <summary>What a column holds, where its header does not say.</summary>
internal static class ContentInference
{
    private const double Most = 0.9;

    public static ColumnRole Role(IReadOnlyList<string> sample)
    {
        var values = sample.Where(v => v.Length > 0).ToList();
        if (values.Count < 5)
        {
            return ColumnRole.None;
        }

        bool Mostly(Func<string, bool> test) => values.Count(test) >= Most * values.Count;
        return Mostly(v => v.IndexOf('@') > 0 && v.IndexOf('.', v.IndexOf('@')) > 0) ? ColumnRole.Email
            : Mostly(v => Postcode.IsWellFormed(Postcode.Normalise(v))) ? ColumnRole.Postcode
            : Mostly(v => CheckDigits.IsNhsNumber(CheckDigits.Normalise(v))) ? ColumnRole.NhsNumber
            : Mostly(v => CheckDigits.IsNino(CheckDigits.Normalise(v))) ? ColumnRole.Nino
            : Mostly(v => CheckDigits.IsUpn(CheckDigits.Normalise(v))) ? ColumnRole.Upn
            : Mostly(v => Sexes.Parse(v) != 0) && values.Distinct().Count() <= 6 ? ColumnRole.Sex
            : Mostly(IsDate) ? ColumnRole.BirthDate
            : Mostly(IsPhone) ? ColumnRole.Phone
            : Mostly(v => v.All(c => char.IsLetter(c) || c is ' ' or '-' or '\'' or '.' or ',')) ? Names(values)
            : Mostly(v => char.IsDigit(v[0]) && v.Any(char.IsLetter) && v.Contains(' ', StringComparison.Ordinal)) ? ColumnRole.Address
            : ColumnRole.None;
    }

    private static ColumnRole Names(List<string> values)
    {
        var known = 0;
        var several = 0;
        foreach (var value in values)
        {
            var words = Folding.Fold(value).Split(' ');
            known += words.Any(w => Nicknames.FamiliesOf(w).Length > 0) ? 1 : 0;
            several += words.Length > 1 ? 1 : 0;
        }

        var distinct = values.Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return distinct < 12 ? ColumnRole.None
            : known > 0.35 * values.Count ? several > 0.8 * values.Count ? ColumnRole.FullName : ColumnRole.GivenName
            : ColumnRole.None;
    }

    private static bool IsDate(string value) =>
        BirthDate.Layouts([value]) is var layout && BirthDate.Parse(value, layout) is var date && date != 0
        && BirthDate.Year(date) is >= 1890 and <= 2100 && value.Any(c => c is '-' or '/' or '.');

    private static bool IsPhone(string value)
    {
        var digits = value.Count(char.IsAsciiDigit);
        return digits is >= 9 and <= 14 && value.TrimStart('(')[0] is '0' or '+' && value.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '(' or ')' or '-');
    }
}
