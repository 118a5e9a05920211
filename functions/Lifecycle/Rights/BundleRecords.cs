using System.Text.Json;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Rights;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Rights;

/// <summary>Opens what is held about a person, as the search found it, and says it: what others sent, what was written for the family's
/// case, and
/// what the person signed. Each opening is an act, with its purpose.</summary>
/// <remarks>What is about other people is left out; what is about the household as a whole is named and not shown, since it would tell of
/// others.</remarks>
public sealed class BundleRecords(
    Registers registers, HeldSources held, AgreementCatalogue agreements, BundleWriter writer, FactsReader facts, PeopleReader people,
        FamilyVault vault, SealedDocuments documents, Acts acts)
{
    private const string OfHousehold = "This is about everybody of your household. It is not given with this answer, because it would tell of the others.";

    internal async Task<IReadOnlyList<BundlePart>> ReadAsync(CaseCaller by, SubjectRequestRow request, string look,
        CancellationToken cancellationToken)
    {
        var (parts, openings) = (new List<BundlePart>(), new List<Opening>());
        var extracts = (await held.ExtractsAsync(cancellationToken)).ToDictionary(extract => extract.Id.Text, StringComparer.Ordinal);
        foreach (var found in request.Theirs.Where(record => record.In is not FoundIn.Family && extracts.ContainsKey(record.Reference))
            .GroupBy(record => record.Reference))
        {
            var extract = extracts[found.Key];
            var rows = found.SelectMany(record => record.Rows).ToHashSet();
            var isList = found.First().In is FoundIn.HouseholdList;
            openings.Add(new(
                extract.Act("request.open", by.Account) with
                {
                    ActId = $"request.open.{look}.{extract.Id}",
                    Role = by.Role,
                    Purpose = PersonFinder.Purpose,
                    References = [request.Id, extract.Id],
                },
                async token =>
                {
                    parts.Add(await OfExtractAsync(extract, rows, isList, token));
                    return rows.Count;
                }));
        }

        await Openings.PerformAsync(acts, openings, _ => Task.CompletedTask, cancellationToken);
        foreach (var family in await held.FamiliesAsync(cancellationToken))
        {
            var members = request.Theirs.Where(record => record.In is FoundIn.Family && record.Reference == family.Id.Text)
                .SelectMany(record => record.MemberReferences).ToHashSet();
            if (members.Count > 0)
            {
                parts.AddRange(await OfFamilyAsync(by, request, look, family, members, cancellationToken));
            }
        }

        return parts;
    }

    private async Task<BundlePart> OfExtractAsync(Extract extract, HashSet<long> rows, bool isList, CancellationToken cancellationToken)
    {
        var specification = held.SpecificationOf(extract)!;
        var on = DateOnly.FromDateTime(extract.ClaimedAt.UtcDateTime);
        var exchange = agreements.Find($"{extract.Agreement}@{extract.AgreementVersion}")!.Exchange(extract.Exchange)!;
        IReadOnlyList<string> words =
        [
            .. writer.Origin(extract.Agency, extract.Exchange, $"{extract.Agreement}@{extract.AgreementVersion}", exchange.Uses, on),
            .. extract.KeptUntil is { } until
                ? [$"It is kept until {DateOnly.FromDateTime(until.UtcDateTime).InWords()}, or until it was used, by this rule: {extract.RetentionRule}."] : Array.Empty<string>(),
        ];
        BundlePart Part(IReadOnlyList<IReadOnlyList<BundleField>> shown, string leftOut) =>
            new($"extract-{extract.Id}", BundleSection.Records, specification.Title, writer.NameOf(extract.Agency), on, words, shown,
                leftOut);
        if (isList)
        {
            return Part([], OfHousehold);
        }

        var (fields, households) = (new SortedDictionary<long, Dictionary<string, string>>(), new HashSet<HouseholdPseudonym>());
        await facts.ReadAsync(
            extract.Sealed!.Facts.Name,
            specification,
            static _ => true,
            row =>
            {
                if (rows.Contains(row.Row))
                {
                    fields[row.Row] = new(row.Fields, StringComparer.Ordinal);
                    households.Add(row.Household);
                }
            },
            cancellationToken);
        await people.ReadAsync(
            extract.Sealed.Persons.Name,
            specification,
            households,
            (row, identity) =>
            {
                foreach (var (name, value) in identity)
                {
                    fields.GetValueOrDefault(row)?.TryAdd(name, value);
                }
            },
            cancellationToken);
        return Part([.. fields.Values.Select(row => BundleWriter.Record(specification, row, others: null))], "");
    }

    private async Task<IReadOnlyList<BundlePart>> OfFamilyAsync(
        CaseCaller by, SubjectRequestRow request, string look, Family family, HashSet<string> members, CancellationToken cancellationToken)
    {
        var (rows, openings) = (new List<(FamilyBlob Blob, FamilyRow Row)>(), new List<Opening>());
        var records = family.Records.Where(record => record.Blob.Sha256.Length > 0).OrderBy(record => record.AsAt)
            .ThenBy(record => record.ExtractId).ToList();
        LedgerAct Act(string what) => family.Act("request.open", by.Account) with
        {
            ActId = $"request.open.{look}.{what}",
            Role = by.Role,
            Purpose = PersonFinder.Purpose,
            References = [request.Id, family.Id],
        };
        using var open = vault.Open(records);
        foreach (var record in records)
        {
            openings.Add(new(
                Act(record.Blob.Name) with
                {
                    Agreement = record.Agreement,
                    AgreementVersion = record.AgreementVersion,
                    Exchange = record.Exchange,
                    References = [request.Id, family.Id, record.ExtractId],
                },
                async token =>
                {
                    var read = await open.ReadAsync(record, token);
                    rows.AddRange(read.Select(row => (record, row)));
                    return read.Count;
                }));
        }

        var written = new CaseDocuments();
        var row = (await registers.Cases.FindAsync(family.Id.Text, cancellationToken))?.Row;
        if (row is not null && row.State is not (FamilyCaseState.Erasing or FamilyCaseState.Erased))
        {
            openings.Add(new(Act(family.Id), token => ReadCaseAsync(row, written, token)));
        }

        var parts = new List<BundlePart>();
        await Openings.PerformAsync(
            acts,
            openings,
            _ =>
            {
                var whose = new PersonRows(rows, members, written.Forms);
                var others = new OtherPeople(whose.Others, whose.Own);
                parts.AddRange(records.Select(record =>
                    OfRecord(record, [.. rows.Where(pair => pair.Blob == record).Select(pair => pair.Row)], whose, others))
                    .OfType<BundlePart>());
                parts.Add(OfExplanation(family));
                if (row is not null)
                {
                    parts.AddRange(OfDocuments(row, written, members, whose, others));
                }

                return Task.CompletedTask;
            },
            cancellationToken);
        return parts;
    }

    /// <returns>How many documents were opened.</returns>
    private async Task<long> ReadCaseAsync(Case row, CaseDocuments into, CancellationToken cancellationToken)
    {
        async Task<T?> OpenAsync<T>(SealedBlob? blob)
            where T : class
        {
            if (blob is not { Sha256.Length: > 0 })
            {
                return null;
            }

            var content = await documents.OpenAsync(blob.Name, cancellationToken);
            into.Count++;
            try
            {
                return JsonSerializer.Deserialize<T>(content, Outbox.Json);
            }
            finally
            {
                content.AsSpan().Clear();
            }
        }

        foreach (var form in row.Forms)
        {
            if (await OpenAsync<PersonDetails>(form.Blob) is { } person)
            {
                into.Forms.Add((form.Person, person));
            }
        }

        into.Pack = await OpenAsync<InformationPack>(row.Pack);
        into.Duty = await OpenAsync<DutyNote>(row.Duty?.Note);
        foreach (var judgement in row.Judgements)
        {
            if (await OpenAsync<string>(judgement.Said) is { } words)
            {
                into.Judgements.Add((judgement.Judgement, words));
            }
        }

        return into.Count;
    }

    private BundlePart? OfRecord(FamilyBlob record, IReadOnlyList<FamilyRow> rows, PersonRows whose, OtherPeople others)
    {
        var mine = rows.Where(row => whose.Of(row) is RowOf.Person).ToList();
        var household = rows.Count(row => whose.Of(row) is RowOf.Household);
        if (mine.Count + household == 0)
        {
            return null;
        }

        var specification = agreements.Find($"{record.Agreement}@{record.AgreementVersion}")?.Exchange(record.Exchange)?.Specification;
        return new(
            $"record-{record.ExtractId}",
            BundleSection.Records,
            specification?.Title ?? record.Dataset,
            writer.NameOf(record.Originator),
            record.AsAt,
            writer.Origin(record.Originator, record.Exchange, $"{record.Agreement}@{record.AgreementVersion}", record.Uses, record.AsAt),
            [.. mine.Select(row => BundleWriter.Record(specification, row.Fields, others))],
            household == 0 ? "" : $"{BundleWriter.Records(household)} in it {(household == 1 ? "names" : "name")} nobody. {OfHousehold}");
    }

    private static BundlePart OfExplanation(Family family) => new(
        $"explanation-{family.Id}",
        BundleSection.Case,
        "Why your family was found",
        "",
        DateOnly.FromDateTime(family.FoundAt.UtcDateTime),
        [FormattableString.Invariant($"Your family was found for {family.Programme}. Problems that were shown: {family.Problems}.")],
        [],
        $"Which they are: {OfHousehold}");

    private IEnumerable<BundlePart> OfDocuments(Case row, CaseDocuments written, HashSet<string> members, PersonRows whose,
        OtherPeople others)
    {
        foreach (var (member, person) in written.Forms.Where(form => members.Contains(form.Member)))
        {
            yield return new($"form-{member}", BundleSection.Case, "The form you signed", "",
                row.Consents.FirstOrDefault(consent => consent.Person == member)?.SignedOn, [], [
                [
                    new("Surname", person.Surname), new("Forenames", person.Forenames),
                        BundleWriter.Field("Date of birth", person.DateOfBirth),
                    new("Address", person.Address), new("Postcode", person.Postcode),
                ],
            ]);
        }

        if (written.Pack is { } pack && pack.Items.Where(item => whose.Of(item.Member, item.Fields) is RowOf.Person)
            .ToList() is { Count: > 0 } items)
        {
            yield return new(
                $"pack-{row.Id}", BundleSection.Case, "What the information pack for your key worker says of you", "", pack.PreparedOn, [],
                [.. items.Select(item => (IReadOnlyList<BundleField>)[new("Source", writer.NameOf(item.Source)),
                    .. BundleWriter.Record(null, item.Fields, others)])]);
        }

        if (written.Duty is { } duty)
        {
            yield return new(
                $"duty-{row.Id}", BundleSection.Case, "The legal duty that was relied on", "", row.Duty!.On, [],
                [[new("Enactment", duty.Enactment), new("Why it applies", others.Redact(duty.Why))]]);
        }

        foreach (var (judgement, words) in written.Judgements)
        {
            yield return new(
                $"judgement-{judgement.Reference}", BundleSection.Case, "A professional's judgement about your family",
                    writer.NameOf(judgement.Organisation), judgement.SaidOn, [],
                [[new("What was said", others.Redact(words))]]);
        }

        if (row.Risk is { } risk)
        {
            yield return new($"risk-{row.Id}", BundleSection.Case, "A note for people who visit", writer.NameOf(risk.Source), risk.On, [],
                [], OfHousehold);
        }
    }

    /// <summary>A case's own documents, opened: in memory only.</summary>
    private sealed class CaseDocuments
    {
        public List<(string Member, PersonDetails Person)> Forms { get; } = [];

        public InformationPack? Pack { get; set; }

        public DutyNote? Duty { get; set; }

        public List<(Judgement Judgement, string Words)> Judgements { get; } = [];

        public long Count { get; set; }
    }
}
