using System.Globalization;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Azure;

/// <summary>What the settings name, as Functions names its own connections: <c>NAME__blobServiceUri</c> and <c>NAME__tableServiceUri</c> with the
/// app's identity, or <c>NAME</c> as an emulator's connection string.</summary>
internal sealed class Connections(IConfiguration settings, IHostEnvironment environment, TokenCredential identity, TimeProvider time)
{
    /// <summary>The documents deployed in a folder beside the app: agreements, datasets, programmes, a plan. Without one, the reference that ships.</summary>
    public static Library LoadLibrary(IConfiguration settings) => settings["Agreements"] is { Length: > 0 } folder
        ? Library.Read(new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, folder)).EnumerateFiles("*.yaml").Select(file => (file.Name, (TextReader)file.OpenText())))
        : Library.Shipped;

    /// <summary>A study's deployment where <c>Study</c> names its organisation, or else an authority's: that of <c>Organisation</c>, or of its matching plan.</summary>
    public static Deployment LoadDeployment(IConfiguration settings) => settings["Study"] is { Length: > 0 } organisation
        ? new(DeploymentKind.Study, organisation)
        : new(DeploymentKind.Authority, settings["Organisation"] ?? "");

    /// <summary>The matching plan deployed in a file beside the app; without one, that of its documents, or the one that ships.</summary>
    public static MatchingPlan? LoadMatchingPlan(IConfiguration settings, Library library)
    {
        if (settings["Matching"] is not { Length: > 0 } file)
        {
            return library.Plan;
        }

        using var text = File.OpenText(Path.Combine(AppContext.BaseDirectory, file));
        return MatchingPlan.Read(DocumentNode.Parse(file, text), library.PlanBasis);
    }

    /// <summary>How many days a finished orchestration stays to be looked at; 30 where nothing says it.</summary>
    public static SweepPolicy LoadSweepPolicy(IConfiguration settings) => settings["KeepInstancesDays"] is not { Length: > 0 } text ? SweepPolicy.Default
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && SweepPolicy.Keeps(days) ? SweepPolicy.OfDays(days)
        : throw new InvalidOperationException($"The setting KeepInstancesDays is a whole number of days up to {SweepPolicy.MaxDays}: see docs/azure.md.");

    public Stores OpenStores() => new(
        settings["PersonalData"] is { } emulator ? new BlobStore(emulator) : new BlobStore(Address("PersonalData:blobServiceUri"), identity, time),
        Tables("PersonalData"),
        Tables("KeyTable"));

    /// <summary>An emulator has no template that makes the queue of drop events.</summary>
    public Task PrepareDropQueueAsync(CancellationToken cancellationToken) => settings["DropEvents"] is { } emulator && settings["DropQueue"] is { Length: > 0 } queue
        ? Queues.CreateAsync(emulator, queue, cancellationToken)
        : Task.CompletedTask;

    /// <summary>Key Vault; a folder of key files for an emulator's data only.</summary>
    public IKeyRing OpenKeyRing() => KeyFolder is { } folder
        ? new FileKeyRing(folder)
        : new KeyVaultKeyRing(new SecretClient(Address("KeyVault"), identity), time);

    /// <summary>The vault of the signing key alone, reached as an identity of its own: the app's may not read it.</summary>
    public IKeyRing OpenCheckpointKeyRing() => KeyFolder is { } folder
        ? new FileKeyRing(Path.Combine(folder, "checkpoint"))
        : new KeyVaultKeyRing(
            new SecretClient(Address("CheckpointVault"), new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(settings["CheckpointIdentity"]))), time);

    /// <remarks>Relative to the folder that <c>func start</c> was run in, which is the build's output: <c>~/</c> is the user's own folder, which a clean build leaves alone.</remarks>
    private string? KeyFolder => settings["KeyFolder"] switch
    {
        null or "" => null,
        ['~', '/', .. var folder] => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), folder),
        var folder => Path.Combine(environment.ContentRootPath, folder),
    };

    private TableStore Tables(string name) => settings[name] is { } emulator ? new(emulator) : new(Address($"{name}:tableServiceUri"), identity);

    private Uri Address(string setting) => settings[setting] is { } address
        ? new(address)
        : throw new InvalidOperationException($"The setting {setting.Replace(":", "__", StringComparison.Ordinal)} is missing: see docs/azure.md.");
}
