using System.Buffers.Binary;

namespace TfFlow.Programme.Extracts;

/// <summary>Looks at the first bytes of a file: says what it is if it is no CSV, and passes over a UTF-8 byte order mark.</summary>
internal static class FileProbe
{
    private const int PrefixLength = 4096;

    /// <returns>The rule it breaks, or the stream to read on from.</returns>
    public static async Task<(Rule? Broken, Stream Text, bool MarkedUtf8)> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixLength];
        var length = await file.ReadAtLeastAsync(prefix, PrefixLength, throwOnEndOfStream: false, cancellationToken);
        var rule = Check(prefix.AsSpan(0, length));
        var marked = HasUtf8Mark(prefix.AsSpan(0, length));
        return (rule, new PrefixStream(prefix.AsMemory(0, length)[(marked ? 3 : 0)..], file), marked);
    }

    private static Rule? Check(ReadOnlySpan<byte> prefix)
    {
        var text = HasUtf8Mark(prefix) ? prefix[3..] : prefix;
        if (text.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            return FileRules.Empty;
        }

        if (prefix.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || prefix.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || LooksUtf16(prefix))
        {
            return FileRules.Utf16;
        }

        return prefix.Length < 4 ? null : BinaryPrimitives.ReadUInt32BigEndian(prefix) switch
        {
            0x504B0304 or 0x504B0506 or 0x504B0708 => FileRules.Compressed, // zip, xlsx, ods
            >= 0x1F8B0000 and <= 0x1F8BFFFF => FileRules.Compressed, // gzip
            >= 0x425A6831 and <= 0x425A6839 => FileRules.Compressed, // bzip2, level 1 to 9
            0x377ABCAF or 0xFD377A58 or 0x28B52FFD or 0x52617221 => FileRules.Compressed, // 7z, xz, zstd, rar
            0xD0CF11E0 => FileRules.Compressed, // xls
            0x25504446 or 0x7F454C46 or 0x7B5C7274 => FileRules.NotText, // PDF, ELF, RTF
            _ => null,
        };
    }

    private static bool HasUtf8Mark(ReadOnlySpan<byte> prefix) => prefix.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);

    // ASCII in UTF-16 has a NUL in every other byte.
    private static bool LooksUtf16(ReadOnlySpan<byte> prefix) =>
        prefix.Length >= 4 && ((prefix[0] == 0 && prefix[1] != 0 && prefix[2] == 0) || (prefix[0] != 0 && prefix[1] == 0 && prefix[3] == 0));
}
