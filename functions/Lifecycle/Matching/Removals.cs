using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Takes a family out of the cohort because a person found a reason: erased at once, by its agreements' lines for families that do not meet the criteria.</summary>
public sealed class Removals(Registers registers, EraseFamily erasing, Acts acts, TimeProvider time)
{
    /// <summary>What a person may give as a reason.</summary>
    public static IReadOnlyList<RemovalReason> Reasons { get; } = [.. Enum.GetValues<RemovalReason>().Where(reason => reason is not RemovalReason.Corrected)];

    /// <returns>Null when it is done; otherwise why not.</returns>
    public async Task<Refusal?> RemoveAsync(string id, RemovalReason reason, string account, string role, CancellationToken cancellationToken)
    {
        if (await registers.Families.FindAsync(id, cancellationToken) is not { Row.State: CohortState.InCohort } family)
        {
            return new("cohort.not-there", "No family of that reference is in the cohort. A household in review is decided there: 'tfflow review ID --exclude'.");
        }

        if (await registers.Cases.FindAsync(id, cancellationToken) is not null)
        {
            return new("cohort.case-begun", "Its case has begun, and people were asked or helped: end the case ('tfflow case close', or a withdrawal). Its retention then decides when all of it is erased.");
        }

        await acts.PerformAsync(
            family.Row.Act("family.remove", account) with { Role = role },
            async token =>
            {
                var removed = family.Row with { DecidedBy = account, DecidedAt = time.GetUtcNow() };
                await registers.Families.ChangeAsync(
                    family, removed.Leaving(reason, $"a coordinator took the family out of the cohort ({Kebab.Of(reason)})", time.GetUtcNow()), token);
                return new ActResult { Result = Kebab.Of(reason) };
            },
            cancellationToken);
        await erasing.RunAsync(new(id), cancellationToken);
        return null;
    }
}
