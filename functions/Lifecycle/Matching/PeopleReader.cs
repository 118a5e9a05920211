using System.Globalization;
using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Linkage;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Reads who the rows of named households are about, and opens nothing else of an extract.</summary>
public sealed class PeopleReader(Stores stores, StoreNames names, DataKeys keys)
{
    /// <param name="take">Gets each row's number and its identity fields, by the names of the specification; blank fields are left out.</param>
    /// <exception cref="SealException">Its key is destroyed, or it is not what was written.</exception>
    public async Task ReadAsync(
        string blob,
        DatasetSpecification specification,
        IReadOnlyCollection<HouseholdPseudonym> households,
        Action<long, Dictionary<string, string>> take,
        CancellationToken cancellationToken)
    {
        using var opened = await keys.OpenHouseholdsAsync(blob, households, cancellationToken);
        var reader = await PersonsReader.OpenAsync(stores.Blobs, new(names.Vault, blob), opened, cancellationToken);
        await foreach (var person in reader.ReadAsync(cancellationToken))
        {
            var (row, fields) = Read(person.Content.Span, specification);
            take(row, fields);
        }
    }

    /// <summary>Who a row is about.</summary>
    /// <returns>Null for a row that names no person.</returns>
    public static PersonIdentity? IdentityOf(IReadOnlyDictionary<string, string> fields) => fields.GetValueOrDefault(IdentityColumns.Surname) is { } surname
        ? new(
            surname,
            fields.GetValueOrDefault(IdentityColumns.Forenames, ""),
            DateOnly.TryParseExact(fields.GetValueOrDefault(IdentityColumns.DateOfBirth), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) ? born : null,
            fields.GetValueOrDefault(IdentityColumns.Sex))
        : null;

    /// <summary>The keyed hashes by which the people of some rows are met.</summary>
    /// <param name="rows">Identity fields, by the names of the specification.</param>
    public static IReadOnlySet<ulong> KeysOf(MeetingKeys meeting, IEnumerable<IReadOnlyDictionary<string, string>> rows)
    {
        var found = new HashSet<ulong>();
        var keys = new ulong[MeetingKeys.Most];
        foreach (var fields in rows.Where(fields => fields.Count > 0))
        {
            var count = meeting.Write(
                IdentityOf(fields), fields.GetValueOrDefault(IdentityColumns.Address, ""), fields.GetValueOrDefault(IdentityColumns.Postcode, ""), keys);
            found.UnionWith(keys[..count]);
        }

        return found;
    }

    private static (long Row, Dictionary<string, string> Fields) Read(ReadOnlySpan<byte> content, DatasetSpecification specification)
    {
        var record = new RecordReader(content);
        var (row, fields) = (record.Number(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var column in specification.IdentityColumns)
        {
            if (record.Field() is { Length: > 0 } value)
            {
                fields.Add(specification.Columns[column].Name, Encoding.UTF8.GetString(value));
            }
        }

        return (row, fields);
    }
}
