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
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Sealing;

namespace TfFlow.Scenarios.Cases;

/// <summary>One deployment in virtual time for all scenarios of cases; each has families of its own. Time only goes on.</summary>
public partial class CaseWorld : IAsyncLifetime
{
    private bool watch;
    private MatchingPlan? plan;

    public const string Council = "caseshire";
    public const string Police = "caseshire-police";
    public const string KeyWorker = "kw-1";

    /// <summary>In every name, address and text that goes in.</summary>
    public const string Canary = "Zyxwvutson";

    private World world = null!;

    /// <summary>A store of its own, whose files can be read; otherwise it shares one.</summary>
    private protected bool Alone { get; init; }

    /// <summary>One that looks for drops by itself. Upload addresses lapse by the store's own clock: it begins now.</summary>
    internal static CaseWorld Watching() => new() { watch = true, Time = new(TimeProvider.System.GetUtcNow()) };

    /// <summary>One that looks for drops, and matches by a plan of its own from a day on.</summary>
    internal static CaseWorld Measuring(DateTimeOffset from, MatchingPlan plan) =>
        new() { watch = true, Time = new(from), plan = plan, Alone = true };

    internal LocalHost Host { get; private set; } = null!;

    internal VirtualClock Time { get; private init; } = new(new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));

    internal RecipientKey PoliceKey { get; } = RecipientKey.Create();

    internal WriteWatch Writes => world.Writes;

    /// <summary>The version of the privacy notice that is published.</summary>
    internal string Notice { get; private set; } = "";

    internal DateOnly Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);

    internal Registers Registers => Host.Services.GetRequiredService<Registers>();

    public async Task InitializeAsync()
    {
        world = await (Alone ? World.CreateAloneAsync() : World.CreateAsync());
        Host = await world.StartAsync(Time, watch, deployment: new(DeploymentKind.Authority, Council), matching: plan);
        using var api = As(Role.PoliceOperator, Police);
        await api.PostAsync<RecipientView>($"/agencies/{Police}/key", new RecipientKeyRequest(Convert.ToBase64String(PoliceKey.PublicKey.Span)), World.Patience);
        using var coordinator = As(Role.Coordinator);
        Notice = (await coordinator.PostAsync<NoticeView>("/notices", body: null, World.Patience)).Version;
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
    /// <param name="told">What the police say in it.</param>
    /// <param name="problems">By the ids of the programme's criteria.</param>
    internal async Task<Family> FamilyAsync(IReadOnlyDictionary<string, string>? told = null, params IReadOnlyList<string> problems)
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
        var rows = new FamilyRow[] { new(1, family.Members[0], told ?? new Dictionary<string, string> { ["information"] = $"{Canary} keeps a large dog" }) };
        var why = new FamilyExplanation("", [$"{Canary}: found by two problems."], []) { Problems = problems.Count > 0 ? problems : ["crime", "education"] };
        var (written, explanation) = await Host.Services.GetRequiredService<FamilyVault>().SealAsync([new(blob, rows)], SealedBlob.Of(family.Id).Name, Council, why, World.Patience);
        var recorded = await Registers.Families.GetAsync(family.Id, World.Patience);
        return (await Registers.Families.ChangeAsync(recorded, family with { State = CohortState.InCohort, Problems = 2, Records = written, Explanation = explanation }, World.Patience)).Row;
    }

    /// <summary>A family whose people its records name: the council's own census of schools, a police record for the key worker, and a list
    /// of health services.</summary>
    internal async Task<Family> NamedFamilyAsync(params PersonDetails[] people)
    {
        using var hand = WriteWatch.ByHand();
        var today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        var family = new Family
        {
            Id = Reference.New(),
            State = CohortState.Recorded,
            Programme = Host.Services.GetRequiredService<MatchingPlan>().Programme.Name,
            Authority = Council,
            RunId = Reference.New(),
            FoundAt = Time.GetUtcNow(),
            Members = [.. people.Select(_ => Reference.New())],
        };
        await Registers.Families.TryAddAsync(family, World.Patience);
        var named = people.Zip(family.Members).Index();
        FamilyRow[] census = [.. named.Select(at => new FamilyRow(at.Index + 2, at.Item.Second, Fields(at.Item.First)))];
        var first = Fields(people[0]);
        var told = new Dictionary<string, string>(first) { ["information"] = $"{Canary} keeps a large dog" };
        FamilyRow[] pack = [new(2, family.Members[0], told)];
        FamilyRow[] services =
        [
            new(2, "", new Dictionary<string, string>(first)
            {
                ["service"] = "Health visiting", ["contact"] = $"Nurse {Canary}", ["telephone"] = "0116 496 0123",
            }),
            new(3, "", new Dictionary<string, string>(first)
            {
                ["service"] = "Speech therapy", ["contact"] = "Duty therapist", ["until"] = "2025-11-30",
            }),
        ];
        FamilyBlob Blob(string originator, string exchange, string dataset, int rows, params Use[] uses) =>
            new(SealedBlob.Of(family.Id), originator, Council, "2025-01-01", exchange, uses, dataset, 1, Reference.New(), today, rows);
        var (written, explanation) = await Host.Services.GetRequiredService<FamilyVault>().SealAsync(
            [
                new(Blob(Council, "caseshire-census", "school-census", census.Length, Use.Identification, Use.Baseline), census),
                new(Blob(Police, "caseshire-pack", "key-worker-information", 1, Use.KeyWorker), pack),
                new(Blob("caseshire-health", "caseshire-services", "nhs-services", 2, Use.KeyWorker, Use.Management), services),
            ],
            SealedBlob.Of(family.Id).Name,
            Council,
            new("", [$"{Canary}: found by two problems."], []) { Problems = ["crime", "education"] },
            World.Patience);
        var recorded = await Registers.Families.GetAsync(family.Id, World.Patience);
        var found = family with { State = CohortState.InCohort, Problems = 2, Records = written, Explanation = explanation };
        return (await Registers.Families.ChangeAsync(recorded, found, World.Patience)).Row;
    }

    internal static Dictionary<string, string> Fields(PersonDetails person) => new()
    {
        ["surname"] = person.Surname,
        ["forenames"] = person.Forenames,
        ["date_of_birth"] = person.DateOfBirth.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["address"] = person.Address,
        ["postcode"] = person.Postcode,
    };

    /// <summary>The signed form of a person, as they would sign it today.</summary>
    /// <param name="signedBy">For a child.</param>
    internal ConsentFormRequest Form(PersonDetails person, string? signedBy = null, string? sha256 = null) => new(
        DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime),
        signedBy,
        VictimInformation: false,
        person.Surname,
        person.Forenames,
        person.DateOfBirth,
        person.Address,
        person.Postcode,
        sha256);

    /// <summary>Takes an open or reopened case as far as the invitation: everyone involved is asked.</summary>
    internal async Task InviteAsync(string id)
    {
        await ActAsync($"/cases/{id}/assessment", new AssessmentRequest(MultiAgency: true));
        var prepared = await UntilAsync(id, row => row.State is FamilyCaseState.PackPrepared);
        await ActAsync(
            $"/cases/{id}/suitability",
            new SuitabilityRequest(LoneWorkerConsidered: true));
        foreach (var check in prepared.Currency)
        {
            await ActAsync($"/cases/{id}/currency", new CurrencyAnswer(check.ExtractId, Current: true));
        }

        await ActAsync($"/cases/{id}/invitation", new InvitationRequest(Notice));
    }

    /// <summary>Outcomes in the ledger of an act on a case, in order.</summary>
    internal async Task<IReadOnlyList<LedgerEntry>> OutcomesAsync(string act, string? id = null) =>
        await Host.Services.GetRequiredService<Vault.Ledger.Ledger>().ReadAsync(0, World.Patience)
            .Select(record => record.Entry)
            .Where(entry => entry.Kind is EntryKind.Outcome && entry.Act == act && (id is null || entry.References.Contains(id)))
            .ToListAsync();

    internal Task<CaseView> ActAsync(string path, object? body = null) => CallAsync(Role.Coordinator, api => api.PostAsync<CaseView>(path, body, World.Patience));

    /// <summary>An act that the rules refuse: why.</summary>
    internal async Task<string> RefusedAsync(string path, object? body = null) =>
        (await Assert.ThrowsAsync<CommandException>(() => ActAsync(path, body))).Message;

    /// <summary>Takes a family as far as the answered invitation.</summary>
    internal async Task<Family> InvitedAsync(params IReadOnlyList<string> problems)
    {
        var family = await FamilyAsync(told: null, problems);
        var id = family.Id;
        await ActAsync($"/families/{id}/case", new CaseOpening());
        await ActAsync($"/cases/{id}/assessment", new AssessmentRequest(MultiAgency: true));
        var prepared = await UntilAsync(id, row => row.State is FamilyCaseState.PackPrepared);
        await ActAsync($"/cases/{id}/suitability", new SuitabilityRequest(LoneWorkerConsidered: true));
        await ActAsync($"/cases/{id}/currency", new CurrencyAnswer(prepared.Currency[0].ExtractId, Current: true));
        await ActAsync($"/cases/{id}/invitation", new InvitationRequest(Notice));
        return family;
    }

    /// <summary>Takes a family as far as support by its key worker, on everyone's consent.</summary>
    internal async Task<Family> SupportedAsync(string keyWorker = KeyWorker, params IReadOnlyList<string> problems)
    {
        var family = await InvitedAsync(problems);
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

/// <summary>With a store of its own: for scenarios that read all it wrote.</summary>
public sealed class CaseWorldAlone : CaseWorld
{
    public CaseWorldAlone() => Alone = true;
}
