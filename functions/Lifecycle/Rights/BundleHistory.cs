using System.Globalization;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Rights;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Rights;

/// <summary>Says what the registers and the ledger have about a person: how the case of their family went, what they were told and
/// objected to, who
/// was given or told something, and who looked.</summary>
public sealed class BundleHistory(Registers registers, BundleWriter writer, Ledger ledger)
{
    private const string Told = "disclosure.tell";

    /// <param name="until">What came later is not told of: it is the answering itself.</param>
    internal async Task<IReadOnlyList<BundlePart>> ReadAsync(SubjectRequestRow request, DateTimeOffset until,
        CancellationToken cancellationToken)
    {
        var families = request.Theirs.Where(record => record.In is FoundIn.Family).GroupBy(record => record.Reference)
            .ToDictionary(family => family.Key, family =>
                family.SelectMany(record => record.MemberReferences).ToHashSet(), StringComparer.Ordinal);
        var entries = await EntriesAsync(request, families, until, cancellationToken);
        var parts = new List<BundlePart>();
        foreach (var (family, members) in families)
        {
            if (await registers.Cases.FindAsync(family, cancellationToken) is { Row: var row } && row.State is not FamilyCaseState.Erased)
            {
                parts.Add(OfCase(row, members));
                parts.AddRange(await OfPeopleAsync(family, members, cancellationToken));
            }
        }

        parts.Add(await DisclosuresAsync([.. families.Keys], entries, cancellationToken));
        parts.Add(new("history", BundleSection.History, "What was done with it", "", null,
            ["Who looked is named by role. The looks that this answer took are not in it."], [.. entries.Select(OfEntry)]));
        return [.. parts.Where(part => part.Rows.Count + part.LeftOut.Length > 0)];
    }

    private async Task<IReadOnlyList<LedgerEntry>> EntriesAsync(
        SubjectRequestRow request, Dictionary<string, HashSet<string>> families, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var references = request.Theirs.Select(record => record.Reference).Concat(families.Values.SelectMany(members => members))
            .ToHashSet(StringComparer.Ordinal);
        return await ledger.ReadAsync(0, cancellationToken).Select(record => record.Entry)
            .Where(entry => entry.Kind is EntryKind.Outcome && entry.At <= until && entry.References.Any(references.Contains)
                && !entry.References.Contains(request.Id))
            .ToListAsync(cancellationToken);
    }

    private static BundlePart OfCase(Case row, HashSet<string> members) => new(
        $"case-{row.Id}",
        BundleSection.Case,
        "Your family's case",
        "",
        null,
        ["How the support of your family went, and what you said."],
        [
            .. Event("The case was opened", BundleWriter.Field("Day", row.OpenedAt)),
            .. row.Assessment is { } assessment
                ? Event("It was assessed which support your family has", BundleWriter.Field("Day", assessment.On)) : [],
            .. row.InvitedAt is { } invited ? Event("Your family was invited", BundleWriter.Field("Day", invited)) : [],
            .. row.Consents.Where(consent => members.Contains(consent.Person)).SelectMany(consent => Event(
                $"Your consent: {BundleWriter.Words(consent.State)}",
                BundleWriter.Field("You had the privacy notice on", consent.NoticeGivenOn),
                new("Its version", consent.NoticeVersion),
                BundleWriter.Field("Signed on", consent.SignedOn),
                new("What is known of you as a victim or witness may be read", consent.VictimInformation ? "yes" : "no"))),
            .. row.KeyWorker is null ? [] : Event("A key worker was allocated to your family"),
            .. row.LastVisit is { } visit ? Event("The last visit", BundleWriter.Field("Day", visit.On)) : [],
            .. row.Marker is MarkerStanding.Off ? []
                : Event("A marker says on the police's systems that your family is supported",
                new BundleField("It is", BundleWriter.Words(row.Marker))),
            .. row.EndedOn is { } ended ? Event("Support ended", BundleWriter.Field("Day", ended)) : [],
            .. row.Review is { } review ? Event("The case was reviewed", BundleWriter.Field("Day", review.On),
                new("Signs of further risk", review.FurtherRisk ? "yes" : "no")) : [],
        ]);

    private static IReadOnlyList<IReadOnlyList<BundleField>> Event(string what, params BundleField[] fields) =>
        [[new("What", what), .. fields.Where(field => field.Value.Length > 0)]];

