using System.CommandLine;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow link</c>: which records are one person.</summary>
internal static class LinkCommand
{
    public static Command Create() => new("link", "Find which records are one person: within a file, or between two.")
    {
        LinkDedupeCommand.Create(),
        LinkRunCommand.Create(),
        LinkEvaluateCommand.Create(),
        LinkExplainCommand.Create(),
        LinkExtendCommand.Create(),
        LinkSampleCommand.Create(),
        LinkForgetCommand.Create(),
        LinkReportCommand.Create(),
    };

    /// <summary>Runs an act and turns what can go wrong into an exit code: 1 the data, 2 the use, 130 stopped.</summary>
    public static int Guard(ParseResult result, Func<int> act)
    {
        try
        {
            return act();
        }
        catch (UsageException e)
        {
            result.InvocationConfiguration.Error.WriteLine(e.Message);
            return 2;
        }
        catch (Exception e) when (e is LinkageDataException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            result.InvocationConfiguration.Error.WriteLine(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            result.InvocationConfiguration.Error.WriteLine("Stopped. Nothing was written.");
            return 130;
        }
    }
}

/// <summary>The command line asks for something that cannot be; the message says what can.</summary>
internal sealed class UsageException(string message) : Exception(message);
