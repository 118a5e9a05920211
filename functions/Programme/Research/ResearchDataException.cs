namespace TfFlow.Programme.Research;

/// <summary>Data or a hierarchy is not what it must be. The message says what, where and what to do; it carries no value from the data.</summary>
public sealed class ResearchDataException(string message) : Exception(message);
