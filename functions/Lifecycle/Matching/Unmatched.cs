using System.Globalization;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Records of a partner's extract whose household nothing else that is kept names.</summary>
/// <param name="Rows">Rows of the extract.</param>
/// <param name="Unmatched">How many of them.</param>
/// <param name="First">The row numbers of the first of them, as the partner's file has them: as many as one question may name.</param>
public sealed record UnmatchedExtract(
    string Id, Id<Party> Agency, Id<Exchange> Exchange, string Dataset, long Rows, long Unmatched, IReadOnlyList<long> First);

/// <summary>Which records of partners cannot be matched with what others hold, by reference: their sources can be asked.</summary>
/// <remarks>seeds/002 §6. Facts are opened, and nobody's name; nothing of it is written but that it was looked at.
/// A round erases what it leaves unmatched, so that this is looked at before it.</remarks>
public sealed class Unmatched(Registers registers, MatchingGate gate, Notices notices, FactsReader facts, MatchingPlan plan, Acts acts)
{
    private const string Preview = "match.preview";
    private const int MostListed = SourceQuestionRules.MostRows;

    public async Task<IReadOnlyList<UnmatchedExtract>> LookAsync(string account, string role, CancellationToken cancellationToken)
    {
        var standing = await notices.StandingAsync(cancellationToken);
        var licences = await registers.Extracts.ListAsync(cancellationToken)
            .Where(extract => extract.Row.State is ExtractStage.Kept)
            .Select(extract => gate.Find(extract.Row, plan.Authority, standing))
            .OfType<MatchingLicence>()
            .ToListAsync(cancellationToken);
        var (look, places) = (Reference.New(), new Places(licences.Count));

        // Lists last: the other extracts say which household each of a list's names means.
        await Openings.PerformAsync(
            acts,
            [
                .. licences.Select((licence, source) => (licence, source)).OrderBy(pair => pair.licence.IsList)
                    .Select(pair => new Opening(
                        ActOf(pair.licence, look, account, role), token => ReadAsync(pair.licence, pair.source, places, token))),
            ],
            _ => Task.CompletedTask,
            cancellationToken);
        return
        [
            .. licences.Select((licence, source) => (licence, Rows: places.Alone(source)))
                .Where(pair => pair.licence.Extract.Agency != plan.Authority && pair.Rows.Count > 0)
                .OrderBy(pair => pair.licence.Extract.ClaimedAt)
                .Select(pair => new UnmatchedExtract(
                    pair.licence.Extract.Id,
                    pair.licence.Extract.Agency,
                    pair.licence.Extract.Exchange,
                    pair.licence.Specification.Id,
                    pair.licence.Extract.RowsAccepted,
                    pair.Rows.Count,
                    [.. pair.Rows.Order().Take(MostListed)])),
        ];
    }

    private static LedgerAct ActOf(MatchingLicence licence, string look, string account, string role) =>
        licence.Extract.Act(Preview, account) with
        {
            ActId = string.Create(CultureInfo.InvariantCulture, $"{Preview}.{look}.{licence.Extract.Id}"),
            Role = role,
            AgreementVersion = licence.Decision.Version,
            Basis = licence.Decision.Basis,
            Purpose = licence.Decision.Purpose,
        };

    private async Task<long> ReadAsync(MatchingLicence licence, int source, Places places, CancellationToken cancellationToken)
    {
        var rows = 0L;
        await facts.ReadAsync(
            licence.Extract.Sealed!.Facts.Name,
            licence.Specification,
            static _ => true,
            row =>
            {
                rows++;
                places.Add(source, row, licence);
            },
            cancellationToken);
        return rows;
    }

    /// <summary>Who names which household: in memory only.</summary>
    private sealed class Places(int sources)
    {
        private const int Several = -1;

        private readonly Dictionary<HouseholdPseudonym, int> named = [];
        private readonly Dictionary<(string Agreement, HouseholdPseudonym Name), HouseholdPseudonym> listed = [];
        private readonly List<(HouseholdPseudonym Household, long Row)>[] rows =
            [.. Enumerable.Range(0, sources).Select(_ => new List<(HouseholdPseudonym, long)>())];

        public void Add(int source, FactRow row, MatchingLicence licence)
        {
            foreach (var partner in row.PartnerNames)
            {
                listed[partner] = row.Household;
            }

            // A list's name that nothing else knows stays its own.
            var name = (licence.Decision.Agreement, row.Household);
            var household = licence.IsList && listed.TryGetValue(name, out var meant) ? meant : row.Household;
            named[household] = named.TryGetValue(household, out var other) && other != source ? Several : source;
            rows[source].Add((household, row.Row));
        }

        public IReadOnlyList<long> Alone(int source) =>
            [.. rows[source].Where(row => named[row.Household] == source).Select(row => row.Row)];
    }
}
