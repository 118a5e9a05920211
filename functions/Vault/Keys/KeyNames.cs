using System.Buffers;
using System.Globalization;

namespace TfFlow.Vault.Keys;

/// <summary>The names keys go by in a ring, the same in both: <c>kek-{originator}-{epoch}</c> and <c>secret-{name}</c>.</summary>
internal static class KeyNames
{
    public const int KeySize = 32;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static string Kek(KeyId id) => $"{KekPrefix(id.Originator)}{id.Epoch}";

    public static string Secret(string name) => $"secret-{Check(name)}";

    /// <summary>The epoch in the name of one of the originator's keys; 0 for any other name.</summary>
    public static int EpochIn(string name, string originator)
    {
        var prefix = KekPrefix(originator);
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;
    }

    private static string KekPrefix(string originator) => $"kek-{Check(originator)}-";

    private static string Check(string name) => name.Length is > 0 and <= 63 && !name.AsSpan().ContainsAnyExcept(Allowed)
        ? name
        : throw new ArgumentException($"'{name}' is not 1 to 63 lower-case letters, digits and hyphens.", nameof(name));
}
