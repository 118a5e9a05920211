using System.CommandLine;
using System.Text;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;

namespace TfFlow.Cli.Commands;

/// <summary>The documents an authority runs by: its own from a folder, or the reference that ships.</summary>
internal static class LibraryFolder
{
    private const long LargestDocument = 4 << 20;

    public static Option<DirectoryInfo?> Option() => new("--agreements")
    {
        Description = "A folder of your own agreements, datasets, programmes and matching plan (*.yaml; docs/agreements.md). Default: those that --folder was started with; else the reference that ships.",
    };

    /// <summary>Runs a command on the documents, and tells all that is wrong with them where they cannot be read.</summary>
    public static int Run(ParseResult parsed, Option<DirectoryInfo?> folder, Func<Library, int> act)
    {
        if (!TryRead(parsed, folder, out var library))
        {
            return ExitCode.Usage;
        }

        try
        {
            return act(library);
        }
        catch (CommandException e)
        {
            parsed.InvocationConfiguration.Error.WriteLine(e.Message);
            return e.ExitCode;
        }
    }

    /// <exception cref="CommandException">A party is named, and is none of any agreement.</exception>
    public static void CheckParty(AgreementCatalogue agreements, string? party)
    {
        if (party is not null && !agreements.Parties.Contains(party))
        {
            throw new CommandException(ExitCode.Usage, $"'{party}' is no party of any agreement here. The parties are: {string.Join(", ", agreements.Parties)}.");
        }
    }

    /// <returns>False once the problem is told.</returns>
    public static bool TryRead(ParseResult parsed, Option<DirectoryInfo?> folder, out Library library)
    {
        try
        {
            library = Read(FolderOf(parsed, folder));
            return true;
        }
        catch (CommandException e)
        {
            parsed.InvocationConfiguration.Error.WriteLine(e.Message);
            library = Library.Shipped;
            return false;
        }
    }

    /// <summary>The folder that is named, or the one that the host of this work folder was started with.</summary>
    /// <exception cref="CommandException">That folder is not there any more.</exception>
    public static DirectoryInfo? FolderOf(ParseResult parsed, Option<DirectoryInfo?> folder)
    {
        if (parsed.GetValue(folder) is { } named)
        {
            return named;
        }

        var work = parsed.RootCommandResult.Command.Options.OfType<Option<string>>().FirstOrDefault(option => option.Name == "--folder") is { } option ? parsed.GetValue(option) : null;
        if (work is null || WorkDocuments.Find(work) is not { Agreements: { } remembered })
        {
            return null;
        }

        Remembered(work, remembered, "--agreements");
        parsed.InvocationConfiguration.Error.WriteLine($"By the documents of {remembered}, which the host of {work} was started with.");
        return new(remembered);
    }

    /// <param name="place">What a work folder was started with, if anything.</param>
    /// <param name="option">By which another is named.</param>
    /// <exception cref="CommandException">It is not there any more.</exception>
    public static string? Remembered(string workFolder, string? place, string option) => place is null || Path.Exists(place)
        ? place
        : throw new CommandException(ExitCode.Usage, $"{workFolder} was started with {place}, which is not there any more: put it back, or say with {option} where it is now.");

    /// <exception cref="CommandException">There is no such folder, or its documents have faults: all of them are told.</exception>
    public static Library Read(DirectoryInfo? folder)
    {
        if (folder is null)
        {
            return Library.Shipped;
        }

        if (!Path.Exists(folder.FullName))
        {
            throw new CommandException(ExitCode.Usage, $"There is no folder {folder}.");
        }

        return Library.Check(Documents([folder.FullName]), out var faults) ?? throw new CommandException(ExitCode.Usage, string.Join(Environment.NewLine, faults.Select(fault => fault.Message)));
    }

    /// <param name="paths">Files, and folders whose <c>*.yaml</c> and <c>*.yml</c> are meant.</param>
    /// <exception cref="CommandException">One of them is not there, cannot be read, or is no document by its size.</exception>
    public static IReadOnlyList<(string File, TextReader Text)> Documents(IEnumerable<string> paths)
    {
        try
        {
            var files = paths.SelectMany(FilesOf).ToList();
            return files.Count == 0
                ? throw new CommandException(ExitCode.Usage, $"There is no document (*.yaml) in {string.Join(", ", paths)}.")
                : [.. files.Select(file => (Path.GetFileName(file), Open(file)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Usage, e.Message);
        }
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(file => Path.GetExtension(file) is ".yaml" or ".yml").Order(StringComparer.Ordinal)
        : File.Exists(path) ? [path]
        : throw new CommandException(ExitCode.Usage, $"There is no such {(Path.HasExtension(path) ? "file" : "folder")}: {path}.");

    // Strict, so that what is not text is a fault of its document.
    private static StreamReader Open(string file) => new FileInfo(file).Length <= LargestDocument
        ? new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true))
        : throw new CommandException(ExitCode.Usage, $"{Path.GetFileName(file)} is larger than 4 MiB: it is no such document.");
}
