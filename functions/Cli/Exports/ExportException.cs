namespace TfFlow.Cli.Exports;

/// <summary>A file cannot be read at all; the message is for the person who runs the command, and holds no value of the file.</summary>
internal sealed class ExportException(string message) : Exception(message);
