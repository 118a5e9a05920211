using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
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
        var items = new List<PackItem>();
        var (sources, _) = await OpenAsync(
            row,
            records => records.Select(record => (record, useOf(record))),
            "case.open",
            actId,
            actor,
            role,
            (record, use, rows) => items.AddRange(rows.Select(opened => new PackItem(
                record.Originator, record.Exchange, record.ExtractId, record.AsAt, record.Dataset, opened.Fields, use is Use.Profiling)
            {
                Member = opened.Member,
                Use = use,
            })),
            cancellationToken);
        return (items, sources);
    }

    /// <summary>Opens records of the family, each for a use that its exchange was agreed for.</summary>
    /// <param name="choose">Of all that is kept, what is opened and for which use; null: not at all.</param>
    /// <param name="act">What each opening is, as an act.</param>
    /// <param name="actId">Each opening is <paramref name="actId"/> and the extract's id.</param>
    /// <param name="take">Gets what each record holds. Personal data.</param>
    /// <returns>The records that were opened, and how many the gate refused.</returns>
    public async Task<(IReadOnlyList<FamilyBlob> Sources, int Withheld)> OpenAsync(
        Case row,
        Func<IReadOnlyList<FamilyBlob>, IEnumerable<(FamilyBlob Record, Use? Use)>> choose,
        string act,
        string actId,
        string actor,
        string role,
        Action<FamilyBlob, Use, IReadOnlyList<FamilyRow>> take,
        CancellationToken cancellationToken)
    {
        var (sources, all, withheld) = (new List<FamilyBlob>(), new List<Opening>(), 0);
        var family = await registers.Families.FindAsync(row.Id, cancellationToken);
        var standing = await notices.StandingAsync(cancellationToken);
        using var open = vault.Open(sources);
        foreach (var (record, asked) in choose([.. family?.Row.Records.Where(record => record.Blob.Sha256.Length > 0) ?? []]))
        {
            if (asked is not { } use)
            {
                continue;
            }

            var decision = Check(row, record.Exchange, use, standing);
            if (!decision.Allowed)
            {
                withheld++;
                continue;
            }

            var opening = row.Act(act, actor) with
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
            all.Add(new(opening, async token =>
            {
                var rows = await open.ReadAsync(record, token);
                take(record, use, rows);
                return rows.Count;
            }));
            sources.Add(record);
        }

        await Openings.PerformAsync(acts, all, _ => Task.CompletedTask, cancellationToken);
        return (sources, withheld);
    }

    /// <summary>Whether what came under an exchange may be opened for a case's family, now.</summary>
    /// <param name="objections">Of the person it is about.</param>
    public GateDecision Check(
        Case row, Id<Exchange> exchange, Use use, IReadOnlyList<AgreementNotice> standing, IReadOnlyList<Objection>? objections = null) => gate.Check(new()
        {
            Act = GateAct.Opening,
            Exchange = exchange,
            Agency = row.Authority,
            At = time.GetUtcNow(),
            Notices = standing,
            Use = use,
            Families = row.Standing,
            Objections = objections ?? [],
        });
}
