using System.Security.Cryptography;

namespace TfFlow.Lifecycle;

/// <summary>Opaque references: random, so that nothing can be read from them.</summary>
public static class Reference
{
    /// <returns>20 lower-case hex digits, 80 random bits.</returns>
    public static string New() => RandomNumberGenerator.GetHexString(20, lowercase: true);
}
