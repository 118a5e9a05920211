using TfFlow.Linkage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Households;

/// <summary>What a thief with the index key has: the sealed bytes of a persons blob of one group, and where each household's message lies.</summary>
internal sealed class IndexedMessages
{
    private readonly SealedHeader header;
    private readonly byte[] content;

    private IndexedMessages(SealedHeader header, byte[] content, List<IndexEntry> entries)
    {
        this.header = header;
        this.content = content;
        Entries = entries;
    }

    public List<IndexEntry> Entries { get; private set; }

    public static async Task<IndexedMessages> ReadAsync(IBlobStore blobs, BlobAddress address, HouseholdKeys keys)
    {
        await using var download = await blobs.OpenReadAsync(address, null, default);
        using var copy = new MemoryStream();
        await download.Content.CopyToAsync(copy);
        var content = copy.ToArray();
        var header = SealedHeader.TryRead(content, SealedKind.Persons, (keys.Blob, keys.Originator), out _)!;
        using var cipher = new SealedCipher(header, keys.IndexKey);
        var footerSize = GroupEntry.Size + SealedHeader.TagSize;
        var footer = new byte[GroupEntry.Size];
        Assert.True(cipher.TryOpen(1, PersonsFormat.Footer, content.AsSpan()[^(footerSize + PersonsFormat.TrailerSize)..^PersonsFormat.TrailerSize], footer));
        var group = GroupEntry.Read(footer);
        var index = new byte[group.Index - SealedHeader.TagSize];
        Assert.True(cipher.TryOpen(0, PersonsFormat.Index, content.AsSpan(header.Bytes.Length + group.Messages, group.Index), index));
        return new(header, content, [.. Enumerable.Range(0, group.Households).Select(i => IndexEntry.Read(index.AsSpan(i * IndexEntry.Size)))]);
    }

    /// <summary>Leaves these households and every so-manieth other: a refused message costs an exception.</summary>
    public void Thin(IEnumerable<HouseholdPseudonym> keep, int every)
    {
        var kept = keep.ToHashSet();
        Entries = [.. Entries.Where((entry, i) => i % every == 0 || kept.Contains(entry.Household))];
    }

    /// <summary>How many messages open under one of these keys, taken as they are.</summary>
    public int CountOpenedBy(List<byte[]> keys) => keys.Sum(key =>
    {
        using var cipher = new SealedCipher(header, key);
        return Entries.Count(entry => Opens(cipher, entry));
    });

    /// <summary>How many messages open under household keys derived from one of these.</summary>
    public int CountOpenedByDerivationFrom(List<byte[]> keys) => keys.Sum(key =>
    {
        using var derivation = new HouseholdKeyDerivation(key);
        return Entries.Count(entry =>
        {
            Span<byte> household = stackalloc byte[HouseholdKeyDerivation.KeySize];
            derivation.DeriveHousehold(entry.Household, household);
            using var cipher = new SealedCipher(header, household);
            return Opens(cipher, entry);
        });
    });

    private bool Opens(SealedCipher cipher, IndexEntry entry) =>
        cipher.TryOpen(0, PersonsFormat.Message, content.AsSpan(header.Bytes.Length + entry.Offset, entry.Length), new byte[entry.Length]);
}
