using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace TfFlow.Host.Local.Azurite;

/// <summary>The process that serves a work folder, as it is noted there: an id is given again to other processes, an id with its start is not.</summary>
internal sealed record ServingProcess(int Id, long StartedAt)
{
    public bool IsRunning
    {
        get
        {
            try
            {
                using var process = Process.GetProcessById(Id);
                return !process.HasExited && Math.Abs(Start(process) - StartedAt) <= 5 && !IsZombie();
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception or IOException)
            {
                return false;
            }
        }
    }

    public static ServingProcess Of(Process process) => new(process.Id, Start(process));

    public static ServingProcess? Read(FileStream note)
    {
        note.Position = 0;
        using var reader = new StreamReader(note, Encoding.ASCII, leaveOpen: true);
        return reader.ReadToEnd().Split(' ') is [var id, var startedAt]
            ? new(int.Parse(id, CultureInfo.InvariantCulture), long.Parse(startedAt, CultureInfo.InvariantCulture))
            : null;
    }

    public void Write(FileStream note)
    {
        note.SetLength(0);
        note.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id} {StartedAt}")));
        note.Flush(flushToDisk: false);
    }

    // Unix seconds: two observers agree on the start to within a second or two.
    private static long Start(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();

    /// <summary>A container without an init process keeps what has ended as a zombie for ever.</summary>
    private bool IsZombie()
    {
        var status = $"/proc/{Id}/stat";
        if (!OperatingSystem.IsLinux() || !File.Exists(status))
        {
            return false;
        }

        var text = File.ReadAllText(status);
        return text.AsSpan(text.LastIndexOf(')')) is [')', ' ', 'Z' or 'X', ..];
    }
}
