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

            if (TryGiveName(temporary, path))
            {
                // Deleted and not overwritten: both names are one file.
                File.Delete(temporary);
            }
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

    // False when the name is taken. File.Move without overwriting asks on Unix whether the name is free and then renames, so that
    // of two processes that both found it free the later replaces the key of the earlier. A hard link never replaces.
    private static bool TryGiveName(string temporary, string path)
    {
        const int NameTaken = 17;
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(temporary, path, overwrite: false);
                return true;
            }
            catch (IOException) when (File.Exists(path))
            {
                return false;
            }
        }

        if (Link(temporary, path) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NameTaken ? false : throw new IOException($"Publishing {path} failed: {new Win32Exception(error).Message}");
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

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
