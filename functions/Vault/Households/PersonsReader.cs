using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Azure;
using TfFlow.Linkage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Households;

/// <param name="Content">Valid until the next record is asked for, then zeroed.</param>
public readonly record struct PersonRecord(HouseholdPseudonym Household, ReadOnlyMemory<byte> Content);

/// <summary>Reads the records of named households from a persons blob, and only the ranges they lie in.</summary>
/// <remarks>docs/vault-format.md, Persons blob.</remarks>
public sealed class PersonsReader
{
    // One request may bring what lies between two wanted messages, if that is cheaper than a second request.
    private const int Gap = 64 * 1024;
    private const int RangeSize = 4 * 1024 * 1024;

    private readonly IBlobStore blobs;
    private readonly BlobProperties properties;
    private readonly HouseholdKeys keys;
    private readonly SealedHeader header;
    private readonly List<GroupEntry> groups = [];

    private PersonsReader(IBlobStore blobs, BlobProperties properties, HouseholdKeys keys, SealedHeader header)
    {
        this.blobs = blobs;
        this.properties = properties;
        this.keys = keys;
        this.header = header;
    }

    /// <summary>Records in the whole blob.</summary>
    public long Records { get; private set; }

    /// <summary>Reads header and footer; all that follows reads the same version of the blob.</summary>
    /// <param name="keys">Stays the caller's, and must live as long as the reader is used.</param>
    /// <exception cref="SealException">The blob is another, or its ends are not as written.</exception>
    /// <exception cref="StorageException"><see cref="StorageError.NotFound"/>: no such blob.</exception>
    public static async Task<PersonsReader> OpenAsync(IBlobStore blobs, BlobAddress blob, HouseholdKeys keys, CancellationToken cancellationToken)
    {
        var start = new byte[SealedHeader.MaxSize];
        var properties = await blobs.GetPropertiesAsync(blob, cancellationToken)
            ?? throw new StorageException(StorageError.NotFound, "Get Blob", blob.ToString(), "there is no such blob");
        var length = await blobs.ReadRangeAsync(blob, 0, start.AsMemory(0, (int)Math.Min(start.Length, properties.Length)), properties.ETag, cancellationToken);
        var header = SealedHeader.TryRead(start.AsSpan(0, length), SealedKind.Persons, (keys.Blob, keys.Originator), out _)
            ?? throw new SealException(SealError.Truncated, keys.Blob, null, "the blob ends within its header");
        var reader = new PersonsReader(blobs, properties, keys, header);
        await reader.ReadFooterAsync(cancellationToken);
        return reader;
    }

