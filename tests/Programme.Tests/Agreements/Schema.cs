using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TfFlow.Programme.Tests.Agreements;

/// <summary>As much of JSON Schema (draft 2020-12) as the agreement schema uses, over YAML.</summary>
internal static class Schema
{
    public static IReadOnlyList<string> Check(JsonElement schema, string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var faults = new List<string>();
        Check(schema, schema, stream.Documents[0].RootNode, "", faults);
        return faults;
    }

    private static void Check(JsonElement root, JsonElement schema, YamlNode node, string path, List<string> faults)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(root, root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), node, path, faults);
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Is(name, node)))
        {
            faults.Add($"{path}: not {type}");
        }

        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(value => value.ValueKind == JsonValueKind.Null ? Is("null", node) : Text(node) == value.GetString()))
        {
            faults.Add($"{path}: not one of {values}");
        }

        if (schema.TryGetProperty("pattern", out var pattern) && Text(node) is { Length: > 0 } text && !Regex.IsMatch(text, pattern.GetString()!))
        {
            faults.Add($"{path}: not {pattern}");
        }

        if (schema.TryGetProperty("anyOf", out var options) && !options.EnumerateArray().Any(option => Passes(root, option, node)))
        {
            faults.Add($"{path}: none of {options}");
        }

        if (node is YamlMappingNode map)
        {
            Mapping(root, schema, map, path, faults);
        }

        if (node is YamlSequenceNode list && schema.TryGetProperty("items", out var items))
        {
            foreach (var item in list)
            {
                Check(root, items, item, path + "[]", faults);
            }
        }
    }

    private static void Mapping(JsonElement root, JsonElement schema, YamlMappingNode map, string path, List<string> faults)
    {
        var keys = map.Children.ToDictionary(pair => Text(pair.Key)!, pair => pair.Value);
        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(required.EnumerateArray().Where(key => !keys.ContainsKey(key.GetString()!)).Select(key => $"{path}: {key} is missing"));
        }

        if (!schema.TryGetProperty("properties", out var properties))
        {
            return;
        }

        foreach (var (key, value) in keys)
        {
            if (properties.TryGetProperty(key, out var property))
            {
                Check(root, property, value, $"{path}/{key}", faults);
            }
            else if (schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False)
            {
                faults.Add($"{path}: {key} is no key");
            }
        }
    }

    private static bool Passes(JsonElement root, JsonElement schema, YamlNode node)
    {
        var faults = new List<string>();
        Check(root, schema, node, "", faults);
        return faults.Count == 0;
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool Is(string type, YamlNode node) => (type, node) switch
    {
        ("object", YamlMappingNode) or ("array", YamlSequenceNode) => true,
        ("null", YamlScalarNode { Value: "" or null, Style: ScalarStyle.Plain }) => true,
        ("boolean", YamlScalarNode { Value: "true" or "false" }) => true,
        ("integer", YamlScalarNode scalar) => int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        ("string", YamlScalarNode { Value.Length: > 0 }) => true,
        _ => false,
    };

    private static string? Text(YamlNode node) => (node as YamlScalarNode)?.Value;
}
