using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TfFlow.Vault.Keys;

/// <summary>Files that are published whole, last through a power cut, and are overwritten when they go.</summary>
internal static class KeyFile
{
    /// <summary>Makes the file appear with this content, on the disk before this returns. A file that stands there is left as it is.</summary>
    public static void Publish(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{RandomNumberGenerator.GetHexString(16)}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            // A link or a move that fails when the name is taken: never a replacement.
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Someone else published it first.
        }
        finally
        {
            Erase(temporary);
        }

        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Overwrites the file with zeros and deletes it; an absent file is left so. A disk may still hold the old bytes.</summary>
    public static void Erase(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            stream.Write(new byte[stream.Length]);
            stream.Flush(flushToDisk: true);
        }
        catch (FileNotFoundException)
        {
            return;
        }

        File.Delete(path);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    // A new name is on the disk only when its folder is; .NET opens no folders.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const int ReadOnly = 0;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"Opening {folder} to flush it failed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }

        var flushed = FSync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (flushed != 0)
        {
            throw new IOException($"Flushing {folder} failed: {new Win32Exception(error).Message}");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
