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
using TfFlow.Linkage;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Sealing;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios.Exchanges;

/// <summary>One party's deployment in virtual time, and what the people of it and around it do there.</summary>
internal sealed class Place(LocalHost host, string organisation, string prefix, VirtualClock time) : IAsyncDisposable
{
    public const string KeyWorker = "kw-1";

    /// <summary>Of the family that is supported: named on a signed form, and what comes about its address is about it.</summary>
    public static readonly ExamplePerson Supported = new("Zyxwvutson", "Edith", "03/02/2012", "12 Wharf Street", "LE1 1AA");

    /// <summary>Of a family of the cohort that no case has taken up: named in a partner's record alone.</summary>
    public static readonly ExamplePerson InCohort = new("Zyxwvutsdottir", "Edwin", "04/05/1984", "7 Far Road", "LE2 2BB");

    public static readonly ExamplePerson Stranger = new("Zyxwvutman", "Edgar", "06/07/2011", "99 Elsewhere Road", "LE3 3BD");

    private readonly Dictionary<string, RecipientKey> keys = [];

    public LocalHost Host => host;

    public string Organisation => organisation;

    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public Registers Registers => Service<Registers>();

    public static async Task<Place> StartAsync(World world, string organisation, AgreementCatalogue agreements, DeploymentKind kind, DateTimeOffset begin)
    {
        var (prefix, time) = (world.Prefix + string.Concat(organisation.Where(char.IsAsciiLetter)), new VirtualClock(begin));
        var host = await world.StartBesideAsync(prefix, time, new(kind, organisation), agreements, MatchingPlan.Shipped with { Authority = organisation });
        return new(host, organisation, prefix, time);
    }

    public T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public ApiClient As(Role role, string agency = "", string account = "scenario") =>
        ApiClient.At(host.Address, host.Tokens.Mint(new Caller(account, role, agency), TimeSpan.FromDays(400)));

    /// <summary>A party's own key, registered here.</summary>
    public async Task<RecipientKey> KeyOfAsync(string agency)
    {
        if (!keys.TryGetValue(agency, out var key))
        {
            keys.Add(agency, key = RecipientKey.Create());
            using var api = As(Role.AgencySubmitter, agency);
            await api.PostAsync<RecipientView>($"/agencies/{agency}/key", new RecipientKeyRequest(Convert.ToBase64String(key.PublicKey.Span)), World.Patience);
        }

        return key;
    }

    /// <summary>Sends a file by a means of its exchange, and waits until its intake has ended. The address of the grant is not used: it lapses by the store's clock.</summary>
    /// <exception cref="CommandException">It is refused.</exception>
    public async Task<Extract> SendAsync(string exchange, string agency, Means means, byte[] file)
    {
        var id = await ClaimAsync(exchange, agency, means, file);
        await host.Engine.IdleAsync(World.Patience);
        return (await Registers.Extracts.GetAsync(id, World.Patience)).Row;
    }

    /// <summary>The same, and does not wait for its intake.</summary>
    /// <returns>The extract's id.</returns>
    /// <exception cref="CommandException">It is refused.</exception>
    public async Task<string> ClaimAsync(string exchange, string agency, Means means, byte[] file)
    {
        using var api = means.IsDrop() ? As(Role.AgencySubmitter, agency) : As(Role.Coordinator);
        await DiscoverAsync(api, exchange, agency);
        var request = new GrantRequest(exchange, "information-manager", "reviewed this month", Means: means.IsDrop() ? null : means);
        var grant = await api.PostAsync<UploadPermission>($"/agencies/{agency}/{(means.IsDrop() ? "grants" : "files")}", request, World.Patience);
        var ciphertext = await RecipientKey.SealAsync(Convert.FromBase64String(grant.PublicKey), grant.GrantId, agency, file, World.Patience);
        var blob = new BlobAddress(new StoreNames(prefix).Drops(agency), grant.GrantId);
        using (WriteWatch.ByHand())
        {
            await Service<IBlobStore>().PutAsync(blob, ciphertext, WriteCondition.CreateOnly, World.Patience);
        }

        return (await Service<DropClaims>().ClaimAsync(agency, (await Service<IBlobStore>().GetPropertiesAsync(blob, World.Patience))!, World.Patience))!;
    }

    // The discovery phase, where the agreement asks for one: without its result the first file is refused.
    private async Task DiscoverAsync(ApiClient api, string exchange, string agency)
    {
        if (Service<AgreementCatalogue>().WithExchange(exchange, Today)?.Exchange(exchange) is { Discovery: true, Dataset: { } dataset })
        {
            var profile = new QualityProfile(dataset, Today, Rows: 100,
                new Dictionary<string, double>(), Validity: 100, Uniqueness: 100, Located: 100, Age: 0);
            await api.PostAsync<DiscoveryView>($"/agencies/{agency}/discoveries", new DiscoveryRequest(exchange, profile), World.Patience);
        }
    }

