using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>A service that works with a family, or worked with it before, as a partner named it. Personal data.</summary>
/// <param name="Contact">Whom to ask there; empty: not said.</param>
/// <param name="Until">The last day that it worked with the family, where it was said.</param>
/// <param name="Source">The agency whose list names it.</param>
/// <param name="AsAt">The day of that list.</param>
public sealed record InvolvedService(string Service, string Contact, bool Now, DateOnly? Until, string Source, DateOnly AsAt);

/// <param name="Withheld">Lists that are not shown: their agreement does not allow it now.</param>
/// <param name="Objected">Services that are not shown: whoever they are about, or may be, objects to it.</param>
public sealed record InvolvedServices(IReadOnlyList<InvolvedService> Services, int Withheld, int Objected = 0);

/// <summary>Says which services work with a family and which worked with it before, out of the lists that came for it. Every look is an
/// act.</summary>
/// <remarks>seeds/002 App B rows 12 and 16; seeds/001 2 Prioritising Households: "which services are currently or have historically been
/// working with that family". The newest list of each exchange counts, as for the order of priority.</remarks>
public sealed class FamilyServices(
    CaseOpenings openings, ReadableItems readable, Notices notices, MatchingPlan plan, CaseBook book, Acts acts)
{
    /// <summary>The code of the act, and of one that was refused.</summary>
    public const string Act = "case.read-services";

    /// <param name="asKeyWorker">The family's own key worker looks.</param>
    /// <returns>Null when they may not be shown to whoever looks: the case is erased, or support has no basis (any more).</returns>
    public async Task<InvolvedServices?> ReadAsync(CaseCaller by, Case row, bool asKeyWorker, CancellationToken cancellationToken)
    {
        if (!PeopleLookRules.MayLook(row.Family, asKeyWorker))
        {
            return null;
        }

        InvolvedServices? read = null;
        var look = by.Act(row, Act);
        await acts.PerformAsync(
            look,
            async token =>
            {
                read = await OpenAsync(by, row, look.ActId, token);
                return new ActResult { Count = read.Services.Count };
            },
            cancellationToken);
        return read;
    }

    /// <summary>Opens the lists. Whoever does is inside an act.</summary>
    internal async Task<InvolvedServices> OpenAsync(CaseCaller by, Case row, string actId, CancellationToken cancellationToken)
    {
        var items = new List<PackItem>();
        var (_, withheld) = await openings.OpenAsync(
            row,
            records => Newest(records).Select(record => (record, UseOf(record))),
            "case.open-services",
            $"{actId}.open",
            by.Account,
            by.Role,
            (record, use, rows) => items.AddRange(rows.Select(opened => new PackItem(
                record.Originator, record.Exchange, record.ExtractId, record.AsAt, record.Dataset, opened.Fields)
            {
                Member = opened.Member,
                Use = use,
            })),
            cancellationToken);
        var shown = await readable.OfAsync(row, items, await notices.StandingAsync(cancellationToken), cancellationToken);
        var services = shown.GroupBy(item => item.ExtractId).SelectMany(list => Named(list.First(), [.. list.Select(item => item.Fields)]));
        var inOrder = services.OrderByDescending(service => service.Now).ThenBy(service => service.Service, StringComparer.Ordinal);
        return new([.. inOrder], withheld, items.Count - shown.Count);
    }

    private IEnumerable<InvolvedService> Named(PackItem of, IReadOnlyList<IReadOnlyDictionary<string, string>> rows) =>
        from service in FamilySignals.NamedServices(plan.Programme, of.Dataset, rows, book.Today) ?? []
        select new InvolvedService(service.Name, service.Contact, service.Now, service.Until, of.Source, of.AsAt);

    private IEnumerable<FamilyBlob> Newest(IReadOnlyList<FamilyBlob> records) => records
        .Where(record => plan.Programme.Services.Any(list => list.Dataset == record.Dataset))
        .GroupBy(record => record.Exchange)
        .Select(exchange => exchange.MaxBy(record => record.AsAt)!);

    private static Use? UseOf(FamilyBlob record) =>
        record.Uses.Contains(Use.Management) ? Use.Management : record.Uses.Contains(Use.KeyWorker) ? Use.KeyWorker : null;
}
