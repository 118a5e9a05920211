namespace TfFlow.Cli.Exports;

/// <summary>New files that only the person who runs the command can read.</summary>
internal static class OwnerOnly
{
    public static FileStream Create(FileInfo file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file.FullName, options);
    }
}
