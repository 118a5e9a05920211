using Microsoft.DurableTask.Client;

namespace TfFlow.Host.Azure.Durable;

/// <summary>The Durable client of the function invocation under way: Functions hands one to each invocation, and only by binding.</summary>
public sealed class BoundClient
{
    private readonly AsyncLocal<DurableTaskClient?> current = new();

    /// <exception cref="InvalidOperationException">Asked for outside a function that binds one.</exception>
    public DurableTaskClient Current
    {
        get => current.Value ?? throw new InvalidOperationException("This function has no [DurableClient] parameter to bind.");
        set => current.Value = value;
    }
}
