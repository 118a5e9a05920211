using System.Globalization;
using TfFlow.Lifecycle.Governance;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Governance;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Rights;

namespace TfFlow.Lifecycle.Rights;

/// <summary>Finds what an authority holds of its own working, by subject and period: agreements, registers, reviews, and figures. Nothing
/// of it is
/// opened in the vault, and nothing is about a person who can be recognised.</summary>
/// <remarks>seeds/002 §16.</remarks>
public sealed class HeldInformationSearch(Registers registers, AgreementCatalogue agreements, BundleWriter writer)
{
    internal async Task<IReadOnlyList<HeldInformation>> FindAsync(InformationRequestRow request, CancellationToken cancellationToken)
    {
        var found = new List<HeldInformation>();
        foreach (var subject in request.Subjects.Distinct().Order())
        {
            found.AddRange(subject switch
            {
                InformationSubject.Agreements => await AgreementsAsync(request, cancellationToken),
                InformationSubject.Reviews => await EntriesAsync(request, InformationSubject.Reviews, kind =>
                    kind is RegisterKind.Review, cancellationToken),
                InformationSubject.Registers =>
                    await EntriesAsync(request, InformationSubject.Registers, IsOfOrganisations, cancellationToken),
                InformationSubject.PrivacyNotices => await NoticesAsync(request, cancellationToken),
                InformationSubject.Suspensions => await SuspensionsAsync(request, cancellationToken),
                InformationSubject.Breaches => await BreachesAsync(request, cancellationToken),
                InformationSubject.Research => await ResearchAsync(request, cancellationToken),
                _ => await CountsAsync(request, cancellationToken),
            });
        }

        return found;
    }

    /// <summary>Registers of people's accounts and names are about people.</summary>
    private static bool IsOfOrganisations(RegisterKind kind) =>
        kind is not (RegisterKind.Review or RegisterKind.NamedPerson or RegisterKind.Access or RegisterKind.ReadReview);

    private static bool IsIn(InformationRequestRow request, DateTimeOffset at) =>
        DateOnly.FromDateTime(at.UtcDateTime) is var day && day >= request.From && day <= request.To;

    private IReadOnlyList<string> Others(InformationRequestRow request, IEnumerable<Id<Party>> parties) =>
        [.. parties.Where(party => party != request.Authority && party.Text.Length > 0).Texts().Distinct()
            .Where(party => agreements.Parties.Contains(party))];

    /// <summary>Versions in force at some time of the period: who, what for, which exchanges. Whether a partner published it, the register
    /// says.</summary>
    private async Task<IReadOnlyList<HeldInformation>> AgreementsAsync(InformationRequestRow request, CancellationToken cancellationToken)
    {
        var published = await registers.Governance.ListAsync(cancellationToken).Select(row => row.Row.Entry)
            .Where(entry => entry.Kind is RegisterKind.Publication).ToListAsync(cancellationToken);
        return
        [
            .. from version in agreements.Versions
               where version.InForceFrom <= request.To && !(version.Ends < request.From) && version.Party(request.Authority) is not null
               select new HeldInformation(
                   $"agreement-{version.Id}-{version.Version}",
                   InformationSubject.Agreements,
                   $"{version.Title}, version {version.Version}",
                   version.InForceFrom,
                   Others(request, version.Parties.Select(party => party.Id)),
                   [.. published.Where(entry => entry.Agreement == version.Id && entry.Version == version.Version)
                       .Select(entry => writer.NameOf(entry.Party)).Distinct()],
                   [
                       $"Between: {string.Join(", ", version.Parties.Select(party => party.Name))}.",
                       .. version.Purposes.Select(purpose => purpose.Words),
                       .. version.Exchanges.Select(exchange => $"{exchange.Id}: {exchange.Information}."),
                   ]),
        ];
    }

    private async Task<IReadOnlyList<HeldInformation>> EntriesAsync(
        InformationRequestRow request, InformationSubject subject, Func<RegisterKind, bool> wanted, CancellationToken cancellationToken) =>
        await registers.Governance.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(row => wanted(row.Entry.Kind) && IsIn(request, row.Entry.RecordedAt)).OrderBy(row => row.Entry.RecordedAt)
            .Select(row => new HeldInformation(
                $"entry-{row.Id}", subject, TitleOf(row), DateOnly.FromDateTime(row.Entry.RecordedAt.UtcDateTime),
                    Others(request, [row.Entry.Party, row.Entry.Recipient]), [], [.. WordsOf(row.Entry)]))
            .ToListAsync(cancellationToken);

    private static string TitleOf(RegisterRow row) =>
        $"{char.ToUpperInvariant(row.Entry.Definition.What[0])}{row.Entry.Definition.What[1..]}";

    private IEnumerable<string> WordsOf(RegisterEntry entry)
    {
        (string Name, string Value)[] said =
        [
            ("Agreement", entry.Agreement), ("Exchange", entry.Exchange),
                ("Partner", entry.Party.Text.Length > 0 ? writer.NameOf(entry.Party) : ""), ("Covers", entry.Scope),
            ("It stands", Kebab.Of(entry.State).Replace('-', ' ')), ("Until", entry.Until?.InWords() ?? ""),
                ("To be looked at again by", entry.ReviewOn?.InWords() ?? ""),
        ];
        foreach (var (name, value) in said.Where(pair => pair.Value.Length > 0))
        {
            yield return $"{name}: {value}.";
        }

        var questions = agreements.Versions.LastOrDefault(version => version.Id == entry.Agreement)?.Review.Questions ?? [];
        foreach (var (question, answer) in questions.Zip(entry.Answers))
        {
            yield return $"{question} {(answer ? "Yes." : "No.")}";
        }
    }

