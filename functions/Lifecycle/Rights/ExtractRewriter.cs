using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Linkage;
using TfFlow.Programme.Extracts;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Registers;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Rights;

/// <summary>Takes rows out of an extract that is held: the others are sealed anew under new keys, and the old keys are destroyed. Erasure
/// is never partial.</summary>
/// <remarks>Every household is opened for it, in memory and one after the other; the key ring counts it.</remarks>
public sealed class ExtractRewriter(Registers registers, Stores stores, StoreNames names, DataKeys keys, Erasure erasure)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Whoever calls is inside an act. Run again, it goes on where it stopped.</summary>
    /// <param name="rows">Row numbers of the file.</param>
    /// <returns>What was erased: the blobs as they were.</returns>
    /// <exception cref="HeldException">A legal hold covers the extract.</exception>
    internal async Task<IReadOnlyList<SealedBlob>> WithoutAsync(Registered<Extract> extract, IReadOnlySet<long> rows,
        CancellationToken cancellationToken)
    {
        // What an attempt that was cut short named, and may have written. The row first, so that nothing is written that no row names.
        await erasure.EraseAsync(extract.Row.Id, extract.Row.Left, cancellationToken);
        var before = extract.Row.Sealed!;
        var (facts, persons) = (SealedBlob.Of(extract.Row.Id), SealedBlob.Of(extract.Row.Id));
        extract = await registers.Extracts.ChangeAsync(extract, extract.Row with { Left = [facts, persons] }, cancellationToken);

        var both = await keys.CreateAsync(
            [new(facts.Name, Address(facts).ToString(), extract.Row.Agency),
                new(persons.Name, Address(persons).ToString(), extract.Row.Agency, KeyGrain.Household)], cancellationToken);
        using var factsKey = both[0];
        using var personsKey = both[1];
        var households = new HashSet<HouseholdPseudonym>();
        var (written, removed) = await CopyFactsAsync(before.Facts, facts, factsKey, rows, households, cancellationToken);
        var after = new SealedExtract(written,
            await CopyPersonsAsync(before.Persons, persons, personsKey, rows, households, cancellationToken));
        extract = await registers.Extracts.ChangeAsync(
            extract, extract.Row with { Sealed = after, Left = before.Blobs, RowsAccepted = extract.Row.RowsAccepted - removed },
                cancellationToken);
        await erasure.EraseAsync(extract.Row.Id, before.Blobs, cancellationToken);
        await registers.Extracts.ChangeAsync(extract, extract.Row with { Left = [] }, cancellationToken);
        return before.Blobs;
    }

    private BlobAddress Address(SealedBlob blob) => new(names.Vault, blob.Name);

    private async Task<(SealedBlob Written, long Removed)> CopyFactsAsync(
        SealedBlob from, SealedBlob to, DataKey toKey, IReadOnlySet<long> rows, HashSet<HouseholdPseudonym> households,
            CancellationToken cancellationToken)
    {
        using var key = await keys.OpenAsync(from.Name, cancellationToken);
        await using var download = await stores.Blobs.OpenReadAsync(Address(from), ifMatch: null, cancellationToken);
        await using var segments = new SegmentReader(download.Content, key);
        await using var output = stores.Blobs.OpenWrite(Address(to), WriteCondition.CreateOnly);
        await using var hash = new HashingStream(output);
        await using var copy = new SegmentWriter(hash, toKey);
        using var filter = new FactsFilter(rows, households);
        var (buffer, filled) = (new byte[BufferSize], 0);
        try
        {
            while (await segments.ReadAsync(buffer.AsMemory(filled), cancellationToken) is > 0 and var read)
            {
                filled += read;
                var used = filter.Take(buffer.AsSpan(0, filled));
                await copy.WriteAsync(filter.Kept, cancellationToken);
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
                if (filled == buffer.Length)
                {
                    Array.Resize(ref buffer, 2 * buffer.Length);
                }
            }
        }
        finally
        {
            buffer.AsSpan().Clear();
        }

        await copy.CompleteAsync(cancellationToken);
        await output.CommitAsync(cancellationToken);
        return (new(to.Name, hash.Sha256, hash.Length), filter.Removed);
    }

    private async Task<SealedBlob> CopyPersonsAsync(
        SealedBlob from, SealedBlob to, DataKey toKey, IReadOnlySet<long> rows, HashSet<HouseholdPseudonym> households,
            CancellationToken cancellationToken)
    {
        using var opened = await keys.OpenHouseholdsAsync(from.Name, households, cancellationToken);
        var reader = await PersonsReader.OpenAsync(stores.Blobs, Address(from), opened, cancellationToken);
        await using var output = stores.Blobs.OpenWrite(Address(to), WriteCondition.CreateOnly);
        await using var hash = new HashingStream(output);
        using var copy = new PersonsWriter(hash, toKey);
        await foreach (var person in reader.ReadAsync(cancellationToken))
        {
            if (!rows.Contains(RowOf(person.Content.Span)))
            {
                await copy.AppendAsync(person.Household, person.Content, cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
        await output.CommitAsync(cancellationToken);
        return new(to.Name, hash.Sha256, hash.Length);
    }

    private static long RowOf(ReadOnlySpan<byte> person) => new RecordReader(person).Number();

    /// <summary>Passes whole records on, but for those of the rows that go.</summary>
    private sealed class FactsFilter(IReadOnlySet<long> rows, HashSet<HouseholdPseudonym> households) : IDisposable
    {
        private readonly MemoryStream kept = new();
        private readonly RecordWriter framed = new();
        private bool header = true;

        public long Removed { get; private set; }

        /// <summary>What was kept of the records that were taken last.</summary>
        public ReadOnlyMemory<byte> Kept => kept.GetBuffer().AsMemory(0, (int)kept.Length);

        /// <returns>Bytes of whole records.</returns>
        public int Take(ReadOnlySpan<byte> content)
        {
            kept.SetLength(0);
            var records = new RecordReader(content);
            while (records.TryField(out var record))
            {
                if (!header && Goes(record))
                {
                    Removed++;
                    continue;
                }

                header = false;
                kept.Write(framed.Begin().Field(record).Written.Span);
            }

            return content.Length - records.Rest.Length;
        }

        /// <summary>Overwrites what it held: it is personal data.</summary>
        public void Dispose()
        {
            kept.GetBuffer().AsSpan().Clear();
            kept.Dispose();
            framed.Clear();
        }

        private bool Goes(ReadOnlySpan<byte> record)
        {
            var fields = new RecordReader(record);
            households.Add(HouseholdPseudonym.FromBytes(fields.Field()));
            return rows.Contains(fields.Number());
        }
    }
}
