using System.Security.Cryptography;
using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Research;
using TfFlow.Programme.Research.Release;
using TfFlow.Vault.Sealing;

namespace TfFlow.Cli.Demo;

/// <summary>What the national evaluation asked for and got: nobody recognisable in it.</summary>
/// <param name="Rules">Each rule of disclosure control, and what was found.</param>
/// <param name="RefusalCode">Why it could not be made safe; empty when it was.</param>
public sealed record DemoRelease(string Id, int Records, IReadOnlyList<SdcRule> Rules, int Approvals, string RefusalCode = "");

/// <summary>An anonymous extract: asked for, found lawful and necessary, approved, built, released by two, collected.</summary>
internal sealed class DemoEvaluation(DemoStory story, DemoDeployment authority)
{
    private const string Evaluator = "national-evaluation";

    private static string Statement { get; } = Convert.ToHexStringLower(SHA256.HashData("Why the evaluation is lawful, and why it needs no less."u8));

    public async Task<DemoRelease> RunAsync(CancellationToken cancellationToken)
    {
        story.Chapter(authority.Now, "The national evaluation asks for an anonymous extract.");
        using var key = RecipientKey.Create();
        using var evaluator = authority.As(Role.AgencySubmitter, "evaluator", Evaluator);
        using var governance = authority.As(Role.InformationGovernance, "information-governance");
        using var owner = authority.As(Role.AssetOwner, "asset-owner");
        await evaluator.PostAsync<RecipientView>($"/agencies/{Evaluator}/key", new RecipientKeyRequest(Convert.ToBase64String(key.PublicKey.Span)), cancellationToken);
        var id = (await evaluator.PostAsync<ResearchView>($"/agencies/{Evaluator}/research", new ResearchAsking("northmere-evaluation", Statement), cancellationToken)).Id;
        await governance.PostAsync<ResearchView>($"/research/{id}/justification", new JustificationRequest(Lawful: true, Necessary: true), cancellationToken);
        await owner.PostAsync<ResearchView>($"/research/{id}/approval", null, cancellationToken);
        await authority.SettleAsync(cancellationToken);

        // What settles may restart its host, which is then found elsewhere.
        using var collector = authority.As(Role.AgencySubmitter, "evaluator", Evaluator);
        using var releaser = authority.As(Role.InformationGovernance, "information-governance");
        using var coordinator = authority.Coordinator();
        var built = (await coordinator.GetAsync<ResearchView[]>("/research", cancellationToken)).Single(request => request.Id == id);
        if (built.RefusalCode.Length > 0)
        {
            story.Say($"  Too few families to hide among: {built.RefusalCode}. Nothing is built, nothing goes out.");
            return new(id, 0, [], 0, built.RefusalCode);
        }

        await releaser.PostAsync<ResearchView>($"/research/{id}/release", null, cancellationToken);
        await coordinator.PostAsync<ResearchView>($"/research/{id}/release", null, cancellationToken);

        var file = await OutboxCommand.ReadAsync(collector, Evaluator, $"research/{id}.sealed", cancellationToken);
        var release = JsonSerializer.Deserialize<ResearchDraft>(await key.OpenAsync(new MemoryStream(file), id, Evaluator, cancellationToken), Outbox.Json)!;
        var records = release.Csv.TrimEnd().Split("\r\n").Length - 1;
        foreach (var rule in release.Record.Rules)
        {
            story.Say($"  {rule.Rule}: {rule.Threshold}; {rule.Result}.");
        }

        story.Say($"  {records} families, each under a name made for this release alone; released by {release.Record.Approvals.Count} people, neither of whom asked; to be collected within {ResearchRequest.CollectionDays} days, then destroyed.");
        story.Check(
            "The evaluation's extract passes every rule of disclosure control",
            records > 0 && release.Record.Rules.All(rule => rule.Passed),
            $"{release.Record.Rules.Count} rules, {records} records");
        return new(id, records, release.Record.Rules, release.Record.Approvals.Count);
    }
}
