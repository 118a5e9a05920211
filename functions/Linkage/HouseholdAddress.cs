using System.Buffers;
using System.Security.Cryptography;

namespace TfFlow.Linkage;

/// <summary>The canonical key of a United Kingdom address: <c>postcode|number or name|flat</c>, upper case.</summary>
/// <remarks>A postcode covers some fifteen addresses, nearly always of one street, so that the number and the flat within it place a
/// household whatever is written for street, town and county. A house without a number goes by the name before the first comma.
/// Nothing is computed for a blank address or a ZZ99 pseudo-postcode: they place nobody, and would join strangers.</remarks>
public static class HouseholdAddress
{
    /// <summary>Bytes the longest key takes.</summary>
    public const int MaxLength = 128;

    private const int MaxTokens = 32;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789-"u8);

    /// <param name="address">House number or name, street and whatever follows; UTF-8.</param>
    /// <param name="postcode">As PostcodeValidator normalises it.</param>
    /// <param name="key">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns><c>false</c> when they place nobody.</returns>
    public static bool TryCanonicalise(ReadOnlySpan<byte> address, ReadOnlySpan<byte> postcode, Span<byte> key, out int length)
    {
        length = 0;
        if (postcode.IsEmpty || Postcode.IsPseudo(postcode))
        {
            return false;
        }

        Span<byte> text = stackalloc byte[256];
        Span<Token> tokens = stackalloc Token[MaxTokens];
        tokens = tokens[..Tokenise(address, text, tokens)];
        var flat = TakeFlat(text, tokens);
        var place = FindPlace(text, tokens);
        if (place.Length == 0)
        {
            return false;
        }

        length = Ascii.Compact(postcode, key);
        key[length++] = (byte)'|';
        Append(text, place, key, ref length);
        key[length++] = (byte)'|';
        Append(text, flat, key, ref length);
        return true;
    }

    /// <summary>HMAC-SHA256 of the key's bytes, its first sixteen.</summary>
    /// <remarks>RFC 2104. The secret is shared by the agencies of a match and by nobody else.</remarks>
    public static HouseholdPseudonym Pseudonym(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> key)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, key, mac);
        return HouseholdPseudonym.FromBytes(mac[..HouseholdPseudonym.Size]);
    }

    // Upper case; apostrophes vanish; whatever is no letter or digit parts tokens; a hyphen or slash between numbers is a range.
    private static int Tokenise(ReadOnlySpan<byte> address, Span<byte> text, Span<Token> tokens)
    {
        var (count, start, length, segment) = (0, 0, 0, 0);
        for (var i = 0; i <= address.Length; i++)
        {
            var b = i < address.Length ? address[i] : (byte)',';
            var range = b is (byte)'-' or (byte)'/' && length > start && Ascii.IsDigit(text[length - 1]) && i + 1 < address.Length && Ascii.IsDigit(address[i + 1]);
            if (Ascii.IsLetter(b) || Ascii.IsDigit(b) || b >= 0x80 || range)
            {
                if (length < text.Length)
                {
                    text[length++] = range ? (byte)'-' : Ascii.Upper(b);
                }
            }
            else if (b != '\'')
            {
                if (length > start && count < tokens.Length)
                {
                    tokens[count++] = new Token(start, length - start, segment);
                }

                start = length;
                segment += b == ',' ? 1 : 0;
            }
        }

        return count;
    }

    // FLAT 2, APARTMENT B, GROUND FLOOR FLAT: the words are marked as taken, what tells flats apart is returned.
    private static Token TakeFlat(ReadOnlySpan<byte> text, Span<Token> tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!IsFlatWord(tokens[i].In(text)))
            {
                continue;
            }

            var floor = i > 0 && tokens[i - 1].In(text).SequenceEqual("FLOOR"u8) ? i - 2 : i - 1;
            var hasFloor = floor >= 0 && IsFloor(tokens[floor].In(text));
            var numbered = i + 1 < tokens.Length && tokens[i + 1].Segment == tokens[i].Segment && (IsNumber(tokens[i + 1].In(text)) || tokens[i + 1].Length == 1);

            // TOP FLAT 12 WHARF STREET: the one number there is belongs to the house.
            if (numbered && (!hasFloor || HasNumber(text, tokens[(i + 2)..])))
            {
                var flat = tokens[i + 1];
                tokens[i] = tokens[i + 1] = default;
                return flat;
            }

            if (hasFloor)
            {
                var flat = tokens[floor];
                tokens[floor..(i + 1)].Clear();
                return flat;
            }
        }

        return default;
    }

    private static bool HasNumber(ReadOnlySpan<byte> text, ReadOnlySpan<Token> tokens)
    {
        foreach (var token in tokens)
        {
            if (IsNumber(token.In(text)))
            {
                return true;
            }
        }

        return false;
    }

    // The first number, with a letter that stands apart (12 A); else the words before the first comma.
    private static Token FindPlace(Span<byte> text, ReadOnlySpan<Token> tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Length > 0 && IsNumber(tokens[i].In(text)))
            {
                var letter = i + 1 < tokens.Length && tokens[i + 1].Length == 1 && Ascii.IsDigit(text[tokens[i].End - 1]);
                return letter ? tokens[i] with { Length = tokens[i].Length + 1 } : tokens[i];
            }
        }

        var name = default(Token);
        foreach (var token in tokens)
        {
            if (token.Length > 0 && (name.Length == 0 || token.Segment == name.Segment))
            {
                name = name.Length == 0 ? token : name with { Length = token.End - name.Start };
            }
        }

        return name;
    }

    private static void Append(ReadOnlySpan<byte> text, Token token, Span<byte> key, ref int length)
    {
        var value = token.In(text);
        value = value[..Math.Min(value.Length, 50)];
        value.CopyTo(key[length..]);
        length += value.Length;
    }

    // 12, 12A, 12-14; not 1AA, which is half a postcode.
    private static bool IsNumber(ReadOnlySpan<byte> token)
    {
        if (!Ascii.IsDigit(token[0]))
        {
            return false;
        }

        var end = Ascii.IsLetter(token[^1]) ? token[..^1] : token;
        return end.Length <= 9 && !end.ContainsAnyExcept(NumberBytes);
    }

    private static bool IsFlatWord(ReadOnlySpan<byte> token) =>
        token.SequenceEqual("FLAT"u8) || token.SequenceEqual("APARTMENT"u8) || token.SequenceEqual("APT"u8) || token.SequenceEqual("UNIT"u8)
        || token.SequenceEqual("ROOM"u8) || token.SequenceEqual("BEDSIT"u8) || token.SequenceEqual("STUDIO"u8);

    private static bool IsFloor(ReadOnlySpan<byte> token) =>
        token.SequenceEqual("GROUND"u8) || token.SequenceEqual("FIRST"u8) || token.SequenceEqual("SECOND"u8) || token.SequenceEqual("THIRD"u8)
        || token.SequenceEqual("TOP"u8) || token.SequenceEqual("BASEMENT"u8) || token.SequenceEqual("LOWER"u8) || token.SequenceEqual("UPPER"u8);

    /// <summary>A stretch of the upper-cased text. Tokens stand next to each other there, so neighbours join by growing.</summary>
    private readonly record struct Token(int Start, int Length, int Segment)
    {
        public int End => Start + Length;

        public ReadOnlySpan<byte> In(ReadOnlySpan<byte> text) => text.Slice(Start, Length);
    }
}
