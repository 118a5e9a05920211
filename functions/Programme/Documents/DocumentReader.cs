using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TfFlow.Programme.Documents;

/// <summary>Reads one YAML document to its nodes. Plain YAML only: no anchors, aliases or tags, no key twice, nothing nested without end.</summary>
internal sealed class DocumentReader
{
    private const int MaxDepth = 20;

    private readonly string file;
    private readonly DocumentFaults? faults;
    private readonly Parser parser;
    private int line = 1;

    private DocumentReader(string file, TextReader text, DocumentFaults? faults) => (this.file, this.faults, parser) = (file, faults, new Parser(text));

    /// <param name="text">Closed at the end. One that is strict about its encoding tells what is not text.</param>
    public static DocumentMap Read(string file, TextReader text, DocumentFaults? faults)
    {
        string yaml;
        try
        {
            using (text)
            {
                yaml = text.ReadToEnd();
            }
        }
        catch (DecoderFallbackException)
        {
            throw new DocumentException(file, 1, "not UTF-8 text: save it as UTF-8");
        }

        var reader = new DocumentReader(file, new StringReader(yaml), faults);
        try
        {
            return reader.Read();
        }
        catch (YamlException e)
        {
            throw NotYaml(file, yaml.Split('\n'), (int)e.Start.Line, e.InnerException?.Message ?? e.Message);
        }
        catch (Exception e) when (e is not DocumentException and not OutOfMemoryException)
        {
            // Some faults the library meets unprepared, and without a place.
            throw new DocumentException(file, reader.line, "not valid YAML from here on");
        }
    }

    // The library places a tab in the indentation at the line before it, and what is never closed behind the last line.
    private static DocumentException NotYaml(string file, string[] lines, int line, string why)
    {
        var at = Math.Clamp(line, 1, lines.Length);
        var tab = why.Contains("tab", StringComparison.Ordinal) ? Array.FindIndex(lines, at - 1, text => text.TakeWhile(char.IsWhiteSpace).Contains('\t')) : -1;
        return tab >= 0
            ? new(file, tab + 1, "a tab stands in the indentation: indent with spaces")
            : new(file, at > 1 && at == lines.Length && lines[^1].Trim().Length == 0 ? at - 1 : at, $"not valid YAML: {why}");
    }

    private DocumentMap Read()
    {
        Next<StreamStart>();
        if (Next() is not DocumentStart || Node(Next(), 0) is not DocumentMap root || Next() is not DocumentEnd || Next() is not StreamEnd)
        {
            throw new DocumentException(file, 1, "expected one YAML document that is a mapping of keys to values");
        }

        return root;
    }

    private DocumentNode Node(ParsingEvent start, int depth)
    {
        var at = line;
        if (depth > MaxDepth)
        {
            throw new DocumentException(file, at, $"nested more than {MaxDepth} deep");
        }

        if (start is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
        {
            Fault(at, "anchors and tags are not used in these documents");
        }

        return start switch
        {
            MappingStart => Map(at, depth),
            SequenceStart => List(at, depth),
            Scalar scalar => new DocumentScalar(file, at, scalar.Value),
            AnchorAlias => Alias(at),
            _ => throw new DocumentException(file, 1, "expected one YAML document that is a mapping of keys to values"),
        };
    }

    private DocumentScalar Alias(int at)
    {
        Fault(at, "aliases are not used in these documents: write it out again");
        return new DocumentScalar(file, at, "");
    }

    private DocumentMap Map(int at, int depth)
    {
        var children = new Dictionary<string, DocumentNode>(StringComparer.Ordinal);
        while (Next() is var next and not MappingEnd)
        {
            var key = Node(next, depth + 1);
            var value = Node(Next(), depth + 1);
            if (key is not DocumentScalar { Text: { Length: > 0 } name })
            {
                Fault(key.Line, "expected a plain key");
            }
            else if (!children.TryAdd(name, value))
            {
                Fault(key.Line, $"'{name}' is there twice, first on line {children[name].Line}");
            }
        }

        return new DocumentMap(file, at, children) { Faults = faults };
    }

    private DocumentList List(int at, int depth)
    {
        var items = new List<DocumentNode>();
        while (Next() is var next and not SequenceEnd)
        {
            items.Add(Node(next, depth + 1));
        }

        return new DocumentList(file, at, items);
    }

    private void Fault(int at, string problem)
    {
        var fault = new DocumentException(file, at, problem);
        if (faults is null)
        {
            throw fault;
        }

        faults.Add(fault);
    }

    private ParsingEvent Next()
    {
        do
        {
            if (!parser.MoveNext())
            {
                throw new DocumentException(file, line, "not valid YAML from here on");
            }
        }
        while (parser.Current is Comment);

        line = Math.Max(1, (int)parser.Current!.Start.Line);
        return parser.Current;
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (Next() is not T)
        {
            throw new DocumentException(file, line, "not valid YAML from here on");
        }
    }
}
