using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Drops;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Linkage;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios.Cases;

/// <summary>Further incidents reach the key worker of the family they are about; of a family that is gone nothing is kept.</summary>
public sealed class DeliveryTest : IAsyncLifetime
{
    private readonly CaseWorld world = CaseWorld.Watching();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_incident_reaches_the_key_worker_and_one_that_comes_after_erasure_is_erased_at_once()
    {
        var family = await world.SupportedAsync();
        await IndexAsync(family, "12 Wharf Street", "LE1 1AA");

        var delivered = await DropAsync("12 Wharf Street", "LE1 1AA");

        Assert.Equal("Erased", delivered.State);
        using var keyWorker = world.As(Role.KeyWorker, account: CaseWorld.KeyWorker);
        var shown = await keyWorker.GetAsync<CaseInformation>($"/cases/{family.Id}/incidents", World.Patience);
        var incident = Assert.Single(shown.Items, item => item.Exchange == "caseshire-incidents");
        Assert.Equal((CaseWorld.Police, "Noise late at night", CaseWorld.Canary), (incident.Source, incident.Fields["summary"], incident.Fields["surname"]));

        await world.ActAsync($"/cases/{family.Id}/consents/{family.Members[0]}/withdraw");
        var afterWithdrawal = await DropAsync("12 Wharf Street", "LE1 1AA");
        Assert.Equal("Erased", afterWithdrawal.State);
        var kept = (await world.Registers.Families.GetAsync(family.Id, World.Patience)).Row.Records;
        Assert.DoesNotContain(kept, record => record.ExtractId == afterWithdrawal.Id);

        // The family is reviewed, erased and forgotten; then comes another extract about it.
        await world.ActAsync($"/cases/{family.Id}/review", new ReviewRequest(FurtherRisk: false));
        await world.UntilAsync(family.Id, row => row.State is FamilyCaseState.Erased);
        var late = await DropAsync("12 Wharf Street", "LE1 1AA");
        Assert.Equal("Erased", late.State);
        var keys = world.Host.Services.GetRequiredService<DataKeys>();
        var extract = (await world.Registers.Extracts.GetAsync(late.Id, World.Patience)).Row;
        foreach (var blob in extract.Sealed!.Blobs)
        {
            Assert.Null(await keys.FindAsync(blob.Name, World.Patience));
            Assert.Null(await world.Host.Services.GetRequiredService<IBlobStore>().GetPropertiesAsync(new("vault", blob.Name), World.Patience));
        }

        Assert.True(await world.LiesInOutboxAsync(CaseWorld.Police, $"certificates/{late.Id}.json"));
        Assert.Equal(FamilyCaseState.Erased, (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.State);
    }

    /// <summary>As matching leaves it: the household's token leads to the family.</summary>
    private async Task IndexAsync(Family family, string address, string postcode)
    {
        using var hand = WriteWatch.ByHand();
        var services = world.Host.Services;
        var secret = await services.GetRequiredService<IKeyRing>().GetSecretAsync(HouseholdSecrets.Internal, World.Patience);
        using var tokens = await services.GetRequiredService<HouseholdIndex>().OpenAsync(World.Patience);
        await services.GetRequiredService<HouseholdIndex>().ClaimAsync(
            family.Programme, [tokens.Of(family.Programme, Pseudonym(secret, address, postcode))], family.Id, World.Patience);
    }

    private static HouseholdPseudonym Pseudonym(byte[] secret, string address, string postcode)
    {
        Span<byte> key = stackalloc byte[HouseholdAddress.MaxLength];
        Assert.True(HouseholdAddress.TryCanonicalise(Encoding.UTF8.GetBytes(address), Encoding.UTF8.GetBytes(postcode), key, out var length));
        return HouseholdAddress.Pseudonym(secret, key[..length]);
    }

    private async Task<ExtractView> DropAsync(string address, string postcode)
    {
        var day = DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime).AddDays(-1).ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture);
        var file = $"Surname,Forenames,Date of birth,Address,Postcode,Subject role,Consent specifically sought,Incident date,Incident type,Summary\r\n"
            + $"{CaseWorld.Canary},Edith,03/02/1990,{address},{postcode},perpetrator,no,{day},call-out,Noise late at night\r\n"
            + $"Other{CaseWorld.Canary},Edwin,03/02/1991,99 Elsewhere Road,LE2 2BB,perpetrator,no,{day},call-out,Somebody else\r\n";
        using var api = world.As(Role.AgencySubmitter, CaseWorld.Police);
        var extract = await new DropSender(api, CaseWorld.Police).SendAsync(
            new GrantRequest("caseshire-incidents"), new MemoryStream(Encoding.UTF8.GetBytes(file)), plain: false, progress: null, World.Patience);
        var ended = await CaseWorld.UntilAsync(
            async () => (await world.Registers.Extracts.FindAsync(extract.Id, World.Patience))?.Row,
            row => row.State is Programme.Extracts.ExtractStage.Erased or Programme.Extracts.ExtractStage.Quarantined);
        return ExtractView.Of(ended);
    }
}
