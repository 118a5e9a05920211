using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios.Cases;

/// <summary>Further incidents reach the key worker of the family they are about; of a family that is gone nothing is kept.</summary>
public sealed class DeliveryTest : IAsyncLifetime
{
    private static readonly string[][] Rows =
    [
        CaseWorld.Incident("Edith", "12 Wharf Street", "LE1 1AA"),
        CaseWorld.Incident("Edwin", "99 Elsewhere Road", "LE2 2BB", summary: "Somebody else", born: "03/02/1991"),
    ];

    private readonly CaseWorld world = CaseWorld.Watching();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_incident_reaches_the_key_worker_and_one_that_comes_after_erasure_is_erased_at_once()
    {
        var family = await world.SupportedAsync();
        await world.IndexAsync(family, "12 Wharf Street", "LE1 1AA");

        var delivered = await world.IncidentsAsync(Rows);

        Assert.Equal("Erased", delivered.State);
        using var keyWorker = world.As(Role.KeyWorker, account: CaseWorld.KeyWorker);
        var shown = await keyWorker.GetAsync<CaseInformation>($"/cases/{family.Id}/incidents", World.Patience);
        var incident = Assert.Single(shown.Items, item => item.Exchange == "caseshire-incidents");
        Assert.Equal((CaseWorld.Police, "Noise late at night", CaseWorld.Canary), (incident.Source, incident.Fields["summary"], incident.Fields["surname"]));

        await world.ActAsync($"/cases/{family.Id}/consents/{family.Members[0]}/withdraw");
        var afterWithdrawal = await world.IncidentsAsync(Rows);
        Assert.Equal("Erased", afterWithdrawal.State);
        var kept = (await world.Registers.Families.GetAsync(family.Id, World.Patience)).Row.Records;
        Assert.DoesNotContain(kept, record => record.ExtractId == afterWithdrawal.Id);

        // The family is reviewed, erased and forgotten; then comes another extract about it.
        await world.ActAsync($"/cases/{family.Id}/review", new ReviewRequest(FurtherRisk: false));
        await world.UntilAsync(family.Id, row => row.State is FamilyCaseState.Erased);
        var late = await world.IncidentsAsync(Rows);
        Assert.Equal("Erased", late.State);
        var keys = world.Host.Services.GetRequiredService<DataKeys>();
        var extract = (await world.Registers.Extracts.GetAsync(late.Id, World.Patience)).Row;
        foreach (var blob in extract.Sealed!.Blobs)
        {
            Assert.Null(await keys.FindAsync(blob.Name, World.Patience));
            Assert.Null(await world.Host.Services.GetRequiredService<IBlobStore>().GetPropertiesAsync(new(world.Host.Services.GetRequiredService<StoreNames>().Vault, blob.Name), World.Patience));
        }

        Assert.True(await world.LiesInOutboxAsync(CaseWorld.Police, $"certificates/{late.Id}.json"));
        Assert.Equal(FamilyCaseState.Erased, (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.State);
    }
}
