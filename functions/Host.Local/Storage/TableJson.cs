using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>Table entities in OData JSON: each type that JSON lacks travels as a string beside its <c>@odata.type</c>.</summary>
internal static class TableJson
{
    private const string TypeSuffix = "@odata.type";

    public static void Write(IBufferWriter<byte> output, TableRow row)
    {
        using var json = new Utf8JsonWriter(output);
        Write(json, row);
    }

    public static void Write(Utf8JsonWriter json, TableRow row)
    {
        json.WriteStartObject();
        json.WriteString("PartitionKey", row.PartitionKey);
        json.WriteString("RowKey", row.RowKey);
        foreach (var (name, value) in row.Properties)
        {
            Write(json, name, value);
        }

        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>The rows of a query's answer.</summary>
    public static List<TableRow> ReadRows(Stream body)
    {
        using var json = JsonDocument.Parse(body);
        var values = json.RootElement.GetProperty("value");
        var rows = new List<TableRow>(values.GetArrayLength());
        foreach (var value in values.EnumerateArray())
        {
            rows.Add(ReadRow(value));
        }

        return rows;
    }

    public static TableRow ReadRow(Stream body)
    {
        using var json = JsonDocument.Parse(body);
        return ReadRow(json.RootElement);
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                Write(json, name, "Edm.Int64", number.ToString(CultureInfo.InvariantCulture));
                break;
            case Guid guid:
                Write(json, name, "Edm.Guid", guid.ToString());
                break;
            case DateTimeOffset time:
                Write(json, name, "Edm.DateTime", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                json.WriteString(name + TypeSuffix, "Edm.Binary");
                json.WriteBase64String(name, bytes);
                break;
            case double number when double.IsFinite(number):
                json.WriteString(name + TypeSuffix, "Edm.Double");
                json.WriteNumber(name, number);
                break;
            case double number:
                Write(json, name, "Edm.Double", double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string type, string value)
    {
        json.WriteString(name + TypeSuffix, type);
        json.WriteString(name, value);
    }

    private static TableRow ReadRow(JsonElement entity)
    {
        var row = new TableRow(Text(entity, "PartitionKey"), Text(entity, "RowKey")) { ETag = new ETag(Text(entity, "odata.etag")) };
        foreach (var property in entity.EnumerateObject())
        {
            if (property.Name is "PartitionKey" or "RowKey" or "Timestamp"
                || property.Name.StartsWith("odata.", StringComparison.Ordinal)
                || property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
            {
                continue;
            }

            row[property.Name] = ReadValue(entity, property);
        }

        return row;
    }

    private static object? ReadValue(JsonElement entity, JsonProperty property)
    {
        var value = property.Value;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var type = entity.TryGetProperty(property.Name + TypeSuffix, out var declared) ? declared.GetString() : null;
        return type switch
        {
            "Edm.Int64" => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            "Edm.Guid" => value.GetGuid(),
            "Edm.Binary" => value.GetBytesFromBase64(),
            "Edm.DateTime" => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
            "Edm.Double" when value.ValueKind == JsonValueKind.String => ReadDouble(value.GetString()),
            "Edm.Double" => value.GetDouble(),
            _ when value.ValueKind == JsonValueKind.String => value.GetString(),
            _ when value.TryGetInt32(out var number) => number,
            _ => (object)value.GetDouble(),
        };
    }

    private static double ReadDouble(string? text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(text!, CultureInfo.InvariantCulture),
    };

    private static string Text(JsonElement entity, string name) => entity.GetProperty(name).GetString()!;
}