    /// <summary>The records of the households the keys are for: group by group, by household, each household's in the order they were written.</summary>
    /// <exception cref="SealException">A part was changed or moved; nothing of it, or after it, is returned.</exception>
    public async IAsyncEnumerable<PersonRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var plaintext = new SecretBuffer(4 * 1024);
        var range = Array.Empty<byte>();
        long start = header.Bytes.Length;
        for (var group = 0; group < groups.Count; group++)
        {
            var wanted = await ReadIndexAsync(group, start, plaintext, cancellationToken);
            for (var first = 0; first < wanted.Count;)
            {
                var (next, from, size) = Range(wanted, first);
                range = range.Length < size ? new byte[size] : range;
                await ReadAsync(start + from, range.AsMemory(0, size), group, cancellationToken);
                for (; first < next; first++)
                {
                    var entry = wanted[first];
                    OpenMessage(group, entry, range.AsSpan(entry.Offset - from, entry.Length), plaintext);
                    for (var (at, end) = (0, entry.Length - SealedHeader.TagSize); at < end;)
                    {
                        var length = BinaryPrimitives.ReadInt32BigEndian(plaintext.Span[at..]);
                        yield return new(entry.Household, plaintext.Memory.Slice(at + PersonsFormat.LengthSize, length));
                        at += PersonsFormat.LengthSize + length;
                    }

                    plaintext.Clear();
                }
            }

            start += groups[group].Messages + groups[group].Index;
        }
    }

    private static (int Next, int From, int Size) Range(List<IndexEntry> wanted, int first)
    {
        var from = wanted[first].Offset;
        var end = from + wanted[first].Length;
        var next = first + 1;
        while (next < wanted.Count && wanted[next].Offset - end <= Gap && wanted[next].Offset + wanted[next].Length - from <= RangeSize)
        {
            end = wanted[next].Offset + wanted[next].Length;
            next++;
        }

        return (next, from, end - from);
    }

    private async Task ReadFooterAsync(CancellationToken cancellationToken)
    {
        var trailerAt = properties.Length - PersonsFormat.TrailerSize;
        if (trailerAt < header.Bytes.Length)
        {
            throw Refuse(SealError.Truncated, null, "the blob ends before its footer");
        }

        var trailer = new byte[PersonsFormat.TrailerSize];
        await ReadAsync(trailerAt, trailer, null, cancellationToken);
        if (!trailer.AsSpan(sizeof(long)).SequenceEqual(PersonsFormat.TrailerMagic))
        {
            throw Refuse(SealError.Truncated, null, "it does not end as a persons blob ends: its end was cut off, or something was added");
        }

        var footerAt = BinaryPrimitives.ReadInt64BigEndian(trailer);
        var size = footerAt < header.Bytes.Length || footerAt > trailerAt - SealedHeader.TagSize ? 0 : trailerAt - footerAt - SealedHeader.TagSize;
        if (footerAt + size + SealedHeader.TagSize != trailerAt || size % GroupEntry.Size != 0 || size > (long)PersonsFormat.MaxGroups * GroupEntry.Size)
        {
            throw Refuse(SealError.Altered, null, "its trailer does not point to a footer");
        }

        var content = new byte[size + SealedHeader.TagSize];
        await ReadAsync(footerAt, content, null, cancellationToken);
        var footer = new byte[size];
        using var cipher = new SealedCipher(header, keys.IndexKey);
        if (!cipher.TryOpen((uint)(size / GroupEntry.Size), PersonsFormat.Footer, content, footer))
        {
            throw Refuse(SealError.Altered, null, "its footer is not what was written, or the key is not this blob's");
        }

        for (var at = 0; at < size; at += GroupEntry.Size)
        {
            groups.Add(GroupEntry.Read(footer.AsSpan(at)));
            Records += groups[^1].Records;
        }

        if (groups.Sum(group => (long)group.Messages + group.Index) != footerAt - header.Bytes.Length)
        {
            throw Refuse(SealError.Truncated, null, "its groups do not fill the blob: something was cut out or put in");
        }
    }

    private async Task<List<IndexEntry>> ReadIndexAsync(int group, long start, SecretBuffer plaintext, CancellationToken cancellationToken)
    {
        var entry = groups[group];
        var content = new byte[entry.Index];
        await ReadAsync(start + entry.Messages, content, group, cancellationToken);
        plaintext.Grow(entry.Index, 0);
        OpenIndex(group, content, plaintext);
        var wanted = new List<IndexEntry>();
        for (var at = 0; at < entry.Index - SealedHeader.TagSize; at += IndexEntry.Size)
        {
            var message = IndexEntry.Read(plaintext.Span[at..]);
            if (keys.Covers(message.Household))
            {
                wanted.Add(message);
            }
        }

        plaintext.Clear();
        return wanted;
    }

    private void OpenIndex(int group, byte[] content, SecretBuffer plaintext)
    {
        using var cipher = new SealedCipher(header, keys.IndexKey);
        if (cipher.TryOpen((uint)group, PersonsFormat.Index, content, plaintext.Span))
        {
            return;
        }

        for (var other = 0; other < groups.Count; other++)
        {
            if (groups[other].Index == content.Length && cipher.TryOpen((uint)other, PersonsFormat.Index, content, plaintext.Span))
            {
                plaintext.Clear();
                throw Refuse(SealError.Reordered, group, $"group {other} stands in its place");
            }
        }

        throw Refuse(SealError.Altered, group, "its index is not what was written");
    }

    private void OpenMessage(int group, IndexEntry entry, ReadOnlySpan<byte> content, SecretBuffer plaintext)
    {
        plaintext.Grow(entry.Length, 0);
        using var cipher = new SealedCipher(header, keys.KeyOf(entry.Household));
        if (!cipher.TryOpen((uint)group, PersonsFormat.Message, content, plaintext.Span))
        {
            throw Refuse(SealError.Altered, group, $"the message at byte {entry.Offset} of it is not what was written");
        }
    }

    private async Task ReadAsync(long offset, Memory<byte> buffer, int? group, CancellationToken cancellationToken)
    {
        if (await blobs.ReadRangeAsync(properties.Blob, offset, buffer, properties.ETag, cancellationToken) < buffer.Length)
        {
            throw Refuse(SealError.Truncated, group, "the blob ends within it");
        }
    }

    private SealException Refuse(SealError error, int? group, string detail) => new(error, keys.Blob, group, detail);
}