    public async Task<byte[]?> ReadAsync(string agency, string name)
    {
        await using var document = await Service<Outbox>().FindAsync(agency, name, World.Patience);
        if (document is null)
        {
            return null;
        }

        using var content = new MemoryStream();
        await document.Content.CopyToAsync(content, World.Patience);
        return content.ToArray();
    }

    /// <summary>What a party reads in a file that is sealed to it.</summary>
    public async Task<byte[]> OpenAsync(string outbox, string name, string reference, string recipient) =>
        await keys[recipient].OpenAsync(new MemoryStream((await ReadAsync(outbox, name))!), reference, recipient, World.Patience);

    /// <summary>Moves the clock and sweeps.</summary>
    public async Task SweepAtAsync(DateTimeOffset at)
    {
        await host.Engine.AdvanceToAsync(at, World.Patience);
        await World.SweepAsync(host);
        await host.Engine.IdleAsync(World.Patience);
    }

    /// <summary>A family that its key worker supports on everyone's consent, as matching and its case leave it.</summary>
    public async Task<Family> SupportedAsync()
    {
        using var hand = WriteWatch.ByHand();
        var family = await FamilyAsync(Supported, record: null);
        var member = family.Members[0];
        var form = new SealedBlob(Reference.New());
        var person = new PersonDetails(Supported.Surname, Supported.Forenames, new(2012, 2, 3), Supported.Address, Supported.Postcode);
        var (sha256, length) = await Service<SealedDocuments>().SealAsync(form.Name, organisation, JsonSerializer.SerializeToUtf8Bytes(person, Outbox.Json), World.Patience);
        var row = new Case
        {
            Id = family.Id,
            State = FamilyCaseState.Identified,
            Authority = organisation,
            OpenedAt = Now,
            ChangedAt = Now,
            Involved = family.Members,
            Assessment = new(Today, "scenario", MultiAgency: true),
            Consents = [new(member, ConsentState.Given, "2026-1", Today, Today, member, VictimInformation: false)],
            Forms = [new(member, form with { Sha256 = sha256, Length = length })],
            KeyWorker = KeyWorker,
            Entry = new(Today, Plan: ""),
        };
        await Registers.Cases.TryAddAsync(row, World.Patience);
        var current = await Registers.Cases.GetAsync(row.Id, World.Patience);
        foreach (var state in (FamilyCaseState[])[FamilyCaseState.SupportAssessed, FamilyCaseState.PackPrepared, FamilyCaseState.SuitabilityConfirmed, FamilyCaseState.Agreed, FamilyCaseState.Supported])
        {
            current = await Registers.Cases.ChangeAsync(current, current.Row with { State = state }, World.Patience);
        }

        return family;
    }

    /// <summary>A family of the cohort as matching leaves it, its household known.</summary>
    /// <param name="record">What a partner sent about it: exchange and sender; null for nothing.</param>
    public async Task<Family> FamilyAsync(ExamplePerson person, (Agreement Agreement, Exchange Exchange)? record)
    {
        using var hand = WriteWatch.ByHand();
        var family = new Family
        {
            Id = Reference.New(),
            State = CohortState.Recorded,
            Programme = MatchingPlan.Shipped.Programme.Name,
            Authority = organisation,
            RunId = Reference.New(),
            FoundAt = Now,
            Members = [Reference.New()],
        };
        await Registers.Families.TryAddAsync(family, World.Patience);
        if (record is { } source)
        {
            var blob = new FamilyBlob(
                SealedBlob.Of(family.Id), source.Exchange.From[0], source.Agreement.Id, source.Agreement.Version, source.Exchange.Id, source.Exchange.Uses, source.Exchange.Dataset!, source.Exchange.Specification!.Version, Reference.New(), Today, 1);
            var fields = new Dictionary<string, string> { ["surname"] = person.Surname, ["forenames"] = person.Forenames, ["date_of_birth"] = "1984-05-04", ["address"] = person.Address, ["postcode"] = person.Postcode };
            var written = await Service<FamilyVault>().SealAsync([new(blob, [new(1, family.Members[0], fields)])], World.Patience);
            family = family with { Records = written };
        }

        family = (await Registers.Families.ChangeAsync(await Registers.Families.GetAsync(family.Id, World.Patience), family with { State = CohortState.InCohort }, World.Patience)).Row;
        var secret = await Service<IKeyRing>().GetSecretAsync(HouseholdSecrets.Internal, World.Patience);
        using var tokens = await Service<HouseholdIndex>().OpenAsync(World.Patience);
        var key = new byte[HouseholdAddress.MaxLength];
        Assert.True(HouseholdAddress.TryCanonicalise(Encoding.UTF8.GetBytes(person.Address), Encoding.UTF8.GetBytes(person.Postcode), key, out var size));
        await Service<HouseholdIndex>().ClaimAsync(family.Programme, [tokens.Of(family.Programme, HouseholdAddress.Pseudonym(secret, key.AsSpan(0, size)))], family.Id, new HashSet<ulong>(), World.Patience);
        return family;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }
}
