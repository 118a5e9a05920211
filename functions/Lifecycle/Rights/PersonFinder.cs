using System.Buffers.Binary;
using System.Security.Cryptography;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Rights;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Rights;

/// <param name="Unsearched">Extracts that could not be searched: the agreement's version they came under is no longer among the
/// documents.</param>
internal sealed record PersonFindings(IReadOnlyList<FoundRecord> Found, IReadOnlyList<string> Unsearched);

/// <summary>Finds where somebody is, from a name, a date of birth and addresses, through keyed hashes: what is searched stays closed, and
/// only the
/// homes and families that a hash leads to are opened and compared. Each search and each opening is an act, with its purpose.</summary>
/// <remarks>docs/people.md. What is asked is written nowhere.</remarks>
public sealed class PersonFinder(
    Registers registers, HeldSources held, HouseholdIndex index, HouseholdSecrets secrets, FactsReader facts, PeopleReader people,
        FamilyVault vault, SealedDocuments documents, Acts acts)
{
    internal static string Purpose { get; } = Kebab.Of(LookPurpose.Rights);

    internal async Task<PersonFindings> FindAsync(CaseCaller by, SubjectRequestRow request, string look, PersonSought person,
        CancellationToken cancellationToken)
    {
        var search = new Search(by, request, look, person);
        var (inExtracts, unsearched) = await InExtractsAsync(search, cancellationToken);
        return new([.. inExtracts, .. await InFamiliesAsync(search, cancellationToken)], unsearched);
    }

    private async Task<(List<FoundRecord> Found, List<string> Unsearched)> InExtractsAsync(Search search,
        CancellationToken cancellationToken)
    {
        var (found, unsearched, candidates) = (new List<FoundRecord>(), new List<string>(), new List<Candidate>());
        var secret = await secrets.OpenInternalAsync(cancellationToken);
        try
        {
            var wanted = WantedOf(search.Person, secret);
            var openings = new List<Opening>();
            foreach (var extract in await held.ExtractsAsync(cancellationToken))
            {
                if (held.SpecificationOf(extract) is not { } specification)
                {
                    unsearched.Add(extract.Id);
                    continue;
                }

                openings.Add(new(search.ActOf(extract, "request.search"), HouseholdListPreparation.Applies(specification)
                    ? token => OnListAsync(search, extract, specification, found, token)
                    : token => SearchAsync(extract, specification, wanted, candidates, token)));
            }

            await Openings.PerformAsync(acts, openings, _ => Task.CompletedTask, cancellationToken);
            var people = candidates.Select(candidate => new Opening(
                search.ActOf(candidate.Extract, "request.open") with { Count = candidate.Households.Count }, token =>
                    CompareAsync(search, candidate, secret, found, token)));
            await Openings.PerformAsync(acts, [.. people], _ => Task.CompletedTask, cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }

        return (found, unsearched);
    }

    /// <summary>By which households and keyed hashes an extract's rows may be of the person: in memory only.</summary>
    private static Wanted WantedOf(PersonSought person, byte[] secret)
    {
        using var meeting = new MeetingKeys(secret);
        return new(
            [.. person.Addresses.Select(home => HouseholdSecrets.Name(secret, home.Address, home.Postcode)).OfType<HouseholdPseudonym>()],
            KeysOf(person, meeting));
    }

    private static HashSet<ulong> KeysOf(PersonSought person, MeetingKeys meeting)
    {
        var (all, keys) = (new HashSet<ulong>(), new ulong[MeetingKeys.Most]);
        foreach (var identity in person.Identities)
        {
            foreach (var home in person.Addresses)
            {
                all.UnionWith(keys[..meeting.Write(identity, home.Address, home.Postcode, keys)]);
            }
        }

        return all;
    }

    private async Task<long> SearchAsync(Extract extract, DatasetSpecification specification, Wanted wanted, List<Candidate> candidates,
        CancellationToken cancellationToken)
    {
        var (rows, households) = (0L, new HashSet<HouseholdPseudonym>());
        await facts.ReadMeetingKeysAsync(
            extract.Sealed!.Facts.Name,
            specification,
            (household, keys) =>
            {
                rows++;
                if (wanted.Households.Contains(household) || Meets(wanted.Keys, keys))
                {
                    households.Add(household);
                }
            },
            cancellationToken);
        if (households.Count > 0)
        {
            candidates.Add(new(extract, specification, households));
        }

        return rows;
    }

    private static bool Meets(HashSet<ulong> wanted, ReadOnlySpan<byte> keys)
    {
        for (; !keys.IsEmpty; keys = keys[sizeof(ulong)..])
        {
            if (wanted.Contains(BinaryPrimitives.ReadUInt64BigEndian(keys)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A list that names households under its agreement's secret: that of the home the person lives at. Who lived there before is
    /// nobody's business.</summary>
    private async Task<long> OnListAsync(Search search, Extract extract, DatasetSpecification specification, List<FoundRecord> found,
        CancellationToken cancellationToken)
    {
        var secret = await secrets.OpenAsync(extract.Agreement, cancellationToken);
        var home = search.Person.Addresses[0];
        var name = HouseholdSecrets.Name(secret, home.Address, home.Postcode);
        CryptographicOperations.ZeroMemory(secret);
        var rows = new List<long>();
        await facts.ReadAsync(extract.Sealed!.Facts.Name, specification, household => household == name, row =>
            rows.Add(row.Row), cancellationToken);
        if (rows.Count > 0)
        {
            found.Add(new(FoundIn.HouseholdList, extract.Id, extract.Agency, extract.Exchange, rows, [], FoundDoubt.None));
        }

        return rows.Count;
    }

    private async Task<long> CompareAsync(Search search, Candidate candidate, byte[] secret, List<FoundRecord> found,
        CancellationToken cancellationToken)
    {
        var rows = new List<(long Row, string Home, NamedRecord Record)>();
        await people.ReadAsync(
            candidate.Extract.Sealed!.Persons.Name,
            candidate.Specification,
            candidate.Households,
            (row, fields) =>
            {
                if (NamedIn(fields) is { } record)
                {
                    // An address that places nobody is a home of its own: its row is compared alone.
                    var home = HouseholdSecrets.Name(secret, record.Home.Address, record.Home.Postcode)?.ToString()
                        ?? FormattableString.Invariant($"row {row}");
                    rows.Add((row, home, record));
                }
            },
            cancellationToken);
        var doubts = rows.GroupBy(row => row.Home)
            .SelectMany(home => home.Zip(PersonSearch.Compare(search.Person, [.. home.Select(row => row.Record)])))
            .Where(pair => pair.Second is not null)
            .ToLookup(pair => pair.Second!.Value, pair => pair.First.Row);
        foreach (var doubt in doubts.OrderBy(group => group.Key))
        {
            found.Add(new(FoundIn.Extract, candidate.Extract.Id, candidate.Extract.Agency, candidate.Extract.Exchange, [.. doubt.Order()],
                [], doubt.Key));
        }

        return candidate.Households.Count;
    }

    internal static NamedRecord? NamedIn(IReadOnlyDictionary<string, string> fields, string who = "") =>
        PeopleReader.IdentityOf(fields) is { } identity
        ? new(identity, new(fields.GetValueOrDefault(IdentityColumns.Address, ""), fields.GetValueOrDefault(IdentityColumns.Postcode, "")),
            who)
        : null;

    private async Task<List<FoundRecord>> InFamiliesAsync(Search search, CancellationToken cancellationToken)
    {
        var families = (await held.FamiliesAsync(cancellationToken)).ToDictionary(family => family.Id.Text, StringComparer.Ordinal);
        var (candidates, secret) = (new HashSet<string>(StringComparer.Ordinal), await secrets.OpenInternalAsync(cancellationToken));
        using var tokens = await index.OpenAsync(cancellationToken);
        using var meeting = await index.OpenMeetingKeysAsync(cancellationToken);
        var keys = KeysOf(search.Person, meeting);
        foreach (var programme in families.Values.Select(family => family.Programme).Distinct())
        {
            foreach (var household in WantedOf(search.Person, secret).Households)
            {
                candidates.Add(await index.FindAsync(programme, tokens.Of(programme, household), cancellationToken) ?? "");
            }

            candidates.UnionWith(await index.FindMetAsync(programme, keys, cancellationToken));
        }

        CryptographicOperations.ZeroMemory(secret);
        var found = new List<FoundRecord>();
        foreach (var id in candidates.Where(families.ContainsKey).Order(StringComparer.Ordinal))
        {
            found.AddRange(await InFamilyAsync(search, families[id], cancellationToken));
        }

        return found;
    }

    private async Task<IEnumerable<FoundRecord>> InFamilyAsync(Search search, Family family, CancellationToken cancellationToken)
    {
        var named = new List<NamedRecord>();
        var records = family.Records.Where(record => record.Blob.Sha256.Length > 0).ToList();
        using var open = vault.Open(records);
        var openings = records.ConvertAll(record => new Opening(search.ActOf(family, record), async token =>
        {
            var rows = await open.ReadAsync(record, token);
            named.AddRange(rows.Where(row => row.Member.Length > 0).Select(row => NamedIn(row.Fields, row.Member)).OfType<NamedRecord>());
            return rows.Count;
        }));
        if (await registers.Cases.FindAsync(family.Id.Text, cancellationToken) is { Row: { Forms.Count: > 0 } row }
            && row.Forms.All(form => form.Blob.Sha256.Length > 0))
        {
            openings.Add(new(search.ActOf(family, record: null), async token =>
            {
                var forms = row.Forms.Zip(await documents.ReadFormsAsync(row, token));
                named.AddRange(forms.Select(form =>
                    new NamedRecord(form.Second.Identity, new(form.Second.Address, form.Second.Postcode), form.First.Person)));
                return row.Forms.Count;
            }));
        }

        await Openings.PerformAsync(acts, openings, _ => Task.CompletedTask, cancellationToken);
        return named.Zip(PersonSearch.Compare(search.Person, named)).Where(pair => pair.Second is not null)
            .GroupBy(pair => pair.First.Who, pair => pair.Second!.Value)
            .GroupBy(member => member.Min(), member => member.Key)
            .OrderBy(doubt => doubt.Key)
            .Select(doubt => new FoundRecord(FoundIn.Family, family.Id, family.Authority, "", [], [.. doubt.Order(StringComparer.Ordinal)],
                doubt.Key));
    }

    private sealed record Wanted(HashSet<HouseholdPseudonym> Households, HashSet<ulong> Keys);

    private sealed record Candidate(Extract Extract, DatasetSpecification Specification,
        IReadOnlyCollection<HouseholdPseudonym> Households);

    /// <summary>One search: who looks, for which request and for whom.</summary>
    private sealed record Search(CaseCaller By, SubjectRequestRow Request, string Look, PersonSought Person)
    {
        public LedgerAct ActOf(Extract extract, string act) => extract.Act(act, By.Account) with
        {
            ActId = $"{act}.{Look}.{extract.Id}",
            Role = By.Role,
            Purpose = Purpose,
            References = [Request.Id, extract.Id],
        };

        /// <param name="record">What is opened of it; null: the signed forms.</param>
        public LedgerAct ActOf(Family family, FamilyBlob? record) => family.Act("request.open", By.Account) with
        {
            ActId = $"request.open.{Look}.{record?.Blob.Name ?? family.Id.Text}",
            Role = By.Role,
            Agreement = record?.Agreement ?? "",
            AgreementVersion = record?.AgreementVersion ?? "",
            Exchange = record?.Exchange ?? "",
            Purpose = Purpose,
            References = record is null ? [Request.Id, family.Id] : [Request.Id, family.Id, record.ExtractId],
        };
    }
}
