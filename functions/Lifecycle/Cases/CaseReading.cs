using System.Text.Json;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <param name="Withheld">Items that are not shown: their source says they are no longer current, or their agreement does not allow it now.</param>
public sealed record CaseInformation(IReadOnlyList<PackItem> Items, int Withheld);

/// <summary>Shows what is known of a family to those who work with it, each item with its source and as-at date. Every reading is an act.</summary>
/// <remarks>What it shows is neither the check of currency nor kept by it: seeds/002 App A, fourth principle.</remarks>
public sealed class CaseReading(Registers registers, CaseOpenings openings, SealedDocuments documents, Notices notices, Acts acts)
{
    /// <summary>The information pack.</summary>
    /// <returns>Null when there is none, or sharing has no basis (any more).</returns>
    public async Task<CaseInformation?> ReadPackAsync(CaseCaller by, Case row, CancellationToken cancellationToken)
    {
        if (row.Pack is not { Sha256.Length: > 0 } pack || !MayRead(row))
        {
            return null;
        }

        var standing = await notices.StandingAsync(cancellationToken);
        CaseInformation? information = null;
        await acts.PerformAsync(
            by.Act(row, "case.read-pack"),
            async token =>
            {
                var opened = await documents.OpenAsync(pack.Name, token);
                var items = JsonSerializer.Deserialize<InformationPack>(opened, Outbox.Json)!.Items;
                opened.AsSpan().Clear();
                var shown = items.Where(item => IsCurrent(row, item) && openings.Check(row, item.Exchange, Use.KeyWorker, standing).Allowed).ToList();
                information = new(shown, items.Count - shown.Count);
                return new ActResult { Count = shown.Count };
            },
            cancellationToken);
        return information;
    }

    /// <summary>What came since for the family's support: further incidents, and what else the key worker is to know.</summary>
    /// <returns>Null when the family is not supported on a standing basis.</returns>
    public async Task<CaseInformation?> ReadIncidentsAsync(CaseCaller by, Case row, CancellationToken cancellationToken)
    {
        if (row.State is not FamilyCaseState.Supported || row.Family.Basis is SupportBasis.None)
        {
            return null;
        }

        var (items, _) = await openings.ReadAsync(
            row,
            record => record.Uses.Contains(Use.Management) ? Use.Management : record.Uses.Contains(Use.KeyWorker) ? Use.KeyWorker : record.Uses.Contains(Use.Profiling) ? Use.Profiling : null,
            $"case.read.{row.Id}.{Reference.New()[..8]}",
            by.Account,
            by.Role,
            cancellationToken);
        return new(items, Withheld: 0);
    }

    /// <summary>What came to measure progress, before, during and after support: whether outcomes were sustained is decided on it.</summary>
    /// <remarks>seeds/002 App B, B; seeds/001 Significant and sustained progress.</remarks>
    public async Task<CaseInformation> ReadProgressAsync(CaseCaller by, Case row, CancellationToken cancellationToken)
    {
        var (items, sources) = await openings.ReadAsync(
            row, record => record.Uses.Contains(Use.Baseline) ? Use.Baseline : null, $"case.progress.{row.Id}.{Reference.New()[..8]}", by.Account, by.Role, cancellationToken);
        var kept = (await registers.Families.FindAsync(row.Id, cancellationToken))?.Row.Records.Count(record => record.Uses.Contains(Use.Baseline)) ?? 0;
        return new(items, kept - sources.Count);
    }

    /// <summary>Before the invitation it informs the judgement; from allocation on it needs consent or a duty; afterwards nobody reads it.</summary>
    private static bool MayRead(Case row) => row.State switch
    {
        FamilyCaseState.PackPrepared or FamilyCaseState.SuitabilityConfirmed or FamilyCaseState.Invited or FamilyCaseState.Agreed => true,
        FamilyCaseState.Supported => row.Family.Basis is not SupportBasis.None,
        _ => false,
    };

    private static bool IsCurrent(Case row, PackItem item) => row.Currency.All(check => check.ExtractId != item.ExtractId || check is { AnsweredAt: null } or { Current: true });
}
