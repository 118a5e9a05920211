namespace TfFlow.Linkage;

/// <summary>A file that cannot be linked. The message says which file, which row or column, and what to do; never a value.</summary>
public sealed class LinkageDataException(string message) : Exception(message);
