using System.Collections.Concurrent;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Outcomes;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>Documents say something else than when they were first used under their versions. The host does not start.</summary>
/// <param name="changed">Each with the keys that changed.</param>
public sealed class DocumentChangedException(IReadOnlyList<(string Document, IReadOnlyList<string> Keys)> changed) : Exception(
    $"{string.Join(". ", changed.Select(one => $"{one.Document} was used and says something else now{(one.Keys.Count > 0 ? $": {string.Join(", ", one.Keys)}" : "")}"))}. "
    + "A version that was used is never edited: put the old document back, and write the change as a new version: an agreement or a plan with a new date ('dated'), "
    + "a dataset, a programme or a family outcome plan with a new number ('version').");

/// <summary>What each document said when it was first used: its SHA-256 goes into the ledger then, and stands.</summary>
/// <remarks>Ours. seeds/002 §4.3: "the revised table will be dated".</remarks>
public sealed class UsedDocuments(AgreementCatalogue agreements, MatchingPlan plan, Ledger ledger, Acts acts)
{
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    public async Task UseAsync(Agreement agreement, DatasetSpecification? dataset, CancellationToken cancellationToken)
    {
        await UseAsync(ActOf(agreement), agreement.Sha256, agreement.Parts, cancellationToken);
        if (dataset is not null)
        {
            await UseAsync(ActOf(dataset), dataset.Sha256, dataset.Parts, cancellationToken);
        }
    }

    /// <summary>The plan of this deployment and its programme.</summary>
    public async Task UsePlanAsync(CancellationToken cancellationToken)
    {
        await UseAsync(ActOf(plan.Programme), plan.Programme.Sha256, plan.Programme.Parts, cancellationToken);
        await UseAsync(ActOf(plan), plan.Sha256, plan.Parts, cancellationToken);
    }

    /// <summary>The plan by which a family is measured.</summary>
    public Task UseAsync(FamilyOutcomePlan outcomes, CancellationToken cancellationToken) =>
        UseAsync(ActOf(outcomes), outcomes.Sha256, outcomes.Parts, cancellationToken);

    /// <exception cref="DocumentChangedException">All that were used and say something else now.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var changed = new List<(string Document, IReadOnlyList<string> Keys)>();
        foreach (var agreement in agreements.Versions)
        {
            await CheckAsync(changed, agreement.Name, ActOf(agreement), agreement.Sha256, agreement.Parts, cancellationToken);
        }

        foreach (var dataset in agreements.Versions.SelectMany(version => version.Exchanges).Select(exchange => exchange.Specification).OfType<DatasetSpecification>().DistinctBy(ActOf))
        {
            await CheckAsync(changed, $"The dataset {dataset}", ActOf(dataset), dataset.Sha256, dataset.Parts, cancellationToken);
        }

        await CheckAsync(changed, $"The programme {plan.Programme.Name}", ActOf(plan.Programme), plan.Programme.Sha256, plan.Programme.Parts, cancellationToken);
        foreach (var outcomes in plan.OutcomePlans.Values)
        {
            await CheckAsync(changed, $"The family outcome plan {outcomes.Name}", ActOf(outcomes), outcomes.Sha256, outcomes.Parts, cancellationToken);
        }

        await CheckAsync(changed, $"The matching plan {plan.Name}", ActOf(plan), plan.Sha256, plan.Parts, cancellationToken);
        if (changed.Count > 0)
        {
            throw new DocumentChangedException(changed);
        }
    }

    private static string ActOf(Agreement agreement) => $"document.use.agreement.{agreement.Name}";

    private static string ActOf(DatasetSpecification dataset) => $"document.use.dataset.{dataset.Id}@{dataset.Version}";

    private static string ActOf(EligibilityProgramme programme) => $"document.use.programme.{programme.Name}";

    private static string ActOf(FamilyOutcomePlan outcomes) => $"document.use.outcomes.{outcomes.Name}";

    private static string ActOf(MatchingPlan plan) => $"document.use.plan.{plan.Name}";

    private async Task UseAsync(string actId, string sha256, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        if (sha256.Length > 0 && !known.ContainsKey(actId))
        {
            await acts.PerformAsync(
                new LedgerAct { ActId = actId, Act = "document.use", Actor = nameof(UsedDocuments), References = parts, Hash = sha256 }, _ => Task.FromResult(ActResult.Done), cancellationToken);
            known.TryAdd(actId, true);
        }
    }

    private async Task CheckAsync(
        List<(string Document, IReadOnlyList<string> Keys)> changed,
        string document,
        string actId,
        string sha256,
        IReadOnlyList<string> parts,
        CancellationToken cancellationToken)
    {
        if (sha256.Length > 0 && await ledger.FindAsync(actId, EntryKind.Outcome, cancellationToken) is { Entry: { } used } && used.Hash != sha256)
        {
            changed.Add((document, [.. parts.Except(used.References).Concat(used.References.Except(parts)).Select(part => part[..part.LastIndexOf('=')]).Distinct()]));
        }
    }
}