    /// <summary>What they were told, asked and objected to.</summary>
    private async Task<IEnumerable<BundlePart>> OfPeopleAsync(string family, HashSet<string> members, CancellationToken cancellationToken)
    {
        var given = await registers.NoticesGiven.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(row => row.Notice.Family == family && row.Notice.Persons.Any(members.Contains)).OrderBy(row => row.Notice.On)
                .ToListAsync(cancellationToken);
        var objections = await registers.Objections.ListAsync(cancellationToken).Select(row => row.Row.Objection)
            .Where(objection => objection.Family == family && members.Contains(objection.Person))
                .OrderBy(objection => objection.ReceivedOn).ToListAsync(cancellationToken);
        BundlePart Part(string reference, string title, IEnumerable<IReadOnlyList<BundleField>> rows) =>
            new($"{reference}-{family}", BundleSection.Case, title, "", null, [], [.. rows]);
        return
        [
            Part("notices", "Privacy notices that you were given", given.Select(row => (IReadOnlyList<BundleField>)
                [BundleWriter.Field("Day", row.Notice.On), new("Version", row.Notice.Version), new("How", BundleWriter.Words(row.How))])),
            Part("objections", "What you objected to", objections.Select(objection => (IReadOnlyList<BundleField>)
            [
                BundleWriter.Field("Day", objection.ReceivedOn),
                    new("Against", string.Join(", ", objection.Uses.Select(BundleWriter.Words))),
                new("It is", BundleWriter.Words(objection.State)), .. objection.DecidedOn is { } decided
                    ? [BundleWriter.Field("Decided on", decided)] : Array.Empty<BundleField>(),
            ])),
        ];
    }

    /// <summary>Who was given something that names the family, or was told of it: by list, by message, by email, by telephone, at a
    /// meeting.</summary>
    private async Task<BundlePart> DisclosuresAsync(IReadOnlyList<string> families, IReadOnlyList<LedgerEntry> entries,
        CancellationToken cancellationToken)
    {
        var rows = new List<(DateTimeOffset At, IReadOnlyList<BundleField> Fields)>();
        void Add(DateTimeOffset at, string to, string what, string how, string why = "") => rows.Add((at, [
            BundleWriter.Field("Day", at),
                new("To", to == GateRequest.Attendees ? "people at a meeting who had signed its confidentiality agreement"
                : writer.NameOf(to)),
            new("What", what), new("How", how), .. why.Length > 0 ? [new BundleField("Why", why)] : Array.Empty<BundleField>()]));

        foreach (var told in entries.Where(entry => entry.Act == Told))
        {
            var kind = told.Purpose[(told.Purpose.LastIndexOf("Told ", StringComparison.Ordinal) is >= 0 and var at ? at : 0)..];
            Add(told.At, told.Agency, "Something was told of your family; what was said is recorded nowhere", kind, told.Basis);
        }

        await foreach (var (file, _) in registers.Given.ListAsync(cancellationToken).Where(file => file.Row.Named.Any(families.Contains)))
        {
            Add(file.GivenAt!.Value, file.Recipient, "A list of families with your family on it", BundleWriter.Words(file.Means));
        }

        await foreach (var (marker, _) in registers.Markers.ListAsync(cancellationToken)
            .Where(marker => families.Contains(marker.Row.Change.CaseId) && marker.Row.Change.SentAt is not null))
        {
            Add(marker.Change.SentAt!.Value, marker.Police, marker.Change.Action is MarkerAction.Set
                ? "That your family is supported, for a marker" : "That the marker is to go", "a sealed message");
        }

        await foreach (var (submission, _) in registers.Submissions.ListAsync(cancellationToken)
            .Where(submission => submission.Row.CaseIds.Any(families.Contains)))
        {
            Add(submission.OrderedAt, submission.StudyAgency, "Names, dates of birth and addresses of your family, for a study",
                "a sealed file");
        }

        if (families.Count > 0)
        {
            await foreach (var (research, _) in registers.Research.ListAsync(cancellationToken)
                .Where(research => research.Row.ReleasedAt is not null))
            {
                Add(
                    research.ReleasedAt!.Value,
                    research.Recipient,
                    string.Create(CultureInfo.InvariantCulture,
                        $"An anonymous extract of {research.Records} records. It names nobody, and nobody can say whether you are in it"),
                    "a sealed file");
            }
        }

        return new("disclosures", BundleSection.Disclosures, "Who was given or told something", "", null, [],
            [.. rows.OrderBy(row => row.At).Select(row => row.Fields)]);
    }

    private IReadOnlyList<BundleField> OfEntry(LedgerEntry entry) =>
    [
        BundleWriter.Field("Day", entry.At),
        new("What", ActWords.Of(entry.Act) is { Length: > 0 } words ? words : entry.Act),
        new("Who", entry.Role.Length > 0 ? Spelled(entry.Role) : "the service itself"),
        .. entry.Agency.Text.Length > 0 ? [new BundleField("Organisation", writer.NameOf(entry.Agency))] : Array.Empty<BundleField>(),
        .. entry.Purpose.Length > 0 ? [new BundleField("Why", entry.Purpose)] : Array.Empty<BundleField>(),
        .. entry.Result is not ("done" or "") ? [new BundleField("It ended as", entry.Result)] : Array.Empty<BundleField>(),
    ];

    // "KeyWorker" as "key worker".
    private static string Spelled(string role) =>
        string.Concat(role.Select((c, i) => char.IsAsciiLetterUpper(c) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
