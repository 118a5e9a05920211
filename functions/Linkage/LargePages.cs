using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>Large arrays of numbers that are asked for at random. On Linux the system is asked to hold them in large pages, where it can: each first look at a small page costs the processor a search of its own.</summary>
internal static class LargePages
{
    /// <summary>Bytes below which an array is too small to ask for.</summary>
    private const long LeastBytes = 4 << 20;

    /// <summary>Bytes of a page asked for.</summary>
    private const long Page = 2 << 20;

    /// <summary>MADV_HUGEPAGE of Linux.</summary>
    private const int HugePages = 14;

    /// <summary>An array of zeros.</summary>
    /// <param name="length">How many.</param>
    /// <param name="pinned">Whether it must stay where it is however small.</param>
    public static T[] Array<T>(int length, bool pinned = false)
        where T : unmanaged
    {
        var bytes = (long)length * Unsafe.SizeOf<T>();
        if (bytes < LeastBytes || !OperatingSystem.IsLinux())
        {
            return pinned ? GC.AllocateArray<T>(length, pinned: true) : new T[length];
        }

        var array = GC.AllocateArray<T>(length, pinned: true);
        var start = (long)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        var (from, to) = ((start + Page - 1) / Page * Page, (start + bytes) / Page * Page);
        if (from < to)
        {
            // Advice only: where it is refused, nothing changes.
            _ = Advise((nint)from, (nuint)(to - from), HugePages);
        }

        return array;
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nuint length, int advice);
}
