using Microsoft.AspNetCore.DataProtection;
using TfFlow.Host.Local.Identity;
using TfFlow.Vault.Keys;

namespace TfFlow.Host.Local.Hosting;

/// <summary>The local host's folder: Azurite's files, key ring, token keys, and where the running host listens.</summary>
public sealed class WorkFolder
{
    public const string Default = ".tfflow";

    public WorkFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        PrivateFolder.Create(Path);
    }

    public string Path { get; }

    /// <summary>The work folder that a host was started on: a mistyped --folder is an error, and creates nothing in what it names.</summary>
    /// <returns>Null when there is no such folder, or no host was ever started on it.</returns>
    public static WorkFolder? Find(string path) => Directory.Exists(TokensIn(path)) ? new(path) : null;

    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The key that signs the ledger's checkpoints, apart from all others.</summary>
    public string CheckpointKeys => System.IO.Path.Combine(Path, "checkpoint-key");

    /// <summary>The last ledger entries the store acknowledged.</summary>
    public string Journal => System.IO.Path.Combine(Path, "ledger.journal");

    /// <summary>Held by the one host that runs on this folder.</summary>
    public string Lock => System.IO.Path.Combine(Path, "host.lock");

    /// <summary>Holds the address of the host that runs on this folder.</summary>
    private string Address => System.IO.Path.Combine(Path, "address");

    /// <summary>Whoever can read this folder can act as anyone here: it is the owner's alone.</summary>
    public LocalTokens Tokens(TimeProvider time)
    {
        var keys = TokensIn(Path);
        PrivateFolder.Create(keys);
        return new(DataProtectionProvider.Create(new DirectoryInfo(keys), protection => protection.SetApplicationName("tfflow")), time);
    }

    private static string TokensIn(string path) => System.IO.Path.Combine(path, "tokens");

    public void PublishAddress(string address) => File.WriteAllText(Address, address);

    public void RemoveAddress() => File.Delete(Address);

    /// <returns>The running host's address, or null when none runs here.</returns>
    public string? FindAddress() => File.Exists(Address) ? File.ReadAllText(Address).Trim() : null;
}
