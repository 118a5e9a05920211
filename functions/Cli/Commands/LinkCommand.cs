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

    private static readonly string[] Written = ["--out", "--doubts", "--clusters"];

    /// <summary>Runs an act and turns what can go wrong into an exit code: 1 the data, 2 the use, 130 stopped.</summary>
    public static int Guard(ParseResult result, Func<int> act)
    {
        try
        {
            KeepApart(result);
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

    /// <summary>What is written never lies on what is read, or on something else that is written. Of <c>extend</c> the new clusters may
    /// take the place of the known ones.</summary>
    /// <exception cref="UsageException">Two of the files are one.</exception>
    private static void KeepApart(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var files = command.Arguments.OfType<Argument<FileInfo>>().Select(argument => (argument.Name, File: result.GetValue(argument)))
            .Concat(command.Options.OfType<Option<FileInfo>>().Select(option => (option.Name, File: result.GetValue(option))))
            .Where(file => file.File is not null).ToList();
        var comparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        foreach (var (name, file) in files.Where(file => Written.Contains(file.Name) && command.Name != "forget"))
        {
            foreach (var (other, same) in files.Where(other => other.Name != name && (name, other.Name) != ("--clusters", "--known")
                && other.File!.FullName.Equals(file!.FullName, comparison)))
            {
                throw new UsageException($"{name} and {other} are one file, {same!.Name}. Name another for {name}; nothing was read or written.");
            }
        }
    }
}

/// <summary>The command line asks for something that cannot be; the message says what can.</summary>
internal sealed class UsageException(string message) : Exception(message);
