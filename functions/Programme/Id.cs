using System.Text.Json;
using System.Text.Json.Serialization;

namespace TfFlow.Programme;

/// <summary>The id of one kind of thing: an extract's cannot be handed to what asks for a family's, nor an agency's to what asks for an exchange.</summary>
/// <remarks>In documents, tables and messages it is its text. A text becomes an id where it enters the house.</remarks>
/// <typeparam name="T">What it is the id of.</typeparam>
[JsonConverter(typeof(IdConverters))]
public readonly record struct Id<T> : IComparable<Id<T>>
{
    private readonly string? text;

    public Id(string text) => this.text = string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Empty for none.</summary>
    public string Text => text ?? "";

    public override string ToString() => Text;

    /// <summary>The order of lists: by code unit, the same everywhere.</summary>
    public int CompareTo(Id<T> other) => string.CompareOrdinal(Text, other.Text);

    public static bool operator <(Id<T> left, Id<T> right) => left.CompareTo(right) < 0;

    public static bool operator <=(Id<T> left, Id<T> right) => left.CompareTo(right) <= 0;

    public static bool operator >(Id<T> left, Id<T> right) => left.CompareTo(right) > 0;

    public static bool operator >=(Id<T> left, Id<T> right) => left.CompareTo(right) >= 0;

    public static implicit operator string(Id<T> id) => id.Text;

    public static implicit operator Id<T>(string text) => new(text);
}

public static class Ids
{
    public static IEnumerable<string> Texts<T>(this IEnumerable<Id<T>> ids) => ids.Select(id => id.Text);
}

/// <summary>Writes an id as its text, as a value and as a name.</summary>
internal sealed class IdConverters : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Id<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Id<T>>
    {
        public override Id<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void Write(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override Id<T> ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

        public override void WriteAsPropertyName(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options) => writer.WritePropertyName(value);
    }
}
