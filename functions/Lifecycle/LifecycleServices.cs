using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Governance;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Lifecycle.Proof;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Sealing;

namespace TfFlow.Lifecycle;

/// <summary>What a host composes. The host itself brings <see cref="Stores"/>, <see cref="IKeyRing"/>, another one
/// under <see cref="Checkpoints.KeyRing"/>, <see cref="Microsoft.DurableTask.Client.DurableTaskClient"/> and the time.</summary>
public static class LifecycleServices
{
    /// <summary>Every orchestrator of the lifecycle; its name is its type's.</summary>
    public static IReadOnlyList<Type> Orchestrators { get; } = TasksOf(typeof(ITaskOrchestrator));

    /// <summary>Every activity of the lifecycle; its name is its type's.</summary>
    public static IReadOnlyList<Type> Activities { get; } = TasksOf(typeof(ITaskActivity));

    /// <summary>Registers all of them with a worker.</summary>
    public static void AddLifecycle(this DurableTaskRegistry registry)
    {
        foreach (var orchestrator in Orchestrators)
        {
            registry.AddOrchestrator(orchestrator);
        }

        foreach (var activity in Activities)
        {
            registry.AddActivity(activity);
        }
    }

    /// <param name="agreements">Null for those that ship.</param>
    /// <param name="plan">What this deployment's authority matches by; null for the plan that ships.</param>
    public static IServiceCollection AddTfFlowLifecycle(
        this IServiceCollection services, StoreNames names, AgreementCatalogue? agreements = null, MatchingPlan? plan = null) => services
        .AddSingleton(names)
        .AddSingleton(agreements ?? AgreementCatalogue.Shipped)
        .AddSingleton(plan ?? MatchingPlan.Shipped)
        .AddSingleton<AgreementGate>()
        .AddSingleton(provider => new DataKeys(provider.GetRequiredService<Stores>().Keys, provider.GetRequiredService<IKeyRing>(), names.Keys))
        .AddSingleton(provider => new Ledger(provider.GetRequiredService<Stores>().Registers, provider.GetRequiredService<Stores>().Blobs, names.Ledger))
        .AddSingleton(provider => provider.GetRequiredService<Stores>().Blobs)
        .AddSingleton<DropKeys>()
        .AddSingleton<Acts>()
        .AddSingleton<Registers>()
        .AddSingleton<Outbox>()
        .AddSingleton<LegalHolds>()
        .AddSingleton<Erasure>()
        .AddSingleton<RetentionLines>()
        .AddSingleton<EraseExtract>()
        .AddSingleton<EraseFamily>()
        .AddSingleton<ExpireGrant>()
        .AddSingleton<EndExtracts>()
        .AddSingleton<Discoveries>()
        .AddSingleton<IntakeGate>()
        .AddSingleton<UsedDocuments>()
        .AddSingleton<Corrections>()
        .AddSingleton<UploadGrants>()
        .AddSingleton<DropUploads>()
        .AddSingleton<DropClaims>()
        .AddSingleton<DropReader>()
        .AddSingleton<HouseholdSecrets>()
        .AddSingleton<HouseholdKeys>()
        .AddSingleton<ExtractSealer>()
        .AddSingleton<MatchingGate>()
        .AddSingleton<FactsReader>()
        .AddSingleton<RoundGroups>()
        .AddSingleton<PartitionFacts>()
        .AddSingleton<PeopleReader>()
        .AddSingleton<HouseholdIndex>()
        .AddSingleton<FamilyVault>()
        .AddSingleton<FamilyKeeper>()
        .AddSingleton<FamilyCorrector>()
        .AddSingleton<LookAgain>()
        .AddSingleton<Removals>()
        .AddSingleton<Cohort>()
        .AddSingleton<Matchings>()
        .AddSingleton<MatchingForecast>()
        .AddSingleton<Unmatched>()
        .AddSingleton<Reviews>()
        .AddSingleton(new CheckpointPolicy())
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<Checkpoints>(provider, provider.GetRequiredKeyedService<IKeyRing>(Checkpoints.KeyRing)))
        .AddSingleton<Expectations>()
        .AddSingleton<OwedFiles>()
        .AddSingleton(SweepPolicy.Default)
        .AddSingleton<ResolveIntents>()
        .AddSingleton<SweepCases>()
        .AddSingleton<SweepSuspensions>()
        .AddSingleton<AccessRegister>()
        .AddSingleton<AccessRefusals>()
        .AddSingleton<StaffContacts>()
        .AddSingleton<GovernanceRegisters>()
        .AddSingleton<LeaveAgreement>()
        .AddSingleton<SweepRegisters>()
        .AddSingleton<ChaseOverdue>()
        .AddSingleton<Sweeps>()
        .AddSingleton<KeyRotations>()
        .AddSingleton<Instances>()
        .AddSingleton<Inventory>()
        .AddSingleton<TakeInventory>()
        .AddSingleton<FamilyList>()
        .AddSingleton<GivenFiles>()
        .AddSingleton<Tellings>()
        .AddSingleton<Processing>()
        .AddCases(names)
        .AddResearch();

    /// <summary>Creates the tables and containers that are not there yet, and sees that no document that was used was changed.</summary>
    /// <exception cref="DeploymentUnknownException">The agreements have no party by the name of this deployment's organisation.</exception>
    /// <exception cref="DocumentChangedException">A document was changed.</exception>
    public static async Task PrepareStoresAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        services.GetRequiredService<Deployment>().CheckIn(services.GetRequiredService<AgreementCatalogue>(), services.GetRequiredService<MatchingPlan>());
        var (stores, names) = (services.GetRequiredService<Stores>(), services.GetRequiredService<StoreNames>());
        await stores.Blobs.CreateContainerAsync(names.Vault, cancellationToken);
        await stores.Blobs.CreateContainerAsync(names.Statistics, cancellationToken);
        await services.GetRequiredService<Registers>().CreateAsync(cancellationToken);
        await services.GetRequiredService<HouseholdIndex>().CreateAsync(cancellationToken);
        await services.GetRequiredService<Recipients>().CreateAsync(cancellationToken);
        await services.GetRequiredService<ClaimedFamilies>().CreateAsync(cancellationToken);
        await services.GetRequiredService<Ledger>().CreateAsync(cancellationToken);
        await services.GetRequiredService<DataKeys>().CreateTableAsync(cancellationToken);
        await services.GetRequiredService<UsedDocuments>().CheckAsync(cancellationToken);
    }

    private static IReadOnlyList<Type> TasksOf(Type kind) =>
        [.. typeof(LifecycleServices).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsAssignableTo(kind)).OrderBy(type => type.Name, StringComparer.Ordinal)];
}
