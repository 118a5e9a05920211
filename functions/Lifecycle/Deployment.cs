using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Lifecycle;

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

    /// <summary>Whose deployment this is, for the gate: what does not go to it is not taken in.</summary>
    /// <returns><c>null</c> when nothing says it: the plan's authority is no party of any agreement here.</returns>
    public Id<Party>? ReceiverIn(AgreementCatalogue agreements, MatchingPlan plan) =>
        OwnerOr(plan.Authority) is var owner && (Organisation.Length > 0 || agreements.Versions.Any(version => version.Party(owner) is not null)) ? owner : (Id<Party>?)null;

    /// <summary>Whose outbox is told what the deployment's own people must see to.</summary>
    /// <param name="authority">As the matching plan names it.</param>
    public Id<Party> OwnerOr(Id<Party> authority) => Organisation.Length > 0 ? Organisation : authority;
}
