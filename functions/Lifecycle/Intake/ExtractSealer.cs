using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Intake;

/// <summary>Reads an extract once and writes its two blobs: facts by household pseudonym, persons sealed per household. Bounded memory.</summary>
/// <remarks>docs/vault-format.md, Records.</remarks>
public sealed class ExtractSealer(Stores stores, StoreNames names, DataKeys keys, HouseholdSecrets secrets)
{
    /// <summary>Writes both blobs under the names the register has recorded; commits them only when the extract is accepted.</summary>
    public async Task<(ExtractOutcome Outcome, QualityProfile Quality, SealedExtract Written)> SealAsync(
        Extract extract, IntakeDecision decision, Stream plaintext, CancellationToken cancellationToken)
    {
        var secret = await secrets.OpenInternalAsync(cancellationToken);
        var partners = new List<(string Agreement, byte[] Secret)>();
        foreach (var agreement in secrets.Agreements)
        {
            partners.Add((agreement, await secrets.OpenAsync(agreement, cancellationToken)));
        }

        var (factsName, personsName) = (extract.Sealed!.Facts.Name, extract.Sealed.Persons.Name);
        var both = await keys.CreateAsync([new(factsName, Id(factsName), extract.Agency), new(personsName, Id(personsName), extract.Agency, KeyGrain.Household)], cancellationToken);
        using var factsKey = both[0];
        using var personsKey = both[1];
        await using var factsBlob = stores.Blobs.OpenWrite(new(names.Vault, factsName), WriteCondition.CreateOnly);
        await using var personsBlob = stores.Blobs.OpenWrite(new(names.Vault, personsName), WriteCondition.CreateOnly);
        await using var factsHash = new HashingStream(factsBlob);
        await using var personsHash = new HashingStream(personsBlob);
        await using var facts = new SegmentWriter(factsHash, factsKey);
        using var persons = new PersonsWriter(personsHash, personsKey);

        using var rows = new RowSplitter(extract.Id, extract.ClaimedAt, decision.Specification!, secret, partners, facts, persons);
        try
        {
            await rows.BeginAsync(cancellationToken);
            var outcome = await ExtractReader.ReadAsync(plaintext, decision.Specification!, decision.ReadOptions!, rows.WriteAsync, cancellationToken);
            if (outcome.State is ExtractState.Quarantined)
            {
                return (outcome, rows.Quality.Close(outcome), extract.Sealed);
            }

            await facts.CompleteAsync(cancellationToken);
            await persons.CompleteAsync(cancellationToken);
            await factsBlob.CommitAsync(cancellationToken);
            await personsBlob.CommitAsync(cancellationToken);
            return (outcome, rows.Quality.Close(outcome), new(
                new(factsName, factsHash.Sha256, factsHash.Length),
                new(personsName, personsHash.Sha256, personsHash.Length)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            partners.ForEach(partner => CryptographicOperations.ZeroMemory(partner.Secret));
        }
    }

    private string Id(string name) => new BlobAddress(names.Vault, name).ToString();

    /// <summary>Splits each accepted row into its facts record and its person record.</summary>
    private sealed class RowSplitter(
        Id<Extract> extractId, DateTimeOffset claimedAt, DatasetSpecification specification, byte[] secret, List<(string Agreement, byte[] Secret)> partners, SegmentWriter facts, PersonsWriter persons)
        : IDisposable
    {
        private readonly RecordWriter record = new();
        private readonly RecordWriter framed = new();
        private readonly byte[] pseudonym = new byte[HouseholdPseudonym.Size];
        private readonly int householdColumn = specification.Find(IdentityColumns.Household);
        private readonly MeetingKeys meeting = new(secret);
        private readonly byte[] meets = new byte[MeetingKeys.Most * sizeof(ulong)];
        private readonly DateOnly on = DateOnly.FromDateTime(claimedAt.UtcDateTime);
        private (PersonIdentity? Person, string Address, string Postcode) last;
        private byte[] groups = [];
        private int meetsLength;
        private readonly int surnameColumn = specification.Find(IdentityColumns.Surname);
        private readonly int forenamesColumn = specification.Find(IdentityColumns.Forenames);
        private readonly int bornColumn = specification.Find(IdentityColumns.DateOfBirth);
        private readonly int addressColumn = specification.Find(IdentityColumns.Address);
        private readonly int postcodeColumn = specification.Find(IdentityColumns.Postcode);
        private readonly int sexColumn = specification.Find(IdentityColumns.Sex);

        public QualityCounter Quality { get; } = new(specification);

        /// <summary>The facts blob begins by saying what its records hold.</summary>
        public async Task BeginAsync(CancellationToken cancellationToken)
        {
            record.Begin().Field("facts"u8).Field(Encoding.UTF8.GetBytes(specification.Id)).Field(specification.Version);
            foreach (var column in specification.IndicatorColumns)
            {
                record.Field(Encoding.UTF8.GetBytes(specification.Columns[column].Name));
            }

            foreach (var (agreement, _) in partners)
            {
                record.Field(Encoding.UTF8.GetBytes(FactsReader.PartnerColumn + agreement));
            }

            record.Field(Encoding.UTF8.GetBytes(FactsReader.GroupsColumn));
            record.Field(Encoding.UTF8.GetBytes(FactsReader.MeetingColumn));

            await facts.WriteAsync(framed.Begin().Field(record).Written, cancellationToken);
        }

        public async ValueTask WriteAsync(ExtractRow row, CancellationToken cancellationToken)
        {
            var household = HouseholdOf(row, out var placed);
            Quality.Add(row, placed);
            household.CopyTo(pseudonym);
            record.Begin().Field(pseudonym).Field(row.Number).Field(placed ? 1 : 0);
            foreach (var column in specification.IndicatorColumns)
            {
                record.Field(row[column]);
            }

            AppendPartnerNames(row);
            AppendMeetingKeys(row);
            framed.Begin().Field(record);
            record.Begin().Field(row.Number);
            foreach (var column in specification.IdentityColumns)
            {
                record.Field(row[column]);
            }

            await facts.WriteAsync(framed.Written, cancellationToken);
            await persons.AppendAsync(household, record.Written, cancellationToken);
        }

        /// <summary>What the lists of partners call the household: they name it under secrets of their own.</summary>
        private void AppendPartnerNames(ExtractRow row)
        {
            Span<byte> name = stackalloc byte[HouseholdPseudonym.Size];
            var key = householdColumn >= 0 ? default : row.HouseholdKey();
            foreach (var (_, partner) in partners)
            {
                if (key.IsEmpty)
                {
                    record.Field([]);
                    continue;
                }

                HouseholdAddress.Pseudonym(partner, key).CopyTo(name);
                record.Field(name);
            }
        }

        /// <summary>In which groups its person is counted, and by what the row meets rows of other households that may be about the same
        /// person or home.</summary>
        private void AppendMeetingKeys(ExtractRow row)
        {
            var person = surnameColumn < 0 || row.IsBlank(surnameColumn)
                ? null
                : new PersonIdentity(Text(row, surnameColumn), Text(row, forenamesColumn), Born(row), Text(row, sexColumn));
            // Rows about one person stand together: a term each.
            var identity = (person, Text(row, addressColumn), Text(row, postcodeColumn));
            if (identity != last)
            {
                last = identity;
                Span<ulong> keys = stackalloc ulong[MeetingKeys.Most];
                var count = meeting.Write(person, last.Address, last.Postcode, row.Place(), keys);
                meetsLength = count * sizeof(ulong);
                for (var key = 0; key < count; key++)
                {
                    BinaryPrimitives.WriteUInt64BigEndian(meets.AsSpan(key * sizeof(ulong)), keys[key]);
                }

                groups = person is null
                    ? []
                    : Encoding.UTF8.GetBytes(PersonGroups.Of(person.Sex ?? "", person.Born, last.Postcode, on).ToString());
            }

            record.Field(groups);
            record.Field(meets.AsSpan(0, meetsLength));
        }

        private DateOnly? Born(ExtractRow row) =>
            bornColumn >= 0 && DateOnly.TryParseExact(Text(row, bornColumn), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) ? born : null;

        private static string Text(ExtractRow row, int column) => column < 0 ? "" : Encoding.UTF8.GetString(row[column]);

        public void Dispose()
        {
            last = default;
            meeting.Dispose();
            record.Clear();
            framed.Clear();
        }

        /// <summary>An anonymous list names households by the pseudonym that both sides compute; its validator has seen to the form.</summary>
        private static HouseholdPseudonym Given(ReadOnlySpan<byte> value)
        {
            Span<char> hex = stackalloc char[2 * HouseholdPseudonym.Size];
            return Encoding.ASCII.TryGetChars(value, hex, out var length) && HouseholdPseudonym.TryParse(hex[..length], out var household)
                ? household
                : throw new InvalidDataException("A household pseudonym that passed its check is none.");
        }

        /// <summary>A row whose address places nobody is a household of its own: it is never joined to strangers.</summary>
        private HouseholdPseudonym HouseholdOf(ExtractRow row, out bool placed)
        {
            if (householdColumn >= 0)
            {
                placed = true;
                return Given(row[householdColumn]);
            }

            var key = row.HouseholdKey();
            placed = !key.IsEmpty;
            if (placed)
            {
                return HouseholdAddress.Pseudonym(secret, key);
            }

            Span<byte> unplaced = stackalloc byte[64];
            var length = Encoding.ASCII.GetBytes(extractId, unplaced);
            BinaryPrimitives.WriteInt64BigEndian(unplaced[length..], row.Number);
            return HouseholdAddress.Pseudonym(secret, unplaced[..(length + sizeof(long))]);
        }
    }
}
