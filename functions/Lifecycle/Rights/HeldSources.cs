using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;

namespace TfFlow.Lifecycle.Rights;

/// <summary>What is held that may be about somebody: extracts that wait for their use or are kept, and families.</summary>
public sealed class HeldSources(Registers registers, AgreementCatalogue agreements, LegalHolds holds)
{
    /// <summary>Extracts that can be opened, those whose erasing a legal hold stopped included.</summary>
    public async Task<IReadOnlyList<Extract>> ExtractsAsync(CancellationToken cancellationToken)
    {
        var covered = await holds.CoveredAsync(cancellationToken);
        return await registers.Extracts.ListAsync(cancellationToken).Select(extract => extract.Row)
            .Where(extract => extract.State is ExtractStage.Kept || (extract.State is ExtractStage.Erasing && covered.Contains(extract.Id)))
            .OrderBy(extract => extract.ClaimedAt)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Families of the cohort and of review, those whose erasing a legal hold stopped included.</summary>
    public async Task<IReadOnlyList<Family>> FamiliesAsync(CancellationToken cancellationToken)
    {
        var covered = await holds.CoveredAsync(cancellationToken);
        return await registers.Families.ListAsync(cancellationToken).Select(family => family.Row)
            .Where(family => family.State is CohortState.InCohort or CohortState.InReview
                || (family.State is CohortState.Erasing && covered.Contains(family.Id)))
            .ToListAsync(cancellationToken);
    }

    /// <returns>What the rows of an extract hold; null when the version it came under is no longer among the documents.</returns>
    public DatasetSpecification? SpecificationOf(Extract extract) =>
        agreements.Find($"{extract.Agreement}@{extract.AgreementVersion}")?.Exchange(extract.Exchange)?.Specification;
}
