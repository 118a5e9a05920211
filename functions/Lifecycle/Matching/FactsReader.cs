using System.Buffers.Binary;
using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Linkage;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Lifecycle.Matching;

/// <summary>A row of a facts blob. Personal data.</summary>
/// <param name="Fields">By the names of the dataset specification; blank fields are left out.</param>
public sealed record FactRow(HouseholdPseudonym Household, long Row, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Whether its address places the household.</summary>
    public bool Placed { get; init; }

    /// <summary>In which groups its person is counted; empty: it names nobody.</summary>
    public string Groups { get; init; } = "";

    /// <summary>The surest of the keys by which it meets rows of other households: within a household, who it is about. Zero:
    /// none.</summary>
    public ulong Who { get; init; }

    /// <summary>What the household lists of partners call the household, by agreement.</summary>
    public IReadOnlyList<(string Agreement, HouseholdPseudonym Name)> PartnerNames { get; init; } = [];
}

/// <param name="keys">Eight bytes each, big-endian; empty where it meets nobody.</param>
public delegate void TakeMeetingKeys(HouseholdPseudonym household, ReadOnlySpan<byte> keys);

/// <summary>Reads the facts of an extract: household pseudonyms, row numbers, indicator fields; no identity.</summary>
/// <remarks>docs/vault-format.md, Records.</remarks>
public sealed class FactsReader(Stores stores, StoreNames names, DataKeys keys)
{
    /// <summary>Begins the name of a column that holds what an agreement's household list calls the household.</summary>
    internal const string PartnerColumn = "household@";

    /// <summary>Names the column with the keys by which a row meets rows of other households.</summary>
    /// <remarks><see cref="MeetingKeys"/>.</remarks>
    internal const string MeetingColumn = "meets@";

    /// <summary>Names the column with the groups in which a row's person is counted.</summary>
    /// <remarks><see cref="TfFlow.Programme.Eligibility.PersonGroups"/>.</remarks>
    internal const string GroupsColumn = "groups@";

    private const int BufferSize = 256 * 1024;

    /// <summary>Hands over the rows of the households that are wanted. The key row counts the opening.</summary>
    /// <exception cref="SealException">Its key is destroyed, or it is not what was written: what was handed over before is to be forgotten.</exception>
    public Task ReadAsync(
        string blob, DatasetSpecification specification, Predicate<HouseholdPseudonym> wanted, Action<FactRow> take, CancellationToken cancellationToken) =>
        ReadAsync(blob, new Rows(specification, wanted, take), cancellationToken);

    /// <summary>Hands over the household of every row and the keys by which it meets others, and nothing else of it. The key row counts the opening.</summary>
    /// <exception cref="SealException">As for the rows themselves.</exception>
    public Task ReadMeetingKeysAsync(string blob, DatasetSpecification specification, TakeMeetingKeys take, CancellationToken cancellationToken) =>
        ReadAsync(blob, new Rows(specification, _ => false, _ => { }) { Meetings = take }, cancellationToken);

    private async Task ReadAsync(string blob, Rows rows, CancellationToken cancellationToken)
    {
        using var key = await keys.OpenAsync(blob, cancellationToken);
        await using var download = await stores.Blobs.OpenReadAsync(new(names.Vault, blob), ifMatch: null, cancellationToken);
        await using var segments = new SegmentReader(download.Content, key);
        var (buffer, filled) = (new byte[BufferSize], 0);
        try
        {
            while (await segments.ReadAsync(buffer.AsMemory(filled), cancellationToken) is > 0 and var read)
            {
                filled += read;
                var used = rows.Read(buffer.AsSpan(0, filled));
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

        if (filled > 0)
        {
            throw new InvalidDataException($"The facts blob {blob} ends inside a record.");
        }
    }

    private sealed class Rows(DatasetSpecification specification, Predicate<HouseholdPseudonym> wanted, Action<FactRow> take)
    {
        private readonly Dictionary<string, string> groups = new(StringComparer.Ordinal);
        private string[]? columns;

        public TakeMeetingKeys? Meetings { get; init; }

        /// <returns>Bytes of whole records that were read.</returns>
        public int Read(ReadOnlySpan<byte> content)
        {
            var records = new RecordReader(content);
            while (records.TryField(out var record))
            {
                if (columns is null)
                {
                    columns = Header(record);
                }
                else
                {
                    Row(record, columns);
                }
            }

            return content.Length - records.Rest.Length;
        }

        private string[] Header(ReadOnlySpan<byte> record)
        {
            var header = new RecordReader(record);

            // Facts of an earlier version are read too: they are found by the names of their columns.
            if (!header.Field().SequenceEqual("facts"u8) || Encoding.UTF8.GetString(header.Field()) != specification.Id || header.Number() > specification.Version)
            {
                throw new InvalidDataException($"The blob does not hold the facts of {specification}.");
            }

            var read = new List<string>();
            while (!header.AtEnd)
            {
                read.Add(Encoding.UTF8.GetString(header.Field()));
            }

            return [.. read];
        }

        private void Row(ReadOnlySpan<byte> bytes, string[] names)
        {
            var record = new RecordReader(bytes);
            var household = HouseholdPseudonym.FromBytes(record.Field());
            if (Meetings is { } meetings)
            {
                // The last column of all: what lies before it is passed over.
                var last = ReadOnlySpan<byte>.Empty;
                while (!record.AtEnd)
                {
                    last = record.Field();
                }

                meetings(household, names is [.., MeetingColumn] ? last : default);
                return;
            }

            if (!wanted(household))
            {
                return;
            }

            var row = record.Number();
            var placed = record.Field().SequenceEqual("1"u8);
            var fields = new Dictionary<string, string>(names.Length, StringComparer.Ordinal);
            var (partners, of, who) = ((List<(string, HouseholdPseudonym)>?)null, "", 0UL);
            foreach (var name in names)
            {
                if (record.Field() is not { Length: > 0 } value)
                {
                    continue;
                }

                if (name == MeetingColumn)
                {
                    who = BinaryPrimitives.ReadUInt64BigEndian(value);
                }
                else if (name == GroupsColumn)
                {
                    // Few differ: each is kept once.
                    of = Encoding.UTF8.GetString(value);
                    groups.TryAdd(of, of);
                    of = groups[of];
                }
                else if (name.StartsWith(PartnerColumn, StringComparison.Ordinal))
                {
                    (partners ??= []).Add((name[PartnerColumn.Length..], HouseholdPseudonym.FromBytes(value)));
                }
                else
                {
                    fields.Add(name, Encoding.UTF8.GetString(value));
                }
            }

            take(new(household, row, fields) { Placed = placed, PartnerNames = partners ?? [], Groups = of, Who = who });
        }
    }
}
