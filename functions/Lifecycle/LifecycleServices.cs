using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Sealing;

namespace TfFlow.Lifecycle;

/// <summary>What a host composes. The host itself brings <see cref="Stores"/>, <see cref="IKeyRing"/>, <see cref="IOrchestrationClient"/> and the time.</summary>
public static class LifecycleServices
{
    /// <summary>Every orchestrator and activity of the lifecycle.</summary>
    public static OrchestrationRegistry Registry { get; } = new OrchestrationRegistry()
        .AddOrchestrator<ExtractIntakeOrchestration>()
        .AddActivity<SealExtract>()
        .AddActivity<CloseDrop>()
        .AddOrchestrator<RetentionSweepOrchestration>()
        .AddActivity<ResolveIntents>()
        .AddActivity<FindDue>()
        .AddActivity<EraseExtract>()
        .AddActivity<ExpireGrant>()
        .AddActivity<ResumeIntake>()
        .AddCases()
        .AddResearch();

    public static IServiceCollection AddTfFlowLifecycle(this IServiceCollection services, StoreNames names, AgreementCatalogue agreements) => services
        .AddSingleton(names)
        .AddSingleton(Registry)
        .AddSingleton(agreements)
        .AddSingleton<AgreementGate>()
        .AddSingleton(provider => new DataKeys(provider.GetRequiredService<Stores>().Keys, provider.GetRequiredService<IKeyRing>(), names.Keys))
        .AddSingleton(provider => new Ledger(provider.GetRequiredService<Stores>().Registers, provider.GetRequiredService<Stores>().Blobs, names.Ledger))
        .AddSingleton(provider => provider.GetRequiredService<Stores>().Blobs)
        .AddSingleton<DropKeys>()
        .AddSingleton<Acts>()
        .AddSingleton<Registers>()
        .AddSingleton<Outbox>()
        .AddSingleton<Erasure>()
        .AddSingleton<IntakeGate>()
        .AddSingleton<UploadGrants>()
        .AddSingleton<DropClaims>()
        .AddSingleton<DropReader>()
        .AddSingleton<ExtractSealer>()
        .AddSingleton<FactsReader>()
        .AddSingleton<PeopleReader>()
        .AddSingleton<HouseholdIndex>()
        .AddSingleton<FamilyVault>()
        .AddSingleton<Sweeps>()
        .AddSingleton<Inventory>()
        .AddCases(names)
        .AddResearch();

    /// <summary>Creates the tables and containers that are not there yet.</summary>
    public static async Task PrepareStoresAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var (stores, names) = (services.GetRequiredService<Stores>(), services.GetRequiredService<StoreNames>());
        await stores.Blobs.CreateContainerAsync(names.Vault, cancellationToken);
        await services.GetRequiredService<Registers>().CreateAsync(cancellationToken);
        await services.GetRequiredService<HouseholdIndex>().CreateAsync(cancellationToken);
        await services.GetRequiredService<Recipients>().CreateAsync(cancellationToken);
        await services.GetRequiredService<Ledger>().CreateAsync(cancellationToken);
        await services.GetRequiredService<DataKeys>().CreateTableAsync(cancellationToken);
    }
}
