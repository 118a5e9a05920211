using TfFlow.Programme.Ledger;
using TfFlow.TestKit;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Ledger;

/// <summary>A ledger on real storage with its checkpointer, its parties, and an adversary's hands on every row and blob.</summary>
internal sealed class LedgerLab
{
    public const string Origin = "council.example/tfflow";

    private LedgerLab(ITableStore tables, IBlobStore blobs, string name, KeyRingLedgerSigner signer)
    {
        Tables = tables;
        Blobs = blobs;
        Name = name;
        Signer = signer;
        Ledger = new Vault.Ledger.Ledger(tables, blobs, name);
        Checkpointer = new Checkpointer(Ledger, signer, (publication, _) =>
        {
            Published.Add(publication);
            return Task.CompletedTask;
        });
    }

    public string Name { get; }

    public string TilesContainer => Name + "-tiles";

    public string CheckpointsContainer => Name + "-checkpoints";

    public ITableStore Tables { get; }

    public IBlobStore Blobs { get; }

    public KeyRingLedgerSigner Signer { get; }

    public Vault.Ledger.Ledger Ledger { get; }

    public Checkpointer Checkpointer { get; }

    /// <summary>What the parties were sent.</summary>
    public List<CheckpointPublication> Published { get; } = [];

    public IEnumerable<string> Held => Published.Select(publication => publication.Checkpoint.Note);

    public static async Task<LedgerLab> CreateAsync(AzuriteFixture azurite, byte secret = 1)
    {
        var signer = await KeyRingLedgerSigner.OpenAsync(new OneSecret(secret), Origin, default);
        var lab = new LedgerLab(azurite.Tables, azurite.Blobs, AzuriteFixture.FreshName("ledger"), signer);
        await lab.Ledger.CreateAsync(default);
        return lab;
    }

    public async Task<LedgerVerdict> VerifyAsync(bool withHeld = false, LedgerPublicKey? key = null) =>
        await new LedgerVerifier(new Vault.Ledger.Ledger(Tables, Blobs, Name), key ?? Signer.PublicKey).VerifyAsync(withHeld ? Held : [], null, default);

    public async Task<PageRow> ReadPageAsync(long first) => LedgerRows.ReadPage((await Tables.GetAsync(Name, LedgerRows.Log, LedgerRows.PageKey(first), default))!);

    public async Task<List<PageRow>> ReadPagesAsync() =>
        await Tables.QueryAsync(Name, LedgerRows.PagesFrom(0), default).Select(LedgerRows.ReadPage).ToListAsync();

    public Task WritePageAsync(long first, IReadOnlyList<ReadOnlyMemory<byte>> entries) =>
        Tables.SubmitAsync(Name, TableWrite.Upsert(LedgerRows.WritePage(first, entries)), default);

    public Task DeletePageAsync(long first) => Tables.SubmitAsync(Name, TableWrite.DeleteAny(LedgerRows.Log, LedgerRows.PageKey(first)), default);

    /// <summary>Rewrites the page that holds an entry.</summary>
    public async Task ChangePageAsync(long index, Action<List<ReadOnlyMemory<byte>>, int> change)
    {
        var page = (await ReadPagesAsync()).Last(page => page.First <= index);
        change(page.Entries, (int)(index - page.First));
        await WritePageAsync(page.First, page.Entries);
    }

    /// <summary>Puts the entry's own bytes back with another purpose.</summary>
    public Task EditAsync(long index) => ChangePageAsync(index, (entries, i) =>
        entries[i] = CanonicalEntry.Encode(CanonicalEntry.Decode(entries[i].Span) with { Purpose = "another" }));

    public Task<TableRow?> ReadHeadAsync() => Tables.GetAsync(Name, LedgerRows.Log, LedgerRows.Head, default);

    /// <summary>Makes the head fit a shorter ledger, as one who cuts it would.</summary>
    public async Task SetHeadAsync(long size)
    {
        var range = new CompactRange();
        foreach (var entry in (await ReadPagesAsync()).SelectMany(page => page.Entries).Take((int)size))
        {
            range.Append(MerkleTree.HashLeaf(entry.Span));
        }

        await Tables.SubmitAsync(Name, TableWrite.Upsert(LedgerRows.WriteHead(range, default)), default);
    }

    public async Task<byte[]> ReadBlobAsync(string container, string name)
    {
        var buffer = new byte[16_384];
        return buffer[..await Blobs.ReadRangeAsync(new BlobAddress(container, name), 0, buffer, null, default)];
    }

    public Task WriteBlobAsync(string container, string name, byte[] content) => Blobs.PutAsync(new BlobAddress(container, name), content, WriteCondition.None, default);

    public async Task<List<string>> ListAsync(string container) =>
        await Blobs.ListAsync(container, null, default).Select(blob => blob.Blob.Name).ToListAsync();

    private sealed class OneSecret(byte value) : IKeyRing
    {
        public Task<byte[]> GetSecretAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Repeat(value, 32).ToArray());

        public Task<KeyEncryptionKey> GetCurrentAsync(string originator, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<KeyEncryptionKey> GetAsync(KeyId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<KeyId> RotateAsync(string originator, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task RetireAsync(KeyId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
