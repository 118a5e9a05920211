using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle;

/// <summary>Where an agency collects what concerns it: reports, receipts, certificates. Never personal data, unless sealed to the agency's own key.</summary>
public sealed class Outbox(Stores stores, StoreNames names)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,

        // People read these documents too: an apostrophe stays one. Nothing of them is put into a page as it is.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Puts a document; one of that name is replaced, so that an act run twice leaves one.</summary>
    public Task PutAsync<T>(Id<Party> agency, string name, T document, CancellationToken cancellationToken)
        where T : IReadableDocument =>
        WriteAsync(agency, name, JsonSerializer.SerializeToUtf8Bytes(document, Json), WriteCondition.None, cancellationToken);

    /// <summary>Puts a document of which there is one: the first stays, so that two who end one thing at once leave what the ledger names.</summary>
    public async Task PutOnceAsync<T>(Id<Party> agency, string name, T document, CancellationToken cancellationToken)
        where T : IReadableDocument
    {
        try
        {
            await WriteAsync(agency, name, JsonSerializer.SerializeToUtf8Bytes(document, Json), WriteCondition.CreateOnly, cancellationToken);
        }
        catch (StorageException e) when (e.Error is StorageError.AlreadyExists)
        {
            // Another run was first.
        }
    }

    /// <summary>Puts a document that has a text form of its own; its name ends in <c>.txt</c>.</summary>
    public Task PutTextAsync(Id<Party> agency, string name, string text, CancellationToken cancellationToken) =>
        WriteAsync(agency, name, Encoding.UTF8.GetBytes(text), WriteCondition.None, cancellationToken);

    /// <summary>Hands a sealed file over: to the agency that the grant names, in its own outbox. One of that name is replaced.</summary>
    public Task DiscloseAsync(DisclosureGrant grant, string name, DisclosedFile file, CancellationToken cancellationToken) => WriteAsync(grant.To, name, file.Bytes, WriteCondition.None, cancellationToken);

    /// <summary>Hands a sealed file over by the hands of the agency it comes from: it collects the file from its own outbox and sends it on, by the means agreed.</summary>
    public Task DiscloseByDropAsync(DisclosureGrant grant, string name, DisclosedFile file, CancellationToken cancellationToken) => WriteAsync(grant.From, name, file.Bytes, WriteCondition.None, cancellationToken);

    /// <returns>The document's SHA-256 in lower-case hex, for the ledger.</returns>
    public async Task<string> HashAsync(Id<Party> agency, string name, CancellationToken cancellationToken)
    {
        await using var document = await stores.Blobs.OpenReadAsync(new(names.Outbox(agency), name), ifMatch: null, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(document.Content, cancellationToken));
    }

    public IAsyncEnumerable<BlobProperties> ListAsync(Id<Party> agency, CancellationToken cancellationToken) =>
        stores.Blobs.ListAsync(names.Outbox(agency), prefix: null, cancellationToken);

    /// <returns>The document, or null when there is none of that name.</returns>
    public async Task<BlobDownload?> FindAsync(Id<Party> agency, string name, CancellationToken cancellationToken)
    {
        try
        {
            return BlobAddress.IsName(name) ? await stores.Blobs.OpenReadAsync(new(names.Outbox(agency), name), ifMatch: null, cancellationToken) : null;
        }
        catch (StorageException e) when (e.Error is StorageError.NotFound)
        {
            return null;
        }
    }

    private async Task WriteAsync(Id<Party> agency, string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        var document = new BlobAddress(names.Outbox(agency), name);
        try
        {
            await stores.Blobs.PutAsync(document, content, condition, cancellationToken);
        }
        catch (StorageException e) when (e.Error is StorageError.NotFound)
        {
            // The agency's first document makes its outbox.
            await stores.Blobs.CreateContainerAsync(document.Container, cancellationToken);
            await stores.Blobs.PutAsync(document, content, condition, cancellationToken);
        }
    }
}
