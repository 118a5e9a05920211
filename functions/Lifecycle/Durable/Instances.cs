using System.Text.Json;
using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Durable;

/// <summary>An orchestration as an operator looks at it.</summary>
/// <param name="Doing">What it says it is doing; empty for nothing.</param>
/// <param name="Waiting">What it waits for and until when; null when it waits for nothing.</param>
/// <param name="Input">JSON: references only. Null in a list.</param>
/// <param name="Output">JSON. Null in a list, and before the end.</param>
/// <param name="Failure">Why it failed; empty when it did not. Null in a list.</param>
public sealed record InstanceView(
    string InstanceId,
    string Name,
    OrchestrationRuntimeStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt,
    string Doing,
    Waiting? Waiting,
    string? Input,
    string? Output,
    string? Failure);

/// <param name="Continuation">Of the next page; null on the last.</param>
public sealed record InstancePage(IReadOnlyList<InstanceView> Instances, string? Continuation);

/// <summary>Orchestrations as operators see and order them: the same on either host. Each order is an act.</summary>
public sealed class Instances(DurableTaskClient orchestrations, Acts acts)
{
    private const int PageSize = 100;

    /// <summary>A page of instances.</summary>
    /// <param name="prefix">How their ids begin; null for all.</param>
    /// <param name="statuses">Empty for all.</param>
    public async Task<InstancePage> ListAsync(string? prefix, IReadOnlyList<OrchestrationRuntimeStatus> statuses, string? continuation, CancellationToken cancellationToken)
    {
        var query = new OrchestrationQuery(InstanceIdPrefix: prefix, Statuses: statuses.Count > 0 ? statuses : null, PageSize: PageSize, FetchInputsAndOutputs: true);
        await foreach (var page in orchestrations.GetAllInstancesAsync(query).AsPages(continuation, PageSize).WithCancellation(cancellationToken))
        {
            return new([.. page.Values.Select(instance => View(instance) with { Input = null, Output = null, Failure = null })], page.ContinuationToken);
        }

        return new([], null);
    }

    /// <returns>Null when it never was, or was purged.</returns>
    public async Task<InstanceView?> FindAsync(string instanceId, CancellationToken cancellationToken) =>
        await orchestrations.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken) is { } instance ? View(instance) : null;

    /// <summary>Ends an instance that cannot go on. What its register row needs, the sweep takes up again.</summary>
    public Task<Answer<InstanceView>> TerminateAsync(string instanceId, CaseCaller by, CancellationToken cancellationToken) => PerformAsync(
        "instance.terminate",
        instanceId,
        instance => instance.IsCompleted ? "an orchestration that has not finished" : "",
        token => orchestrations.TerminateInstanceAsync(instanceId, "terminated by an operator", token),
        by,
        cancellationToken);

    /// <summary>Lets a suspended instance go on.</summary>
    public Task<Answer<InstanceView>> ResumeAsync(string instanceId, CaseCaller by, CancellationToken cancellationToken) => PerformAsync(
        "instance.resume",
        instanceId,
        instance => instance.RuntimeStatus is OrchestrationRuntimeStatus.Suspended ? "" : "an orchestration that is suspended",
        token => orchestrations.ResumeInstanceAsync(instanceId, "resumed by an operator", token),
        by,
        cancellationToken);

    /// <summary>Forgets a finished instance and its history.</summary>
    public Task<Answer<InstanceView>> PurgeAsync(string instanceId, CaseCaller by, CancellationToken cancellationToken) => PerformAsync(
        "instance.purge",
        instanceId,
        instance => instance.IsCompleted ? "" : "an orchestration that has finished: terminate it first",
        token => orchestrations.PurgeInstanceAsync(instanceId, cancellation: token),
        by,
        cancellationToken);

    private async Task<Answer<InstanceView>> PerformAsync(
        string act, string instanceId, Func<OrchestrationMetadata, string> obstacle, Func<CancellationToken, Task> effect, CaseCaller by, CancellationToken cancellationToken)
    {
        if (await orchestrations.GetInstanceAsync(instanceId, cancellationToken) is not { } instance)
        {
            return new(null, []);
        }

        if (obstacle(instance) is { Length: > 0 } why)
        {
            return new(View(instance), [new(why, "ours")]);
        }

        await acts.PerformAsync(
            new LedgerAct { ActId = $"{act}.{Reference.New()}", Act = act, Actor = by.Account, Role = by.Role, References = [instance.InstanceId] },
            effect,
            cancellationToken);
        return new(View(instance), []);
    }

    private static InstanceView View(OrchestrationMetadata instance)
    {
        var (doing, waiting) = ReadStatus(instance.SerializedCustomStatus);
        var failed = instance.RuntimeStatus is OrchestrationRuntimeStatus.Failed;
        return new(
            instance.InstanceId,
            instance.Name,
            instance.RuntimeStatus,
            instance.CreatedAt,
            instance.LastUpdatedAt,
            doing,
            waiting,
            instance.SerializedInput,
            failed ? null : instance.SerializedOutput,

            // The Azure Storage provider keeps of a failure its text alone, where the output would be (Microsoft.Azure.DurableTask.AzureStorage 2.11.2).
            failed ? instance.FailureDetails?.ErrorMessage ?? instance.SerializedOutput ?? "" : "");
    }

    private static (string Doing, Waiting? Waiting) ReadStatus(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return ("", null);
        }

        using var status = JsonDocument.Parse(json);
        return status.RootElement.ValueKind switch
        {
            JsonValueKind.String => (status.RootElement.GetString()!, null),
            JsonValueKind.Object => ("", status.RootElement.Deserialize<Waiting>(JsonSerializerOptions.Web)),
            _ => ("", null),
        };
    }
}
