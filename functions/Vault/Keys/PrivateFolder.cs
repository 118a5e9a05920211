namespace TfFlow.Vault.Keys;

/// <summary>Folders that only their owner may enter.</summary>
public static class PrivateFolder
{
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder and each missing one above it. One that stands there is left as it is.</summary>
    /// <remarks><see cref="Directory.CreateDirectory(string, UnixFileMode)"/> gives the mode to the last folder only: those above it would be open to everyone.</remarks>
    public static void Create(string path)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { } parent)
        {
            Create(parent);
        }

        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, Mode);
    }
}
