using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Agreements;
using TfFlow.Vault;

namespace TfFlow.Host.Azure.Functions;

public sealed class DropFunction(IServiceProvider services, Stores stores, StoreNames names, AgreementCatalogue agreements, BoundClient durable)
{
    /// <summary>A blob was created: if it still lies in an agency's drop container, it is claimed as it lies there.</summary>
    [Function("Drop")]
    public async Task RunAsync(
        [QueueTrigger("%DropQueue%", Connection = "DropEvents")] string message, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Bind(client);
        var blob = BlobCreated.Parse(message);
        var agency = agreements.Versions.SelectMany(agreement => agreement.Parties).FirstOrDefault(party => names.Drops(party.Id) == blob.Container);
        if (agency is not null && await stores.Blobs.GetPropertiesAsync(blob, cancellationToken) is { } drop)
        {
            await services.GetRequiredService<DropClaims>().ClaimAsync(agency.Id, drop, cancellationToken);
        }
    }
}
