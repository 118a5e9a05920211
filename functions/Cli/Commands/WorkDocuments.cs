using System.Text.Json;
using TfFlow.Lifecycle;
using TfFlow.Programme;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;

namespace TfFlow.Cli.Commands;

/// <summary>What a work folder was started with: whose deployment it is, where its documents lie, and what each of them said.</summary>
/// <param name="Agreements">The folder of <c>--agreements</c>; null for the reference that ships.</param>
/// <param name="Matching">The file of <c>--matching</c>; null where the plan is among the documents, or ships.</param>
/// <param name="Sha256">By document.</param>
internal sealed record WorkDocuments(DeploymentKind Kind, string Organisation, string? Agreements, string? Matching, IReadOnlyDictionary<string, string> Sha256)
{
    private const string FileName = "documents.json";

    private const string Changed = " says something else";

    public static WorkDocuments Of(Deployment deployment, FileSystemInfo? agreements, FileSystemInfo? matching, Library library, MatchingPlan plan) =>
        new(deployment.Kind, deployment.Organisation, agreements?.FullName, matching?.FullName, Hashes(library, plan));

    /// <returns>Null for a folder that no host was started on.</returns>
    public static WorkDocuments? Find(string workFolder)
    {
        var path = Path.Combine(workFolder, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<WorkDocuments>(File.ReadAllText(path), Outbox.Json) : null;
    }

    public void Save(string workFolder) => File.WriteAllText(Path.Combine(workFolder, FileName), JsonSerializer.Serialize(this, Outbox.Json));

    /// <summary>Why a host does not go on with these documents, and what to do; empty when nothing is served otherwise. What is added is no difference.</summary>
    /// <param name="workFolder">The folder that was started with this.</param>
    public string Refusal(string workFolder, WorkDocuments now)
    {
        var differences = Differences(now).ToList();
        if (differences.Count == 0)
        {
            return "";
        }

        var (otherOwner, otherPlace) = ((Kind, Organisation) != (now.Kind, now.Organisation), (Agreements, Matching) != (now.Agreements, now.Matching));
        string[] ways =
        [
            .. otherOwner || otherPlace ? [$"leave out {string.Join(" and ", Options(now, otherOwner))} to go on as before"] : Array.Empty<string>(),
            .. !otherPlace && differences.Count > (otherOwner ? 1 : 0)
                ? [Agreements is null ? "the documents that ship are another version's: start the version of before to go on as before" : "put the documents back as they were, and write the change as a new version"]
                : Array.Empty<string>(),
            $"give --accept-change if it is meant{(differences.Exists(difference => difference.EndsWith(Changed, StringComparison.Ordinal)) ? " (a version that was used already stays refused)" : "")}",
        ];
        var text = string.Join("; or ", ways);
        return $"{workFolder} was started with {(Agreements is { } folder ? $"the documents of {folder}" : "the documents that ship")}, and what is served now differs: {string.Join("; ", differences)}. {char.ToUpperInvariant(text[0])}{text[1..]}.";
    }

    // What was left out at this start was taken from the last.
    private IEnumerable<string> Options(WorkDocuments now, bool otherOwner)
    {
        if (Agreements != now.Agreements)
        {
            yield return "--agreements";
        }

        if (Matching != now.Matching)
        {
            yield return "--matching";
        }

        if (otherOwner)
        {
            yield return now.Kind is DeploymentKind.Study ? "--study" : "--organisation";
        }
    }

    /// <summary>What would be served otherwise than before. What is added is no difference.</summary>
    public IEnumerable<string> Differences(WorkDocuments now)
    {
        if ((Kind, Organisation) != (now.Kind, now.Organisation))
        {
            yield return $"it was {Words(Kind, Organisation)} and would be {Words(now.Kind, now.Organisation)}";
        }

        foreach (var (document, sha256) in Sha256)
        {
            if (!now.Sha256.TryGetValue(document, out var hash))
            {
                yield return $"{document} is not there any more";
            }
            else if (hash != sha256)
            {
                yield return document + Changed;
            }
        }
    }

    private static string Words(DeploymentKind kind, string organisation) =>
        organisation.Length == 0 ? "the deployment of the matching plan's authority" : $"{organisation}'s {(kind is DeploymentKind.Study ? "study" : "deployment")}";

    private static Dictionary<string, string> Hashes(Library library, MatchingPlan plan)
    {
        var datasets = library.Agreements.Versions.SelectMany(version => version.Exchanges).Select(exchange => exchange.Specification).OfType<DatasetSpecification>().Distinct();
        (string Name, string Sha256)[] all =
        [
            .. library.Agreements.Versions.Select(version => ($"agreement {version.Name}", version.Sha256)),
            .. datasets.Select(dataset => ($"dataset {dataset}", dataset.Sha256)),
            ($"programme {plan.Programme.Name}", plan.Programme.Sha256),
            .. plan.OutcomePlans.Values.Select(outcomes => ($"family outcome plan {outcomes.Name}", outcomes.Sha256)),
            ($"plan {plan.Name}", plan.Sha256),
        ];
        return all.DistinctBy(document => document.Name).ToDictionary(document => document.Name, document => document.Sha256);
    }
}
