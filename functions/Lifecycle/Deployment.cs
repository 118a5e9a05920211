namespace TfFlow.Lifecycle;

public enum DeploymentKind
{
    /// <summary>A local authority's: extracts, matching, cases, research extracts.</summary>
    Authority,

    /// <summary>A study's: submissions, linkage files, returns, group reports. What it combines never reaches an authority.</summary>
    Study,
}

/// <summary>Whose deployment of the program this is: its own stores, key ring and operators.</summary>
/// <param name="Organisation">As the agreements name it; empty for an authority, whose name its agreements say.</param>
public sealed record Deployment(DeploymentKind Kind, string Organisation = "")
{
    public static Deployment Authority { get; } = new(DeploymentKind.Authority);

    /// <summary>Whose outbox is told what the deployment's own people must see to.</summary>
    /// <param name="authority">As the matching plan names it.</param>
    public string OwnerOr(string authority) => Organisation.Length > 0 ? Organisation : authority;
}
