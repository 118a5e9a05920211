using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Commands;
using TfFlow.Host.Local.Demo;
using TfFlow.Host.Local.Drops;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;

namespace TfFlow.Scenarios;

/// <summary>One deployment for one scenario: an Azurite of its own, a work folder, a host that can be started and ended.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Attendance = "testshire-attendance";
    public const string PlainAttendance = "testshire-attendance-plain";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-scenario-");
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> heard = new();
    private AzuriteServer? azurite;

    public static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    public static AgreementCatalogue Agreements { get; } = AgreementCatalogue.Load(
        Directory.EnumerateFiles(AgreementFolder, "*.yaml").Select(file => (Path.GetFileName(file), (TextReader)File.OpenText(file))));

    public static string AgreementFolder => Path.Combine(AppContext.BaseDirectory, "Agreements");

    public string AzuriteFolder => Path.Combine(folder.FullName, "azurite");

    public string WorkFolder => Path.Combine(folder.FullName, "work");

    public string LogFile => Path.Combine(WorkFolder, "host.log");

    public AzuriteServer Azurite => azurite!;

    /// <summary>What host processes printed last.</summary>
    public string LastHeard => string.Join('\n', heard.TakeLast(20));

    public void Heard(string? line)
    {
        if (line is not null)
        {
            heard.Enqueue(line);
        }
    }

    public static async Task<World> CreateAsync()
    {
        var world = new World();
        Host.Local.Commands.WorkFolder.CreatePrivate(world.WorkFolder);
        world.azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = world.AzuriteFolder }, Patience);
        return world;
    }

    public string ConnectionString
    {
        get
        {
            var account = Azurite.Account(AzuriteAccounts.Personal);
            return $"AccountName={account.Name};AccountKey={Convert.ToBase64String(account.Key)};BlobEndpoint={account.BlobEndpoint};TableEndpoint={account.TableEndpoint}";
        }
    }

    public Task<LocalHost> StartAsync(TimeProvider? time = null, bool watch = true, Deployment? deployment = null, AgreementCatalogue? agreements = null) => LocalHost.StartAsync(
        new LocalHostOptions
        {
            Folder = WorkFolder,
            ConnectionString = ConnectionString,
            Agreements = agreements ?? Agreements,
            Deployment = deployment ?? Deployment.Authority,
            Time = time ?? TimeProvider.System,
            Watch = watch,
            LogFile = LogFile,
        },
        Patience);

    /// <summary>An agency's own view of the host: its API, as that agency's submitter.</summary>
    public static ApiClient As(LocalHost host, string agency, Role role = Role.AgencySubmitter) =>
        ApiClient.At(host.Address, host.Tokens.Mint(new Caller("scenario", role, agency), TimeSpan.FromDays(400)));

    /// <summary>Drops one file and waits for its intake to end.</summary>
    public static async Task<ExtractView> DropAsync(LocalHost host, byte[] file, string agency = "school-0", string exchange = Attendance, bool plain = false)
    {
        using var api = As(host, agency);
        return await new DropSender(api, agency).SendAsync(
            new GrantRequest(exchange, Correction: true), new MemoryStream(file), plain, progress: null, Patience);
    }

    public static byte[] AttendanceFile(int rows, int seed = 1) =>
        new SyntheticExtracts(seed, Today).SchoolAttendance(rows, Canaries.For(Today)).Csv;

    public static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public static async Task SweepAsync(LocalHost host)
    {
        var sweep = await host.Services.GetRequiredService<Sweeps>().StartAsync(Patience);
        var ended = await host.Orchestrations.WaitForCompletionAsync(sweep, getInputsAndOutputs: false, Patience);
        Assert.Equal(OrchestrationStatus.Completed, ended.Status);
    }

    /// <summary>Nothing unaccounted for, in blobs, keys, registers or ledger.</summary>
    public static async Task AssertAccountedForAsync(LocalHost host)
    {
        var discrepancies = await host.Services.GetRequiredService<Inventory>().FindAsync(Patience).ToListAsync();
        Assert.Empty(discrepancies);
    }

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }
}
