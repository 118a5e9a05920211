using System.Globalization;

namespace TfFlow.Programme;

/// <summary>A document that lies where people collect it: beside its fields, which programs read, it says itself in sentences.</summary>
public interface IReadableDocument
{
    IReadOnlyList<string> Sentences { get; }
}

/// <summary>Days and times as sentences have them.</summary>
public static class DayWords
{
    /// <summary>"2 March 2026".</summary>
    public static string InWords(this DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"2 March 2026 at 12:00 UTC".</summary>
    public static string InWords(this DateTimeOffset moment) => moment.UtcDateTime.ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
