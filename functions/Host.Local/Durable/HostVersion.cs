using System.Globalization;

namespace TfFlow.Host.Local.Durable;

/// <summary>Versions are numbers with dots; what is not a number compares as text.</summary>
internal static class HostVersion
{
    /// <summary>True when an instance was started by a newer version than this host's, which cannot know its code.</summary>
    public static bool IsNewer(string instance, string host) => Compare(instance, host) > 0;

    private static int Compare(string one, string other)
    {
        var ones = one.Split('.');
        var others = other.Split('.');
        for (var i = 0; i < Math.Max(ones.Length, others.Length); i++)
        {
            var (a, b) = (ones.ElementAtOrDefault(i) ?? "", others.ElementAtOrDefault(i) ?? "");
            var order = Number(a) is { } x && Number(b) is { } y ? x.CompareTo(y) : string.CompareOrdinal(a, b);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static long? Number(string part) =>
        part.Length == 0 ? 0 : long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
