using Microsoft.DurableTask.Client;

namespace TfFlow.Host.Azure.Functions;

/// <summary>The Durable client that Functions binds to an invocation. It makes one connection for the app's life, and hands it out by binding only.</summary>
/// <remarks>A function binds before it asks for a service that starts or wakes orchestrations.</remarks>
public sealed class BoundClient
{
    private volatile DurableTaskClient? bound;

    /// <exception cref="InvalidOperationException">Asked for before any function bound one.</exception>
    public DurableTaskClient Client => bound ?? throw new InvalidOperationException("This function has no [DurableClient] parameter to bind.");

    public void Bind(DurableTaskClient client) => bound ??= client;
}
