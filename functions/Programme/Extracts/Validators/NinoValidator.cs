using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A National Insurance number: two letters, six digits, a suffix A to D; normalised to upper case without spaces.</summary>
/// <remarks>HMRC NIM39110: neither letter D F I Q U V, the second not O; prefixes BG GB KN NK NT TN ZZ are not issued.</remarks>
public sealed class NinoValidator(bool suffixOptional) : Validator
{
    public static readonly Rule Format = new("nino.format",
        "a National Insurance number: two letters, six digits and a letter from A to D",
        "Compare it with your records; leave the cell free of anything else.", "HMRC NIM39110");
    public static readonly Rule Prefix = new("nino.prefix",
        "a National Insurance number whose first two letters are issued",
        "Compare the first two letters with your records; a temporary number is not taken.", "HMRC NIM39110");

    public override string Name => "nino";

    public override string Describes => suffixOptional ? "a National Insurance number, with or without its last letter" : "a National Insurance number";

    public override IReadOnlyList<Rule> Rules => [Format, Prefix];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        Span<byte> nino = stackalloc byte[9];
        var length = Ascii.Compact(value, nino);
        if (length < (suffixOptional ? 8 : 9) || !Ascii.IsLetter(nino[0]) || !Ascii.IsLetter(nino[1]) || !Ascii.AllDigits(nino[2..8])
            || (length == 9 && nino[8] is < (byte)'A' or > (byte)'D'))
        {
            return Format;
        }

        if (!IsIssued(nino[0], nino[1]))
        {
            return Prefix;
        }

        into.Write(nino[..length]);
        return null;
    }

    private static bool IsIssued(byte first, byte second) =>
        !"DFIQUV"u8.Contains(first) && !"DFIQUVO"u8.Contains(second)
        && (first, second) is not (((byte)'B', (byte)'G') or ((byte)'G', (byte)'B') or ((byte)'K', (byte)'N') or ((byte)'N', (byte)'K')
            or ((byte)'N', (byte)'T') or ((byte)'T', (byte)'N') or ((byte)'Z', (byte)'Z'));
}
