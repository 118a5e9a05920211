using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>What is known of a family that measures it. Personal data.</summary>
/// <param name="Facts">In the order in which they were received.</param>
/// <param name="Problems">By the ids of the programme's criteria.</param>
internal sealed record Evidence(IReadOnlyList<Fact> Facts, IReadOnlyCollection<string> Problems, OutcomeRun Run);

/// <summary>Opens what came for outcomes of one family, as far as it may be opened now, and says what else was received. Whoever asks is
/// inside an act.</summary>
/// <remarks>seeds/002 App B, use B. Matching has put in what identifies too; the rest was delivered.</remarks>
public sealed class OutcomeEvidence(
    Registers registers,
    CaseOpenings openings,
    ReadableItems readable,
    FamilyVault vault,
    AgreementCatalogue agreements,
    Notices notices,
    CaseBook book)
{
    /// <param name="actId">Each opening is this and the extract's id.</param>
    /// <returns>Null when nothing is kept of the family.</returns>
    internal async Task<Evidence?> OpenAsync(
        CaseCaller by, Case row, DateOnly entered, FamilyOutcomePlan outcomes, TermCalendar terms, string actId,
            CancellationToken cancellationToken)
    {
        if (await registers.Families.FindAsync(row.Id, cancellationToken) is not { Row: { Explanation: not null } family })
        {
            return null;
        }

        var datasets = outcomes.Outcomes.Select(outcome => outcome.Dataset).ToHashSet();
        bool IsRead(FamilyBlob record) => datasets.Contains(record.Dataset) && record.Uses.Contains(Use.Baseline);
        var standing = await notices.StandingAsync(cancellationToken);
        var (items, sources) = await openings.ReadAsync(row, record => IsRead(record) ? Use.Baseline : null, actId, by.Account, by.Role,
            cancellationToken);
        var shown = await readable.OfAsync(row, items, standing, cancellationToken);
        var shut = family.Records.Where(IsRead).ExceptBy(sources.Select(source => source.Blob.Name), record => record.Blob.Name)
            .Select(record => record.Dataset)
            .Concat(items.CountBy(item => item.Dataset).Except(shown.CountBy(item => item.Dataset)).Select(count => count.Key)).ToHashSet();
        var (received, superseded) = await ReceivedAsync(row, entered, datasets, cancellationToken);
        var opened = sources.DistinctBy(source => source.ExtractId).Index().ToDictionary(source => source.Item.ExtractId);
        var explanation = await vault.ReadExplanationAsync(family.Readable, cancellationToken);
        return new(
            FactsOf([.. shown.Where(item => !superseded.Contains(item.ExtractId)).OrderBy(item => opened[item.ExtractId].Index)], opened),
            [.. explanation.Problems.Concat(explanation.Surfaced.Select(problem => problem.Problem)).Distinct()],
            new()
            {
                On = book.Today,
                EnteredOn = entered,
                Terms = terms,
                Received = received,
                Senders = Senders(row),
                Withheld = shut,
            });
    }

    /// <summary>Whose each row is: as the record says, or as the comparison has it that tells people of one home apart.</summary>
    private static IReadOnlyList<Fact> FactsOf(IReadOnlyList<PackItem> items, IReadOnlyDictionary<Id<Extract>,
        (int Index, FamilyBlob Item)> records)
    {
        var named = items.Index().Where(item => PeopleReader.IdentityOf(item.Item.Fields) is not null).ToList();
        var people = new string?[items.Count];
        if (named.Count > 0)
        {
            var links = HouseholdLinker.Link([.. named.Select(item => PeopleReader.IdentityOf(item.Item.Fields)!)]);
            foreach (var person in named.Zip(links.Persons).GroupBy(pair => pair.Second))
            {
                var member = person.Select(pair => pair.First.Item.Member)
                    .FirstOrDefault(reference => reference.Length > 0) ?? $"person {person.Key + 1}";
                foreach (var (item, _) in person)
                {
                    people[item.Index] = member;
                }
            }
        }

        return
        [
            .. items.Select((item, place) =>
            {
                var record = records[item.ExtractId].Item;
                var source = new FactSource(
                    item.ExtractId, item.Dataset, $"{record.Agreement}@{record.AgreementVersion}", item.Exchange, record.Uses,
                        record.Originator, item.AsAt);
                return new Fact(
                    source, place, item.Member.Length > 0 ? item.Member : people[place], PeopleReader.IdentityOf(item.Fields)?.Born,
                        item.Fields);
            }),
        ];
    }

    /// <summary>The extracts in which the family was looked for, whether or not they named it; and those that were corrected.</summary>
    private async Task<(IReadOnlyList<FactSource> Received, IReadOnlySet<string> Superseded)> ReceivedAsync(
        Case row, DateOnly entered, HashSet<string> datasets, CancellationToken cancellationToken)
    {
        var (received, superseded) = (new List<FactSource>(), new HashSet<string>());
        await foreach (var (extract, _) in registers.Extracts.ListAsync(cancellationToken))
        {
            if (extract.SupersededBy.Length > 0)
            {
                superseded.Add(extract.Id);
            }
            else if (extract.RefusalCode.Length == 0 && (extract.Delivered || extract.MatchedBy.Length > 0)
                && agreements.Find($"{extract.Agreement}@{extract.AgreementVersion}")?.Exchange(
                    extract.Exchange) is { Specification: { } specification } exchange
                && exchange.Uses.Contains(Use.Baseline) && datasets.Contains(specification.Id))
            {
                var asAt = DateOnly.FromDateTime(extract.ClaimedAt.UtcDateTime);

                // Of a family that was not supported then, nothing was looked for.
                if (exchange.Scope is not ExchangeScope.Allocated || (asAt >= entered && !(row.EndedOn < asAt)))
                {
                    received.Add(new(
                        extract.Id, specification.Id, $"{extract.Agreement}@{extract.AgreementVersion}", extract.Exchange, exchange.Uses,
                            extract.Agency, asAt));
                }
            }
        }

        return (received, superseded);
    }

    private ILookup<string, Id<Party>> Senders(Case row) =>
        (from agreement in agreements.InForce(book.Today)
         let signed = agreements.Signatories(agreement.Id, book.Today)
         from exchange in agreement.Exchanges
         where exchange.Uses.Contains(Use.Baseline) && exchange.To.Contains(row.Authority) && exchange.Specification is not null
         from sender in exchange.From
         where signed.Contains(sender)
         select (exchange.Specification!.Id, sender)).ToLookup(pair => pair.Id, pair => pair.sender);
}
