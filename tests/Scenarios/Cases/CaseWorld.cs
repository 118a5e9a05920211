using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Sealing;

namespace TfFlow.Scenarios.Cases;

/// <summary>One deployment in virtual time for all scenarios of cases; each has families of its own. Time only goes on.</summary>
public sealed class CaseWorld : IAsyncLifetime
{
    private bool watch;

    public const string Council = "caseshire";
    public const string Police = "caseshire-police";
    public const string KeyWorker = "kw-1";

    /// <summary>In every name, address and text that goes in.</summary>
    public const string Canary = "Zyxwvutson";

    private World world = null!;

    /// <summary>One that looks for drops by itself. Upload addresses lapse by the store's own clock: it begins now.</summary>
    internal static CaseWorld Watching() => new() { watch = true, Time = new(TimeProvider.System.GetUtcNow()) };

    internal LocalHost Host { get; private set; } = null!;

    internal VirtualClock Time { get; private init; } = new(new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));

    internal RecipientKey PoliceKey { get; } = RecipientKey.Create();

    internal WriteWatch Writes => world.Writes;

    internal Registers Registers => Host.Services.GetRequiredService<Registers>();

    public async Task InitializeAsync()
    {
        world = await World.CreateAloneAsync();
        Host = await world.StartAsync(Time, watch, deployment: new(DeploymentKind.Authority, Council));
        using var api = As(Role.PoliceOperator, Police);
        await api.PostAsync<RecipientView>($"/agencies/{Police}/key", new RecipientKeyRequest(Convert.ToBase64String(PoliceKey.PublicKey.Span)), World.Patience);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await world.DisposeAsync();
        PoliceKey.Dispose();
    }

    internal ApiClient As(Role role, string agency = "", string account = "scenario") =>
        ApiClient.At(Host.Address, Host.Tokens.Mint(new Caller(account, role, agency), TimeSpan.FromHours(1)));

    /// <summary>A family as matching leaves it: two members, one record for the key worker from the police, and why it was found.</summary>
    internal async Task<Family> FamilyAsync()
    {
        using var hand = WriteWatch.ByHand();
        var family = new Family
        {
            Id = Reference.New(),
            State = CohortState.Recorded,
            Programme = "phase-1@001",
            Authority = Council,
            RunId = Reference.New(),
            FoundAt = Time.GetUtcNow(),
            Members = [Reference.New(), Reference.New()],
        };
        await Registers.Families.TryAddAsync(family, World.Patience);
        var blob = new FamilyBlob(
            SealedBlob.Of(family.Id), Police, Council, "2025-01-01", "caseshire-pack", [Use.KeyWorker], "key-worker-information", 1, Reference.New(), DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime), 1);
        var rows = new FamilyRow[] { new(1, family.Members[0], new Dictionary<string, string> { ["information"] = $"{Canary} keeps a large dog" }) };
        var why = new FamilyExplanation("", [$"{Canary}: found by two problems."], []) { Problems = ["crime", "education"] };
        var (written, explanation) = await Host.Services.GetRequiredService<FamilyVault>().SealAsync([new(blob, rows)], SealedBlob.Of(family.Id).Name, Council, why, World.Patience);
        var recorded = await Registers.Families.GetAsync(family.Id, World.Patience);
        return (await Registers.Families.ChangeAsync(recorded, family with { State = CohortState.InCohort, Problems = 2, Records = written, Explanation = explanation }, World.Patience)).Row;
    }

    internal Task<CaseView> ActAsync(string path, object? body = null) => CallAsync(Role.Coordinator, api => api.PostAsync<CaseView>(path, body, World.Patience));

    /// <summary>An act that the rules refuse: why.</summary>
    internal async Task<string> RefusedAsync(string path, object? body = null) =>
        (await Assert.ThrowsAsync<CommandException>(() => ActAsync(path, body))).Message;

    /// <summary>Takes a family as far as the answered invitation.</summary>
    internal async Task<Family> InvitedAsync()
    {
        var family = await FamilyAsync();
        var id = family.Id;
        await ActAsync($"/families/{id}/case", new CaseOpening());
        await ActAsync($"/cases/{id}/assessment", new AssessmentRequest(MultiAgency: true));
        var prepared = await UntilAsync(id, row => row.State is FamilyCaseState.PackPrepared);
        await ActAsync($"/cases/{id}/suitability", new SuitabilityRequest(LoneWorkerConsidered: true, Suitable: true, DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime)));
        await ActAsync($"/cases/{id}/currency", new CurrencyAnswer(prepared.Currency[0].ExtractId, Current: true));
        await ActAsync($"/cases/{id}/invitation", new InvitationRequest("2026-1"));
        return family;
    }

    /// <summary>Takes a family as far as support by its key worker, on everyone's consent.</summary>
    internal async Task<Family> SupportedAsync(string keyWorker = KeyWorker)
    {
        var family = await InvitedAsync();
        foreach (var member in family.Members)
        {
            await ActAsync($"/cases/{family.Id}/consents/{member}/give", Form(member));
        }

        await ActAsync($"/cases/{family.Id}/key-worker", new AllocationRequest(keyWorker));
        return family;
    }

    /// <summary>Takes a family as far as an instruction to set a marker that lies with the police.</summary>
    internal async Task<(Family Family, MarkerInstruction Instruction)> InstructedAsync()
    {
        var family = await SupportedAsync();
        await ActAsync($"/cases/{family.Id}/marker", new MarkerRequest("caseshire-markers", Police));
        var order = (await Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.Instruction!;
        return (family, await SentAsync(order.Id));
    }

    internal ConsentFormRequest Form(string member) => new(
        DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime), null, VictimInformation: false, Canary, $"Member {member[..4]}", new(1990, 2, 3), $"1 {Canary} Street", "LE1 1AA");

    internal Task<MarkerView> ConfirmAsync(string instruction) => CallAsync(
        Role.PoliceOperator, api => api.PostAsync<MarkerView>($"/agencies/{Police}/markers/{instruction}/confirmation", null, World.Patience), Police);

    /// <summary>What the police read in the sealed file of an instruction, with their own key.</summary>
    internal async Task<string> PoliceReadAsync(MarkerInstruction instruction)
    {
        var outbox = Host.Services.GetRequiredService<Outbox>();
        await using var file = (await outbox.FindAsync(Police, instruction.FileName, World.Patience))!;
        return Encoding.UTF8.GetString(await PoliceKey.OpenAsync(file.Content, instruction.Id, Police, World.Patience));
    }

    internal async Task<bool> LiesInOutboxAsync(string agency, string name)
    {
        await using var document = await Host.Services.GetRequiredService<Outbox>().FindAsync(agency, name, World.Patience);
        return document is not null;
    }

    internal async Task<T> DocumentAsync<T>(string agency, string name)
    {
        await using var document = (await Host.Services.GetRequiredService<Outbox>().FindAsync(agency, name, World.Patience))!;
        return (await JsonSerializer.DeserializeAsync<T>(document.Content, Outbox.Json))!;
    }

    internal Task<Case> UntilAsync(string id, Predicate<Case> condition) => UntilAsync(async () => (await Registers.Cases.FindAsync(id, World.Patience))?.Row, condition);

    /// <summary>An instruction once its file lies in the outbox of the police.</summary>
    internal async Task<MarkerInstruction> SentAsync(string id)
    {
        await InstructionAsync(id, row => row.State is MarkerChangeState.Sent);
        await Host.Engine.IdleAsync(World.Patience);
        return (await Registers.Markers.GetAsync(id, World.Patience)).Row;
    }

    internal Task<MarkerInstruction> InstructionAsync(string id, Predicate<MarkerInstruction> condition) =>
        UntilAsync(async () => (await Registers.Markers.FindAsync(id, World.Patience))?.Row, condition);

    internal async Task PassAsync(TimeSpan time)
    {
        await Host.Engine.AdvanceToAsync(Time.GetUtcNow() + time, World.Patience);
        await World.SweepAsync(Host);
        await Host.Engine.IdleAsync(World.Patience);
    }

    /// <summary>What the inventory finds, beside the families that this test put there itself.</summary>
    internal async Task<IReadOnlyList<Discrepancy>> DiscrepanciesAsync()
    {
        var families = await Registers.Families.ListAsync(World.Patience).Select(family => family.Row).ToListAsync();
        var put = families.SelectMany(family => family.Blobs.Select(blob => blob.Name)).ToHashSet();
        var ids = families.Select(family => family.Id).ToHashSet();
        return await Host.Services.GetRequiredService<Inventory>().FindAsync(World.Patience)
            .Where(found => !put.Contains(found.Reference) && !(ids.Contains(found.Reference) && found.Code is ("index.missing" or "ledger.missing") && !found.Meaning.StartsWith("The case", StringComparison.Ordinal)))
            .ToListAsync();
    }

    internal string[] Folders => [world.AzuriteFolder, world.WorkFolder];

    private async Task<T> CallAsync<T>(Role role, Func<ApiClient, Task<T>> call, string agency = "")
    {
        using var api = As(role, agency);
        return await call(api);
    }

    internal static async Task<T> UntilAsync<T>(Func<Task<T?>> read, Predicate<T> condition)
        where T : class
    {
        for (var patience = World.Patience; ;)
        {
            if (await read() is { } value && condition(value))
            {
                return value;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience);
        }
    }
}
