using System.Globalization;
using TfFlow.Host.Local.Azurite;
using TfFlow.Vault.Storage;
using Xunit;

namespace TfFlow.TestKit;

/// <summary>One Azurite for a test assembly. A test project declares
/// <c>[CollectionDefinition(AzuriteFixture.Collection)] public sealed class AzuriteCollection : ICollectionFixture&lt;AzuriteFixture&gt;;</c>
/// and its test classes <c>[Collection(AzuriteFixture.Collection)]</c>.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public const string Collection = "Azurite";

    /// <summary>An account whose settings a test may change: what it keeps of deleted blobs.</summary>
    public const string CopiesAccount = "copies";

    private static int names;

    private readonly string folder = Directory.CreateTempSubdirectory("tfflow-azurite-").FullName;
    private AzuriteServer? server;

    public AzuriteServer Server => server ?? throw new InvalidOperationException("Azurite is not started.");

    public string Personal => Server.ConnectionString(AzuriteAccounts.Personal);

    public string Keys => Server.ConnectionString(AzuriteAccounts.Keys);

    public string Host => Server.ConnectionString(AzuriteAccounts.Host);

    public BlobStore Blobs => new(Personal);

    public TableStore Tables => new(Host);

    /// <summary>A container or table name that no other test of this run uses.</summary>
    public static string FreshName(string prefix = "test") => string.Create(CultureInfo.InvariantCulture, $"{prefix}{Interlocked.Increment(ref names)}");

    public async Task InitializeAsync() => server = await AzuriteServer.StartAsync(
        new AzuriteOptions
        {
            Folder = folder,
            InMemory = true,
            Accounts = [AzuriteAccounts.Personal, AzuriteAccounts.Keys, AzuriteAccounts.Host, CopiesAccount],
            Progress = new Progress<string>(Console.Error.WriteLine),
        },
        CancellationToken.None);

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
