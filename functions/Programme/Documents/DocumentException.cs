namespace TfFlow.Programme.Documents;

/// <summary>A document (an agreement, a dataset specification) that does not say what it must. The message names file and line.</summary>
public sealed class DocumentException(string file, int line, string problem) : Exception($"{file}, line {line}: {problem}")
{
    public string File { get; } = file;

    /// <summary>1-based.</summary>
    public int Line { get; } = line;

    public string Problem { get; } = problem;
}
