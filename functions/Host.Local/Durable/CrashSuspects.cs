using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TfFlow.Host.Local.Durable;

/// <summary>Instances that were being taken up when the host ended, each in a file with how often in a row: one that ends the host must not end it for ever.</summary>
internal sealed class CrashSuspects(string folder)
{
    private readonly ConcurrentDictionary<string, bool> suspected = new(StringComparer.Ordinal);

    /// <returns>How often in a row, now included, the instance was taken up without a turn that succeeded.</returns>
    public int Suspect(string instanceId)
    {
        if (suspected.IsEmpty)
        {
            Directory.CreateDirectory(folder);
        }

        var path = PathOf(instanceId);
        var times = 1 + (File.Exists(path) && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : 0);
        File.WriteAllText(path, times.ToString(CultureInfo.InvariantCulture));
        suspected[instanceId] = true;
        return times;
    }

    /// <summary>It took a turn and the host is still there.</summary>
    public void Clear(string instanceId)
    {
        if (suspected.TryRemove(instanceId, out _))
        {
            File.Delete(PathOf(instanceId));
        }
    }

    /// <summary>An instance id may have characters a file name may not.</summary>
    private string PathOf(string instanceId) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instanceId)).AsSpan(0, 16)));
}
