using System.Text.Json;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <param name="Withheld">Items that are not shown: their source says they are no longer current, their agreement does not allow it now,
/// the person
/// objects, or they are about a victim or witness who has not agreed.</param>
public sealed record CaseInformation(IReadOnlyList<PackItem> Items, int Withheld);

/// <summary>Shows what is known of a family to those who work with it, each item with its source and as-at date. Every reading is an act.</summary>
/// <remarks>What it shows is neither the check of currency nor kept by it: seeds/002 App A, fourth principle.</remarks>
public sealed class CaseReading(
    Registers registers, CaseOpenings openings, ReadableItems readable, SealedDocuments documents, Notices notices, Acts acts)
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
                var shown = await readable.OfAsync(row, [.. items.Where(item => IsCurrent(row, item))], standing, token);
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

        var (information, _) = await ReadAsync(
            by,
            row,
            "case.read-incidents",
            record => record.Uses.Contains(Use.Management) ? Use.Management : record.Uses.Contains(Use.KeyWorker) ? Use.KeyWorker : record.Uses.Contains(Use.Profiling) ? Use.Profiling : null,
            cancellationToken);
        return information;
    }

    /// <summary>What came to measure progress, before, during and after support: whether outcomes were sustained is decided on it.</summary>
    /// <remarks>seeds/002 App B, B; seeds/001 Significant and sustained progress.</remarks>
    public async Task<CaseInformation> ReadProgressAsync(CaseCaller by, Case row, CancellationToken cancellationToken)
    {
        var (information, opened) = await ReadAsync(
            by, row, "case.read-progress", record => record.Uses.Contains(Use.Baseline) ? Use.Baseline : null, cancellationToken);
        var kept = (await registers.Families.FindAsync(row.Id, cancellationToken))?.Row.Records.Count(record => record.Uses.Contains(Use.Baseline)) ?? 0;
        return information with { Withheld = information.Withheld + kept - opened };
    }

    /// <returns>What may be read, and how many records were opened for it.</returns>
    private async Task<(CaseInformation Information, int Opened)> ReadAsync(
        CaseCaller by, Case row, string act, Func<FamilyBlob, Use?> useOf, CancellationToken cancellationToken)
    {
        var standing = await notices.StandingAsync(cancellationToken);
        var (information, opened) = (new CaseInformation([], 0), 0);
        var reading = by.Act(row, act);
        await acts.PerformAsync(
            reading,
            async token =>
            {
                var (items, sources) = await openings.ReadAsync(row, useOf, reading.ActId, by.Account, by.Role, token);
                var shown = await readable.OfAsync(row, items, standing, token);
                (information, opened) = (new(shown, items.Count - shown.Count), sources.Count);
                return new ActResult { Count = shown.Count };
            },
            cancellationToken);
        return (information, opened);
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
