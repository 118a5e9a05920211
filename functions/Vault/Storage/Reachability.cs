namespace TfFlow.Vault.Storage;

/// <summary>Whether a store answers, as its traffic shows. Safe to share between stores.</summary>
public sealed class Reachability
{
    private int lost;

    public bool IsLost => Volatile.Read(ref lost) == 1;

    /// <summary>The store does not answer; requests wait and try again. The argument is its address.</summary>
    public event Action<string>? Lost;

    /// <summary>The store answers again.</summary>
    public event Action<string>? Back;

    internal void Failed(string address)
    {
        if (Interlocked.Exchange(ref lost, 1) == 0)
        {
            Lost?.Invoke(address);
        }
    }

    internal void Answered(string address)
    {
        if (IsLost && Interlocked.Exchange(ref lost, 0) == 1)
        {
            Back?.Invoke(address);
        }
    }
}
