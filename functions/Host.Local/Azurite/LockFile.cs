namespace TfFlow.Host.Local.Azurite;

/// <summary>A file that one process at a time holds open; the system lets go of it when the process ends.</summary>
internal static class LockFile
{
    /// <returns>The held file, or null when another process holds it.</returns>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public static async Task<FileStream> WaitAsync(string path, Action waiting, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var told = false; ; told = true)
        {
            if (TryTake(path) is { } held)
            {
                return held;
            }

            if (!told)
            {
                waiting();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
        }
    }
}
