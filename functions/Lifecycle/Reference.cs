using System.Security.Cryptography;

namespace TfFlow.Lifecycle;

/// <summary>Opaque references: random, so that nothing can be read from them.</summary>
public static class Reference
{
    private const int Length = 20;

    /// <summary>Whether it has the form of one: what has not may be a name that says something.</summary>
    public static bool IsOne(string text) => text.Length == Length && text.All(char.IsAsciiHexDigitLower);

    /// <returns>20 lower-case hex digits, 80 random bits.</returns>
    public static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);
}
