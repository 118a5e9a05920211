using System.Xml.Linq;
using Azure.Core;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

public sealed partial class RestBlobStore
{
    // Versioning is the account's: the probe stays out of containers that are watched.
    private const string ProbeContainer = "copies-probe";

    /// <inheritdoc/>
    /// <remarks>As far as the data plane shows it. Soft delete of blobs is a service property. Versioning is told by the version id that a write answers with:
    /// a probe blob of no content is written and deleted. Snapshots and older copies are told by the container's list with snapshots, versions and deleted blobs:
    /// what is there, since who may take a snapshot tomorrow cannot be seen. Container soft delete, backup and replication show only to the management plane.</remarks>
    public async Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken)
    {
        var softDelete = await IsSoftDeleteOnAsync(cancellationToken);
        var versioning = await AnswersWithVersionAsync(cancellationToken);
        var (snapshots, versions, deleted) = await FindCopiesAsync(container, cancellationToken);
        return new CopiesKept(softDelete || deleted, versioning || versions, snapshots);
    }

    private async Task<bool> IsSoftDeleteOnAsync(CancellationToken cancellationToken)
    {
        using var message = requests.Create(RequestMethod.Get, "", "?restype=service&comp=properties");
        var response = await requests.SendAsync(message, "Get Blob Service Properties", account.Name, [200], cancellationToken);
        var policy = XDocument.Load(response.ContentStream!).Root!.Element("DeleteRetentionPolicy");
        return policy?.Element("Enabled")?.Value == "true";
    }

    private async Task<bool> AnswersWithVersionAsync(CancellationToken cancellationToken)
    {
        await CreateContainerAsync(ProbeContainer, cancellationToken);
        var probe = new BlobAddress(ProbeContainer, Guid.NewGuid().ToString("N"));
        using var message = requests.Create(RequestMethod.Put, probe);
        message.Request.Headers.SetValue("x-ms-blob-type", "BlockBlob");
        message.Request.Content = RequestContent.Create(ReadOnlyMemory<byte>.Empty);
        var response = await requests.SendAsync(message, "Put Blob", probe.ToString(), [201], cancellationToken);
        await DeleteAsync(probe, ifMatch: null, cancellationToken);
        return response.Headers.Contains("x-ms-version-id");
    }

    private async Task<(bool Snapshots, bool Versions, bool Deleted)> FindCopiesAsync(string container, CancellationToken cancellationToken)
    {
        var (snapshots, versions, deleted) = (false, false, false);
        string? marker = null;
        do
        {
            var next = marker is null ? "" : $"&marker={Uri.EscapeDataString(marker)}";
            var page = await requests.GetListPageAsync(container, $"?restype=container&comp=list&include=snapshots,versions,deleted{next}", cancellationToken)
                ?? throw StorageErrors.From(404, "ContainerNotFound", "List Blobs", container);
            foreach (var blob in page.Element("Blobs")!.Elements("Blob"))
            {
                snapshots |= blob.Element("Snapshot") is not null;
                versions |= blob.Element("VersionId") is not null;
                deleted |= blob.Element("Deleted")?.Value == "true";
            }

            marker = page.Element("NextMarker")?.Value;
        }
        while (!string.IsNullOrEmpty(marker));
        return (snapshots, versions, deleted);
    }
}
