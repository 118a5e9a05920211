using System.Buffers.Binary;
using TfFlow.Linkage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Households;

/// <summary>Writes a persons blob: records in the order they come, each household's sealed under its own key, in one pass and bounded memory.</summary>
/// <remarks>docs/vault-format.md, Persons blob. Only <see cref="CompleteAsync"/> writes the footer: a blob without it is refused as truncated. The other stream stays open.</remarks>
public sealed class PersonsWriter : IDisposable
{
    private readonly Stream output;
    private readonly string blob;
    private readonly int groupRecords;
    private readonly SealedHeader header;
    private readonly HouseholdKeyDerivation derivation;
    private readonly SealedCipher indexCipher;
    private readonly SecretBuffer householdKey = new(HouseholdKeyDerivation.KeySize);
    private readonly List<(HouseholdPseudonym Household, int Offset, int Length)> pending = [];
    private readonly List<GroupEntry> groups = [];
    private readonly SecretBuffer records = new(64 * 1024);
    private readonly SecretBuffer message = new(4 * 1024);
    private readonly SecretBuffer index = new(4 * 1024);
    private byte[] sealedBytes = new byte[64 * 1024];
    private int recordsLength;
    private long written;
    private bool completed;

    /// <param name="key">A new key of <see cref="KeyGrain.Household"/>: it seals this blob, once.</param>
    public PersonsWriter(Stream output, DataKey key)
        : this(output, key, PersonsFormat.GroupRecords)
    {
    }

    internal PersonsWriter(Stream output, DataKey key, int groupRecords)
    {
        key.TakeForSealing(KeyGrain.Household);
        this.groupRecords = groupRecords;
        this.output = output;
        blob = key.Blob;
        header = SealedHeader.Create(SealedKind.Persons, key.Blob, key.Originator, PersonsFormat.GroupSize);
        derivation = new(key.Bytes);
        derivation.DeriveIndex(householdKey.Span);
        indexCipher = new(header, householdKey.Span);
    }

    /// <summary>Records appended so far.</summary>
    public long Records { get; private set; }

    /// <param name="record">At most 1 MiB; copied before this returns.</param>
    public async ValueTask AppendAsync(HouseholdPseudonym household, ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        if (record.Length > PersonsFormat.MaxRecord)
        {
            throw new ArgumentException($"A person's record of {record.Length} bytes: at most {PersonsFormat.MaxRecord} fit.", nameof(record));
        }

        var size = PersonsFormat.LengthSize + record.Length;
        if (pending.Count == groupRecords || recordsLength + size > PersonsFormat.GroupSize)
        {
            await WriteGroupAsync(cancellationToken);
        }

        records.Grow(recordsLength + size, recordsLength);
        var place = records.Span.Slice(recordsLength, size);
        BinaryPrimitives.WriteInt32BigEndian(place, record.Length);
        record.Span.CopyTo(place[PersonsFormat.LengthSize..]);
        pending.Add((household, recordsLength, size));
        recordsLength += size;
        Records++;
    }

    /// <summary>Seals what is left, the footer and the trailer.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        await WriteGroupAsync(cancellationToken);
        completed = true;
        var size = groups.Count * GroupEntry.Size;
        var plaintext = new byte[size];
        for (var i = 0; i < groups.Count; i++)
        {
            groups[i].Write(plaintext.AsSpan(i * GroupEntry.Size));
        }

        var end = new byte[size + SealedHeader.TagSize + PersonsFormat.TrailerSize];
        indexCipher.Seal((uint)groups.Count, PersonsFormat.Footer, plaintext, end);
        BinaryPrimitives.WriteInt64BigEndian(end.AsSpan(size + SealedHeader.TagSize), written);
        PersonsFormat.TrailerMagic.CopyTo(end.AsSpan(size + SealedHeader.TagSize + sizeof(long)));
        await output.WriteAsync(end, cancellationToken);
    }

    public void Dispose()
    {
        completed = true;
        records.Dispose();
        message.Dispose();
        index.Dispose();
        householdKey.Dispose();
        indexCipher.Dispose();
        derivation.Dispose();
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        if (written == 0)
        {
            await output.WriteAsync(header.Memory, cancellationToken);
            written = header.Bytes.Length;
        }

        if (pending.Count == 0)
        {
            return;
        }

        if (groups.Count == PersonsFormat.MaxGroups)
        {
            throw new InvalidOperationException($"{blob} has {PersonsFormat.MaxGroups} groups: begin another blob.");
        }

        var group = SealGroup();
        groups.Add(group);
        pending.Clear();
        recordsLength = 0;
        await output.WriteAsync(sealedBytes.AsMemory(0, group.Messages + group.Index), cancellationToken);
        written += group.Messages + group.Index;
    }

    // One message a household: its records together, in the order they came.
    private GroupEntry SealGroup()
    {
        pending.Sort(static (a, b) => a.Household.CompareTo(b.Household) is not 0 and var order ? order : a.Offset.CompareTo(b.Offset));
        var group = (uint)groups.Count;
        var households = 0;
        var position = 0;
        for (var from = 0; from < pending.Count;)
        {
            var household = pending[from].Household;
            var before = from;
            var length = 0;
            while (from < pending.Count && pending[from].Household == household)
            {
                length += pending[from++].Length;
            }

            EnsureSealed(position + length + SealedHeader.TagSize, position);
            derivation.DeriveHousehold(household, householdKey.Span);
            using (var cipher = new SealedCipher(header, householdKey.Span))
            {
                cipher.Seal(group, PersonsFormat.Message, Gather(before, from, length), sealedBytes.AsSpan(position));
            }

            index.Grow((households + 1) * IndexEntry.Size, households * IndexEntry.Size);
            new IndexEntry(household, position, length + SealedHeader.TagSize).Write(index.Span[(households * IndexEntry.Size)..]);
            position += length + SealedHeader.TagSize;
            households++;
        }

        var indexSize = (households * IndexEntry.Size) + SealedHeader.TagSize;
        EnsureSealed(position + indexSize, position);
        indexCipher.Seal(group, PersonsFormat.Index, index.Span[..(households * IndexEntry.Size)], sealedBytes.AsSpan(position));
        return new(position, indexSize, households, pending.Count);
    }

    private ReadOnlySpan<byte> Gather(int from, int until, int length)
    {
        if (until == from + 1)
        {
            return records.Span.Slice(pending[from].Offset, length);
        }

        message.Grow(length, 0);
        var position = 0;
        for (var i = from; i < until; i++)
        {
            records.Span.Slice(pending[i].Offset, pending[i].Length).CopyTo(message.Span[position..]);
            position += pending[i].Length;
        }

        return message.Span[..length];
    }

    private void EnsureSealed(int wanted, int used)
    {
        if (wanted > sealedBytes.Length)
        {
            var larger = new byte[Math.Max(wanted, 2 * sealedBytes.Length)];
            sealedBytes.AsSpan(0, used).CopyTo(larger);
            sealedBytes = larger;
        }
    }
}
