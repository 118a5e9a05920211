using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Retention;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Gives what came for the key worker, for the management of support, to measure progress, or as a score, to the families it is about: sealed anew, a blob a family. What is about nobody here is due at once.</summary>
/// <remarks>seeds/001 Description of intended data (further relevant incidents), seeds/002 App B rows 1, 6, 12, 15, 16; seeds/003 (the
/// score). Matching never reads it; a score and the number of services move a family in the order of priority, from then on.</remarks>
public sealed class DeliverToCases(
    Registers registers,
    HouseholdIndex index,
    FactsReader facts,
    PeopleReader people,
    FamilyVault vault,
    Erasure erasure,
    EraseExtract erasing,
    RetentionLines lines,
    AgreementCatalogue agreements,
    AgreementGate gate,
    Notices notices,
    Deployment deployment,
    MatchingPlan plan,
    CaseVisits visits,
    Acts acts,
    TimeProvider time) : Activity<DeliverToCases, ExtractReference, bool>
{
    /// <returns>True when it was delivered, and the rest of the extract erased; false when it came for another use, or may not be opened now.</returns>
    public override async Task<bool> RunAsync(ExtractReference input, CancellationToken cancellationToken)
    {
        var extract = await registers.Extracts.GetAsync(input.ExtractId, cancellationToken);
        if (extract.Row.State is not ExtractStage.Kept || agreements.Find($"{extract.Row.Agreement}@{extract.Row.AgreementVersion}")?.Exchange(extract.Row.Exchange) is not { } exchange
            || UseOf(exchange) is not { } use || !IsKeptForFamilies(extract.Row, exchange) || exchange.Specification is not { } specification)
        {
            return false;
        }

        var decision = gate.Check(new()
        {
            Act = GateAct.Opening,
            Exchange = exchange.Id,
            Agency = deployment.OwnerOr(plan.Authority),
            At = time.GetUtcNow(),
            Notices = await notices.StandingAsync(cancellationToken),
            Use = use,
            Families = FamilyStanding.Allocated,
        });
        if (!decision.Allowed)
        {
            return false;
        }

        var act = extract.Row.Act("extract.deliver", nameof(ExtractIntakeOrchestration)) with { Basis = decision.Basis, Purpose = decision.Purpose };
        await acts.PerformAsync(act, token => DeliverAsync(extract, exchange, specification, token), cancellationToken);
        await erasing.RunAsync(input, cancellationToken);
        return true;
    }

    private static Use? UseOf(Exchange exchange) =>
        exchange.Uses.Contains(Use.Identification) ? null
        : exchange.Uses.Contains(Use.Management) ? Use.Management
        : exchange.Uses.Contains(Use.KeyWorker) ? Use.KeyWorker
        : exchange.Uses.Contains(Use.Baseline) ? Use.Baseline
        : exchange.Uses.Contains(Use.Profiling) ? Use.Profiling
        : null;

    /// <summary>What has no line about families of the programme is nothing that families get: what a processor holds stays with it.</summary>
    private bool IsKeptForFamilies(Extract extract, Exchange exchange) =>
        lines.At(RetentionPoint.OnProgramme, $"{extract.Agreement}@{extract.AgreementVersion}", exchange.Id, extract.Agency, exchange.To[0], RetentionClocks.None) is not null;

    private async Task<ActResult> DeliverAsync(Registered<Extract> extract, Exchange exchange, DatasetSpecification specification, CancellationToken cancellationToken)
    {
        var families = await FamiliesAsync(exchange, cancellationToken);
        using var tokens = await index.OpenAsync(cancellationToken);
        var found = new Dictionary<string, (HouseholdPseudonym Household, Dictionary<long, Dictionary<string, string>> Rows)>();

        string? FamilyOf(HouseholdPseudonym household) => families.Programmes.Select(programme => families.ByToken.GetValueOrDefault(tokens.Of(programme, household))).FirstOrDefault(id => id is not null);

        await facts.ReadAsync(
            extract.Row.Sealed!.Facts.Name,
            specification,
            household => FamilyOf(household) is not null,
            row =>
            {
                var id = FamilyOf(row.Household)!;
                found.TryAdd(id, (row.Household, []));
                found[id].Rows[row.Row] = new(row.Fields);
            },
            cancellationToken);
        if (found.Count > 0)
        {
            var byRow = found.Values.SelectMany(family => family.Rows).ToDictionary();
            await people.ReadAsync(
                extract.Row.Sealed.Persons.Name,
                specification,
                [.. found.Values.Select(family => family.Household)],
                (row, fields) =>
                {
                    foreach (var (name, value) in fields)
                    {
                        byRow[row][name] = value;
                    }
                },
                cancellationToken);
        }

        foreach (var (id, (_, rows)) in found)
        {
            await KeepAsync(id, extract.Row, exchange, specification, rows, cancellationToken);
        }

        var rule = found.Count == 0
            ? "It says nothing of a family here that it may be kept for, and is erased at once"
            : $"What it says of {found.Count} famil{(found.Count == 1 ? "y" : "ies")} here was sealed anew for them, and is kept by {extract.Row.RetentionRule}; the rest is about nobody here and is erased at once";
        await registers.Extracts.ChangeAsync(extract, extract.Row with { KeptUntil = time.GetUtcNow(), RetentionRule = rule, Delivered = true }, cancellationToken);
        return new ActResult { Count = found.Values.Sum(family => (long)family.Rows.Count), References = [extract.Row.Id, .. found.Keys] };
    }

    /// <summary>The families it may be about: those that are supported, or for an exchange about families that meet the criteria, and for their outcomes, the cohort.</summary>
    private async Task<(Dictionary<string, string> ByToken, IReadOnlyList<string> Programmes)> FamiliesAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var supported = await registers.Cases.ListAsync(cancellationToken)
            .Where(row => row.Row.State is FamilyCaseState.Supported && row.Row.Family.Basis is not SupportBasis.None)
            .Select(row => row.Row.Id)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        var live = await registers.Families.ListAsync(cancellationToken)
            .Where(family => family.Row.State is CohortState.InCohort && (exchange.Scope is not ExchangeScope.Allocated || supported.Contains(family.Row.Id)))
            .ToDictionaryAsync(family => family.Row.Id, family => family.Row.Programme, cancellationToken: cancellationToken);
        var (byToken, programmes) = (new Dictionary<string, string>(), live.Values.Distinct().ToList());
        foreach (var programme in programmes)
        {
            foreach (var (token, id) in (await index.ListAsync(programme, cancellationToken)).Where(pair => live.ContainsKey(pair.Value)))
            {
                byToken[token] = id;
            }
        }

        return (byToken, programmes);
    }

    private async Task KeepAsync(
        Id<Family> familyId, Extract extract, Exchange exchange, DatasetSpecification specification, Dictionary<long, Dictionary<string, string>> rows, CancellationToken cancellationToken)
    {
        var family = await registers.Families.GetAsync(familyId, cancellationToken);
        var earlier = family.Row.Records.FirstOrDefault(record => record.ExtractId == extract.Id);
        if (earlier?.Blob.Sha256.Length > 0)
        {
            return;
        }

        var asAt = DateOnly.FromDateTime(extract.ClaimedAt.UtcDateTime);
        var blob = new FamilyBlob(
            SealedBlob.Of(familyId),
            extract.Agency,
            extract.Agreement,
            extract.AgreementVersion,
            exchange.Id,
            exchange.Uses,
            specification.Id,
            specification.Version,
            extract.Id,
            asAt,
            rows.Count)
        {
            Score = FamilySignals.Score(plan.Programme, specification.Id, extract.Agency, rows.Values),
            Services = FamilySignals.Services(plan.Programme, specification.Id, rows.Values, asAt),
        };
        IReadOnlyList<FamilyBlob> others = [.. family.Row.Records.Where(record => record.ExtractId != extract.Id)];

        // The row first: from then on a run that still goes on elsewhere cannot commit, so nothing is erased that a row will name.
        IReadOnlyList<SealedBlob> left = [.. family.Row.Left, .. SealedBlob.IfAny(earlier?.Blob)];
        family = await registers.Families.ChangeAsync(family, family.Row with { Records = [.. others, blob], Left = left }, cancellationToken);
        await erasure.EraseAsync(familyId, left, cancellationToken);
        var written = await vault.SealAsync([new(blob, [.. rows.Select(row => new FamilyRow(row.Key, "", row.Value))])], cancellationToken);
        await registers.Families.ChangeAsync(family, family.Row with { Records = [.. others, .. written], Left = [] }, cancellationToken);
        if (rows.Values.Any(LoneWorkerRules.IsToldBy))
        {
            await visits.FlagFromSourceAsync(familyId, extract.Agency, extract.Id, asAt, cancellationToken);
        }
    }
}
