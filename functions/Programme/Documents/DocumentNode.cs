namespace TfFlow.Programme.Documents;

/// <summary>A piece of a YAML document that remembers the file and line it stands on.</summary>
public abstract record DocumentNode(string File, int Line)
{
    /// <param name="faults">Gets what is wrong, where reading can go on; <c>null</c> to have the first fault thrown.</param>
    /// <exception cref="DocumentException">Not YAML, or not exactly one document that is a mapping.</exception>
    public static DocumentMap Parse(string file, TextReader text, DocumentFaults? faults = null) => DocumentReader.Read(file, text, faults);
}

public sealed record DocumentScalar(string File, int Line, string Text) : DocumentNode(File, Line);

public sealed record DocumentList(string File, int Line, IReadOnlyList<DocumentNode> Items) : DocumentNode(File, Line);
