using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.People;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Disclosures;

/// <summary>Builds the list of families that meet the criteria or are allocated a key worker: a file of the dataset
/// <c>families</c>.</summary>
/// <remarks>seeds/002 App B rows 7, 13, 14, 17. People are named as they named themselves on a signed form, or else as the records of
/// their family name them: the authority's own, and what a partner sent as far as the gate lets it go further under the very exchange
/// that owes the list (seeds/002 §5).</remarks>
public sealed class FamilyList(
    Registers registers, FamilyVault vault, SealedDocuments documents, AgreementGate gate, Notices notices, Acts acts, TimeProvider time)
{
    private static readonly string[] Headers = ["Surname", "Forenames", "Date of birth", "Address", "Postcode", "Standing"];

    /// <param name="without">Families that are left out.</param>
    /// <returns>The file, to be cleared by the caller, and its rows.</returns>
    public async Task<FileContent> WriteAsync(
        GivenFile order, Exchange exchange, IReadOnlyCollection<string> without, CancellationToken cancellationToken)
    {
        var people = new Dictionary<PersonDetails, FamilyStanding>();
        var unnamed = new List<(Family Family, HeldReferences Held, FamilyStanding Standing)>();

        // Who objects to it is left out; the list does not say why.
        var objecting = await registers.ObjectingPeopleAsync(exchange.Uses, cancellationToken);
        var listed = On(await CohortAsync(order.Giver, cancellationToken), exchange, without);
        foreach (var (family, row, standing) in listed)
        {
            var held = row?.Held ?? family.Held;
            var forms = row is null ? [] : row.ByPerson.Forms.Zip(await documents.ReadFormsAsync(row.ByPerson, cancellationToken));
            foreach (var (_, person) in forms.Where(form => !held.IsAmong(form.First.Person, objecting)))
            {
                people.TryAdd(person, standing);
            }

            if (row is null or { Forms.Count: 0 })
            {
                unnamed.Add((family, held, standing));
            }
        }

        foreach (var named in await NamedAsync(order, exchange, unnamed, cancellationToken))
        {
            people.TryAdd(named.Person, named.Standing);
        }

        return new(Write(people), people.Count) { Listed = DigestOf(listed), Families = [.. listed.Select(found => found.Family.Id.Text)] };
    }

    /// <summary>Reads who can be on a list: those that meet the criteria and whose support has not ended, and those that a key worker
    /// supports on a standing basis.</summary>
    public async Task<IReadOnlyList<ListedFamily>> CohortAsync(Id<Party> giver, CancellationToken cancellationToken)
    {
        var cases = await registers.Cases.ListAsync(cancellationToken)
            .ToDictionaryAsync(row => row.Row.Id, row => row.Row, cancellationToken: cancellationToken);
        return await registers.Families.ListAsync(cancellationToken)
            .Where(family => family.Row.State is CohortState.InCohort && family.Row.Authority == giver)
            .Select(family => (family.Row, Case: cases.GetValueOrDefault(family.Row.Id)))
            .Select(pair => StandingOf(pair.Case) is { } standing ? new ListedFamily(pair.Row, pair.Case, standing) : null)
            .OfType<ListedFamily>()
            .ToListAsync(cancellationToken);
    }

    /// <returns>Those of these references that name no family of a list.</returns>
    public async Task<IReadOnlyList<string>> NotListedAsync(Id<Party> giver, IReadOnlyCollection<string> references, CancellationToken cancellationToken)
    {
        if (references.Count == 0)
        {
            return [];
        }

        var listed = (await CohortAsync(giver, cancellationToken)).Select(found => found.Family.Id.Text).ToHashSet(StringComparer.Ordinal);
        return [.. references.Where(reference => !listed.Contains(reference))];
    }

    /// <summary>A hash of the families that an exchange's list would name, and of how far they have come: it changes when the list does.
    /// Empty for nobody.</summary>
    /// <param name="cohort">As <see cref="CohortAsync"/> read it.</param>
    /// <param name="without">Families that are left out.</param>
    public static string DigestOf(IReadOnlyList<ListedFamily> cohort, Exchange exchange, IReadOnlyCollection<string> without) =>
        DigestOf(On(cohort, exchange, without));

    private static string DigestOf(IReadOnlyList<ListedFamily> listed)
    {
        var lines = listed.Select(found => $"{found.Family.Id} {Kebab.Of(found.Standing)}").Order(StringComparer.Ordinal);
        return listed.Count == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    private static List<ListedFamily> On(IReadOnlyList<ListedFamily> cohort, Exchange exchange, IReadOnlyCollection<string> without) =>
    [
        .. cohort.Where(found => !without.Contains(found.Family.Id.Text))
            .Where(found => found.Standing is FamilyStanding.Allocated || exchange.Scope is not ExchangeScope.Allocated),
    ];

    private static FamilyStanding? StandingOf(Case? row) => row switch
    {
        null => FamilyStanding.MeetsCriteria,
        { State: FamilyCaseState.Supported } => row.Family.Basis is SupportBasis.None ? null : FamilyStanding.Allocated,
        { EndedOn: not null } or { State: FamilyCaseState.DidNotTakePart or FamilyCaseState.Erasing or FamilyCaseState.Erased } => null,
        _ => FamilyStanding.MeetsCriteria,
    };

    /// <summary>One act for all records of an exchange: how many were opened.</summary>
    private async Task<List<(PersonDetails Person, FamilyStanding Standing)>> NamedAsync(
        GivenFile order, Exchange owed, List<(Family Family, HeldReferences Held, FamilyStanding Standing)> families, CancellationToken cancellationToken)
    {
        var standing = await notices.StandingAsync(cancellationToken);
        var objecting = await registers.ObjectingPeopleAsync(owed.Uses, cancellationToken);
        var (named, openings) = (new Dictionary<string, (PersonDetails Person, FamilyStanding Standing)>(), new List<Opening>());
        var records = families.SelectMany(
            pair => pair.Family.Records.Where(record => record.Blob.Sha256.Length > 0), (pair, record) => (pair.Standing, pair.Held, Record: record));
        var sources = records.GroupBy(pair => (pair.Record.Exchange, Own: pair.Record.Originator == order.Giver));
        foreach (var source in sources.OrderByDescending(source => source.Key.Own))
        {
            var (exchange, own) = source.Key;
            var decision = Check(order, exchange, own, own ? source.First().Record.Uses[0] : owed.Uses[0], standing);
            if (!decision.Allowed)
            {
                continue;
            }

            var act = order.Act("list.open", nameof(FamilyList)) with
            {
                ActId = $"list.open.{order.Id}.{exchange}{(own ? ".own" : "")}",
                Agreement = decision.Agreement,
                AgreementVersion = decision.Version,
                Exchange = exchange,
                Basis = decision.Basis,
                Purpose = decision.Purpose,
            };
            openings.Add(new(act, async token =>
            {
                foreach (var (of, held, record) in source)
                {
                    await NameAsync(record, of, held, objecting, named, token);
                }

                return source.Count();
            }));
        }

        await Openings.PerformAsync(acts, openings, _ => Task.CompletedTask, cancellationToken);
        return [.. named.Values];
    }

    /// <summary>Who is named already is left as the source before has them.</summary>
    private async Task NameAsync(
        FamilyBlob record,
        FamilyStanding standing,
        HeldReferences held,
        IReadOnlySet<string> without,
        Dictionary<string, (PersonDetails Person, FamilyStanding Standing)> named,
        CancellationToken cancellationToken)
    {
        foreach (var row in await vault.ReadAsync(record, cancellationToken))
        {
            if (row.Member.Length > 0 && !held.IsAmong(row.Member, without) && PersonDetails.Of(row.Fields) is { Postcode.Length: > 0 } person)
            {
                named.TryAdd(held.PersonOf(row.Member), (person, standing));
            }
        }
    }

    /// <summary>The authority's own records it may open; what a partner sent goes further only under the exchange that owes the
    /// list.</summary>
    private GateDecision Check(GivenFile order, Id<Exchange> exchange, bool own, Use use, IReadOnlyList<AgreementNotice> standing) => gate.Check(new()
    {
        Act = own ? GateAct.Opening : GateAct.OnwardDisclosure,
        Exchange = exchange,
        Agency = order.Giver,
        Recipient = order.Recipient,
        At = time.GetUtcNow(),
        Notices = standing,
        Use = use,
        Families = FamilyStanding.MeetsCriteria,
        Means = order.Means,
        Onward = own ? null : new(OnwardKind.OtherAgreement, order.Exchange),
    });

    private static byte[] Write(Dictionary<PersonDetails, FamilyStanding> people)
    {
        using var output = new MemoryStream();
        using (var csv = CsvOutput.ForPeople(output))
        {
            void Line(IEnumerable<string> cells)
            {
                foreach (var cell in cells)
                {
                    csv.WriteField(cell);
                }

                csv.EndRecord();
            }

            Line(Headers);
            foreach (var (person, standing) in people)
            {
                var born = person.DateOfBirth.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
                Line([person.Surname, person.Forenames, born, person.Address, person.Postcode, Kebab.Of(standing)]);
            }
        }

        var content = output.ToArray();
        output.GetBuffer().AsSpan().Clear();
        return content;
    }
}

/// <summary>A family that can be on a list.</summary>
/// <param name="Case">Null while none is open.</param>
/// <param name="Standing">How far it has come.</param>
public sealed record ListedFamily(Family Family, Case? Case, FamilyStanding Standing);
