using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TfFlow.Programme.Documents;

/// <summary>A piece of a YAML document that remembers the file and line it stands on.</summary>
public abstract record DocumentNode(string File, int Line)
{
    /// <exception cref="DocumentException">Not YAML, or not exactly one document that is a mapping.</exception>
    public static DocumentMap Parse(string file, TextReader text)
    {
        var yaml = text.ReadToEnd();
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new DocumentException(file, (int)e.Start.Line, $"not valid YAML: {e.InnerException?.Message ?? e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Some faults the library meets unprepared, and without a place.
            throw new DocumentException(file, LastGoodLine(yaml), "not valid YAML from here on");
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            ? (DocumentMap)From(file, root, 0)
            : throw new DocumentException(file, 1, "expected one YAML document that is a mapping of keys to values");
    }

    private static DocumentNode From(string file, YamlNode node, int depth)
    {
        var line = (int)node.Start.Line;
        if (depth > 20)
        {
            throw new DocumentException(file, line, "nested more than 20 deep");
        }

        return node switch
        {
            YamlMappingNode map => new DocumentMap(file, line, map.Children.ToDictionary(
                pair => Key(file, pair.Key),
                pair => From(file, pair.Value, depth + 1),
                StringComparer.Ordinal)),
            YamlSequenceNode list => new DocumentList(file, line, [.. list.Children.Select(item => From(file, item, depth + 1))]),
            YamlScalarNode scalar => new DocumentScalar(file, line, scalar.Value ?? ""),
            _ => throw new DocumentException(file, line, "aliases are not used in these documents"),
        };
    }

    private static int LastGoodLine(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var line = 1L;
        try
        {
            while (parser.MoveNext())
            {
                line = parser.Current!.End.Line;
            }
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException)
        {
            return (int)line;
        }

        return (int)line;
    }

    private static string Key(string file, YamlNode key) =>
        key is YamlScalarNode { Value: { Length: > 0 } text }
            ? text
            : throw new DocumentException(file, (int)key.Start.Line, "expected a plain key");
}

public sealed record DocumentScalar(string File, int Line, string Text) : DocumentNode(File, Line);

public sealed record DocumentList(string File, int Line, IReadOnlyList<DocumentNode> Items) : DocumentNode(File, Line);
