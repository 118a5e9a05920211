using System.Globalization;

namespace TfFlow.Linkage;

/// <summary>Phones, emails, identifiers, sex and parts of dates as numbers.</summary>
internal static class Codes
{
    public static int Normalise(ColumnRole role, string text, Vocabulary vocabulary)
    {
        if (role >= ColumnRole.Uprn && role != ColumnRole.Email && Fillers.IsRounded(text))
        {
            return 0;
        }

        switch (role)
        {
            case ColumnRole.Sex:
                return Sexes.Parse(text);
            case ColumnRole.Title:
                return Sexes.OfTitle(Folding.Fold(text));
            case ColumnRole.BirthDay or ColumnRole.BirthMonth or ColumnRole.BirthYear:
                return DatePart(text, role);
            case ColumnRole.Email:
                var email = text.Trim().ToUpperInvariant();
                return email.Contains('@', StringComparison.Ordinal) && !Fillers.IsEmail(text) ? vocabulary.Codes.Add(email) : 0;
            case ColumnRole.BirthPlace:
                return Fillers.IsAddress(text) ? 0 : vocabulary.Codes.Add(Folding.Fold(text));
            case ColumnRole.Occupation:
                return Fillers.IsName(text) ? 0 : vocabulary.Codes.Add(Folding.Fold(text));
            case ColumnRole.Phone:
                return vocabulary.Codes.Add(Phone(text));
            case ColumnRole.Uprn:
                var uprn = CheckDigits.Normalise(text).TrimStart('0');
                return uprn.Length is > 0 and <= 12 && uprn.All(char.IsAsciiDigit) && !Fillers.IsCode(uprn) ? vocabulary.Codes.Add(uprn.PadLeft(12, '0')) : 0;
            case ColumnRole.NhsNumber:
                var nhs = CheckDigits.Normalise(text);
                return Fillers.IsCode(nhs) || Cut(nhs) ? 0 : vocabulary.Codes.Add(nhs);
            default:
                var code = CheckDigits.Normalise(text);
                return Fillers.IsCode(code) ? 0 : vocabulary.Codes.Add(code);
        }
    }

    /// <summary>Whether a spreadsheet kept the first digits of a number and wrote zeros for the rest: 4010000000. The check digit is then wrong, or nothing but zeros is left to be right.</summary>
    private static bool Cut(string nhs) => nhs.EndsWith("0000", StringComparison.Ordinal) && (!CheckDigits.IsNhsNumber(nhs) || nhs.EndsWith("00000", StringComparison.Ordinal));

    /// <summary>Digits without the country's prefix: +44 7700 900123 is 07700900123.</summary>
    private static string Phone(string text)
    {
        var digits = CheckDigits.Normalise(text);
        digits = digits.StartsWith("0044", StringComparison.Ordinal) ? digits[4..] : digits.StartsWith("44", StringComparison.Ordinal) && digits.Length > 10 ? digits[2..] : digits;
        digits = digits.TrimStart('0');
        return digits.Length < 6 || Fillers.IsCode(digits) || Fillers.IsCode("0" + digits) ? "" : "0" + digits;
    }

    private static int DatePart(string text, ColumnRole role)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number <= 0)
        {
            return 0;
        }

        return role == ColumnRole.BirthYear ? (int)(BirthDate.Pack(number < 30 ? number + 2000 : number < 100 ? number + 1900 : number, 0, 0) >> 16)
            : number < 100 ? (int)BirthDate.Pack(0, 0, number) : 0;
    }
}
