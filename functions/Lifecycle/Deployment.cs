using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Lifecycle;

/// <summary>No agreement has a party by the name of the organisation whose deployment this would be. The host does not start.</summary>
public sealed class DeploymentUnknownException(Deployment deployment, AgreementCatalogue agreements, MatchingPlan plan) : Exception(
    $"{(deployment.Organisation.Length > 0 ? $"This is to be the deployment of '{deployment.Organisation}', which" : $"The matching plan's authority '{plan.Authority}'")} is no party of any agreement here, so nothing could be taken in. "
    + (agreements.Parties.Count == 0 ? "There is no agreement among the documents." : $"Name the organisation whose deployment this is with {(deployment.Kind is DeploymentKind.Study ? "--study" : "--organisation")}: {string.Join(", ", agreements.Parties)}."));

public enum DeploymentKind
{
    /// <summary>A local authority's: extracts, matching, cases, research extracts.</summary>
    Authority,

    /// <summary>A study's: submissions, linkage files, returns, group reports. What it combines never reaches an authority.</summary>
    Study,
}

/// <summary>Whose deployment of the program this is: its own stores, key ring and operators.</summary>
/// <param name="Organisation">As the agreements name it; empty for an authority whose matching plan says it.</param>
public sealed record Deployment(DeploymentKind Kind, string Organisation = "")
{
    public static Deployment Authority { get; } = new(DeploymentKind.Authority);

    /// <summary>Whose deployment this is: what does not go to it is not taken in, and its outbox is told what its own people must see to.</summary>
    /// <param name="authority">As the matching plan names it.</param>
    public Id<Party> OwnerOr(Id<Party> authority) => Organisation.Length > 0 ? Organisation : authority;

    /// <summary>Sees that the agreements know whose deployment this is. A host that they do not know would take in nothing that is rightly its own.</summary>
    /// <exception cref="DeploymentUnknownException">It is no party of any of them.</exception>
    public void CheckIn(AgreementCatalogue agreements, MatchingPlan plan)
    {
        if (!agreements.Parties.Contains(OwnerOr(plan.Authority)))
        {
            throw new DeploymentUnknownException(this, agreements, plan);
        }
    }
}
