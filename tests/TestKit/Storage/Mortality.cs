using System.Reflection;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.TestKit.Storage;

/// <summary>Lets a host die before one of its storage operations: from that one on, none of its operations reaches the store.</summary>
public sealed class Mortality
{
    private int left = int.MaxValue;
    private int dead;

    /// <summary>Operations count only while this is set.</summary>
    public bool Armed { get; set; }

    public bool IsDead => Volatile.Read(ref dead) != 0;

    /// <summary>Operations so far, while armed.</summary>
    public long Operations { get; private set; }

    /// <summary>Called once, when it dies.</summary>
    public Action? Died { get; set; }

    public void DieAfter(int operations) => left = operations;

    public Stores Wrap(Stores stores) => new(
        MortalProxy<IBlobStore>.Around(stores.Blobs, this), MortalProxy<ITableStore>.Around(stores.Registers, this), MortalProxy<ITableStore>.Around(stores.Keys, this));

    internal void Touch()
    {
        if (!IsDead && Armed)
        {
            Operations++;
            if (Interlocked.Decrement(ref left) <= 0 && Interlocked.Exchange(ref dead, 1) == 0)
            {
                Died?.Invoke();
            }
        }

        if (IsDead)
        {
            throw new OperationCanceledException("The host died here.");
        }
    }
}

/// <summary>Passes every call on, unless its host is dead.</summary>
public class MortalProxy<T> : DispatchProxy
    where T : class
{
    private T inner = null!;
    private Mortality mortality = null!;

    internal static T Around(T inner, Mortality mortality)
    {
        var proxy = Create<T, MortalProxy<T>>();
        var mortal = (MortalProxy<T>)(object)proxy;
        (mortal.inner, mortal.mortality) = (inner, mortality);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        mortality.Touch();
        return targetMethod!.Invoke(inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }
}