    private async Task<IReadOnlyList<HeldInformation>> NoticesAsync(InformationRequestRow request, CancellationToken cancellationToken) =>
        await registers.PrivacyNotices.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(notice => notice.PublishedOn >= request.From && notice.PublishedOn <= request.To).OrderBy(notice => notice.PublishedOn)
            .Select(notice => new HeldInformation(
                $"notice-{notice.Id}", InformationSubject.PrivacyNotices, $"Privacy notice, version {notice.Id}", notice.PublishedOn, [],
                    [writer.NameOf(notice.Authority)],
                [$"It tells of these agreements: {string.Join(", ", notice.Agreements)}."]))
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<HeldInformation>> SuspensionsAsync(InformationRequestRow request,
        CancellationToken cancellationToken) =>
        await registers.Suspensions.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(row => IsIn(request, row.Suspension.GivenAt)).OrderBy(row => row.Suspension.GivenAt)
            .Select(row => new HeldInformation(
                $"suspension-{row.Id}", InformationSubject.Suspensions, $"A suspension of {row.Agreement}",
                    DateOnly.FromDateTime(row.Suspension.GivenAt.UtcDateTime),
                Others(request, [row.Suspension.By]), [],
                    [$"It was suspended by {writer.NameOf(row.Suspension.By)}.", $"It stands: {Kebab.Of(row.State).Replace('-', ' ')}."]))
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<HeldInformation>> BreachesAsync(InformationRequestRow request, CancellationToken cancellationToken) =>
        await registers.Breaches.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(row => IsIn(request, row.RecordedAt)).OrderBy(row => row.RecordedAt)
            .Select(row => new HeldInformation(
                $"breach-{row.Id}", InformationSubject.Breaches, $"A breach under {row.Agreement}",
                    DateOnly.FromDateTime(row.RecordedAt.UtcDateTime),
                Others(request, [row.Provider, row.By]), [],
                    [$"Its kind: {Kebab.Of(row.Breach.Kind).Replace('-', ' ')}.", $"It stands: {Kebab.Of(row.State).Replace('-', ' ')}."]))
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<HeldInformation>> ResearchAsync(InformationRequestRow request, CancellationToken cancellationToken) =>
        await registers.Research.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(row => IsIn(request, row.RequestedAt)).OrderBy(row => row.RequestedAt)
            .Select(row => new HeldInformation(
                $"research-{row.Id}", InformationSubject.Research, "An anonymous extract for research",
                    DateOnly.FromDateTime(row.RequestedAt.UtcDateTime),
                Others(request, [row.Recipient]), [],
                    [$"It was asked for by {writer.NameOf(row.Recipient)}.", $"It stands: {Kebab.Of(row.State).Replace('-', ' ')}."]))
            .ToListAsync(cancellationToken);

    /// <summary>Figures about families and records, as they are: the response makes them safe.</summary>
    private async Task<IReadOnlyList<HeldInformation>> CountsAsync(InformationRequestRow request, CancellationToken cancellationToken)
    {
        var families = await registers.Families.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(family => IsIn(request, family.FoundAt))
            .Select(family => Kebab.Of(family.State)).ToListAsync(cancellationToken);
        var cases = await registers.Cases.ListAsync(cancellationToken).Select(row => row.Row).Where(row => IsIn(request, row.OpenedAt))
            .Select(row => Kebab.Of(row.State)).ToListAsync(cancellationToken);
        var records = await registers.Extracts.ListAsync(cancellationToken).Select(row => row.Row)
            .Where(extract => IsIn(request, extract.ClaimedAt) && extract.RowsAccepted > 0)
            .ToListAsync(cancellationToken);
        var period = string.Create(CultureInfo.InvariantCulture, $"from {request.From.InWords()} to {request.To.InWords()}");
        return
        [
            Figures("families", $"Families found {period}, by where they stand", families.CountBy(state => state)
                .Select(count => (count.Key.Replace('-', ' '), (long)count.Value))),
            Figures("cases", $"Cases opened {period}, by where they stand", cases.CountBy(state => state)
                .Select(count => (count.Key.Replace('-', ' '), (long)count.Value))),
            Figures("records", $"Records received {period}, by exchange", records.GroupBy(extract => extract.Exchange.Text)
                .Select(group => (group.Key, group.Sum(extract => extract.RowsAccepted)))),
        ];
    }

    private static HeldInformation Figures(string reference, string title, IEnumerable<(string Name, long Count)> counts)
    {
        var lines = counts.OrderBy(line => line.Name, StringComparer.Ordinal).ToList();
        return new(
            $"counts-{reference}", InformationSubject.Counts, title, null, [], [], lines.Count == 0 ? ["There were none."] : [],
            lines.Count == 0 ? null : new([.. lines.Select(line => line.Name)], [title], lines.Select(line => line.Count)));
    }
}
