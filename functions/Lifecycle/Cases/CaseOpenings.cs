using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Opens what is kept of a case's family, as far as the agreements allow it now: one act an opening.</summary>
public sealed class CaseOpenings(Registers registers, FamilyVault vault, AgreementGate gate, Notices notices, Acts acts, TimeProvider time)
{
    /// <param name="useOf">For which use a record is opened; null: not at all.</param>
    /// <param name="actId">Each opening is <paramref name="actId"/> and the extract's id.</param>
    /// <returns>The items, and the records they come from; what the gate refuses is left out.</returns>
    public async Task<(IReadOnlyList<PackItem> Items, IReadOnlyList<FamilyBlob> Sources)> ReadAsync(
        Case row, Func<FamilyBlob, Use?> useOf, string actId, string actor, string role, CancellationToken cancellationToken)
    {
        var (items, sources, all) = (new List<PackItem>(), new List<FamilyBlob>(), new List<Opening>());
        var family = await registers.Families.FindAsync(row.Id, cancellationToken);
        var standing = await notices.StandingAsync(cancellationToken);
        using var open = vault.Open(sources);
        foreach (var record in family?.Row.Records.Where(record => record.Blob.Sha256.Length > 0) ?? [])
        {
            if (useOf(record) is not { } use)
            {
                continue;
            }

            var decision = Check(row, record.Exchange, use, standing);
            if (!decision.Allowed)
            {
                continue;
            }

            var act = row.Act("case.open", actor) with
            {
                ActId = $"{actId}.{record.ExtractId}",
                Role = role,
                Agreement = decision.Agreement,
                AgreementVersion = decision.Version,
                Exchange = record.Exchange,
                Basis = decision.Basis,
                Purpose = decision.Purpose,
                References = [row.Id, record.ExtractId],
            };
            all.Add(new(act, async token =>
            {
                var rows = await open.ReadAsync(record, token);
                items.AddRange(rows.Select(opened => new PackItem(record.Originator, record.Exchange, record.ExtractId, record.AsAt, record.Dataset, opened.Fields, use is Use.Profiling)));
                return rows.Count;
            }));
            sources.Add(record);
        }

        await Openings.PerformAsync(acts, all, _ => Task.CompletedTask, cancellationToken);
        return (items, sources);
    }

    /// <summary>Whether what came under an exchange may be opened for a case's family, now.</summary>
    public GateDecision Check(Case row, Id<Exchange> exchange, Use use, IReadOnlyList<AgreementNotice> standing) => gate.Check(new()
    {
        Act = GateAct.Opening,
        Exchange = exchange,
        Agency = row.Authority,
        At = time.GetUtcNow(),
        Notices = standing,
        Use = use,
        Families = row.Standing,
    });
}
