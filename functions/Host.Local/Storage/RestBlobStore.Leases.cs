using System.Globalization;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

public sealed partial class RestBlobStore
{
    public async Task AcquireLeaseAsync(BlobAddress blob, Guid leaseId, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromSeconds(15));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromSeconds(60));
        var seconds = ((int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await LeaseAsync(blob, "acquire", [("x-ms-lease-duration", seconds), ("x-ms-proposed-lease-id", $"{leaseId}")], cancellationToken);
    }

    public Task RenewLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken) =>
        LeaseAsync(blob, "renew", [("x-ms-lease-id", $"{leaseId}")], cancellationToken);

    public Task ReleaseLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken) =>
        LeaseAsync(blob, "release", [("x-ms-lease-id", $"{leaseId}")], cancellationToken);

    private async Task LeaseAsync(BlobAddress blob, string action, (string Name, string Value)[] headers, CancellationToken cancellationToken)
    {
        using var message = requests.Create(RequestMethod.Put, blob, "?comp=lease");
        message.Request.Headers.SetValue("x-ms-lease-action", action);
        foreach (var (name, value) in headers)
        {
            message.Request.Headers.SetValue(name, value);
        }

        await requests.SendAsync(message, $"Lease Blob ({action})", blob.ToString(), [200, 201], cancellationToken);
    }
}
