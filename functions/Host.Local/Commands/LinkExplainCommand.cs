using System.CommandLine;

namespace TfFlow.Host.Local.Commands;

/// <summary><c>tfflow link explain LEFT RIGHT --pair ID,ID</c>.</summary>
internal static class LinkExplainCommand
{
    public static Command Create() => new("explain", "Say why two records were or were not linked.");
}
