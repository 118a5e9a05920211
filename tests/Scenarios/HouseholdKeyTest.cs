using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Sealing;

namespace TfFlow.Scenarios;

/// <summary>A partner names households in its list by a secret of the agreement, which it gets sealed to its own key, and recognises nothing else by it.</summary>
public class HouseholdKeyTest
{
    private const string Police = "northmere-police", Exchange = "northmere-households";

    [Fact]
    public async Task A_partner_opens_its_secret_with_its_own_key_and_the_list_made_with_it_meets_the_other_extracts()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(new VirtualClock(Northmere.Day), northmere: true);
        using var governance = World.As(host, "", Role.InformationGovernance);
        using var police = World.As(host, Police);
        using var key = RecipientKey.Create();

        Assert.Contains("has registered no key", await RefusalAsync(governance, Police, new(Exchange)), StringComparison.Ordinal);
        await police.PostAsync<RecipientView>($"/agencies/{Police}/key", new RecipientKeyRequest(Convert.ToBase64String(key.PublicKey.Span)), World.Patience);
        var given = await governance.PostAsync<HouseholdKeyView>($"/agencies/{Police}/household-key", new HouseholdKeyRequest(Exchange), World.Patience);
        Assert.Equal(("northmere", Police, "", "household-key/northmere.sealed"), (given.Agreement, given.Agency, given.Shown, given.File));
        Assert.Contains("is sealed to it, and shown to nobody", await RefusalAsync(governance, Police, new(Exchange, Show: true)), StringComparison.Ordinal);

        var secret = await ReceiveAsync(police, key, given);
        var ring = host.Services.GetRequiredService<IKeyRing>();
        Assert.NotEqual(Convert.ToHexString(await ring.GetSecretAsync(HouseholdSecrets.Internal, World.Patience)), Convert.ToHexString(secret));

        var northmere = new Northmere(new(7, DateOnly.FromDateTime(Northmere.Day.UtcDateTime), 400, 0.3, Canaries.For(DateOnly.FromDateTime(Northmere.Day.UtcDateTime))));
        foreach (var extract in await northmere.Authority.MonthAsync(secret, World.Patience))
        {
            northmere.Sources.Add((await Northmere.DropAsync(host, extract.File)).Id, extract);
        }

        using var coordinator = Northmere.Coordinator(host);
        await DemoMatch.RoundAsync(host, coordinator, World.Patience);
        var families = await Northmere.FamiliesAsync(host, Programme.Eligibility.CohortState.InCohort, Programme.Eligibility.CohortState.InReview);
        Assert.Contains(families, family => family.Records.Any(record => record.Dataset == "household-list"));
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_to_who_sends_such_a_list_alone()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(new VirtualClock(Northmere.Day), northmere: true);
        using var governance = World.As(host, "", Role.InformationGovernance);

        var shown = await governance.PostAsync<HouseholdKeyView>($"/agencies/{Police}/household-key", new HouseholdKeyRequest(Exchange, Show: true), World.Patience);
        Assert.Matches("^[0-9a-f]{64}$", shown.Shown);
        Assert.Equal(shown.Sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(shown.Shown))));
        var entry = (await host.Services.GetRequiredService<Ledger>().FindAsync("household-key.show.northmere", EntryKind.Outcome, World.Patience))!.Entry;
        Assert.Equal((Police, "northmere", shown.Sha256), (entry.Agency.Text, entry.Agreement, entry.Hash));

        Assert.Contains("was shown on 2034-03-10, and is shown once", await RefusalAsync(governance, Police, new(Exchange, Show: true)), StringComparison.Ordinal);
        Assert.Contains("is sent by northmere-police, not by northmere-yos", await RefusalAsync(governance, "northmere-yos", new(Exchange, Show: true)), StringComparison.Ordinal);
        Assert.Contains("is no household list", await RefusalAsync(governance, Police, new("northmere-asb", Show: true)), StringComparison.Ordinal);
    }

    private static async Task<byte[]> ReceiveAsync(ApiClient police, RecipientKey key, HouseholdKeyView given)
    {
        var notice = JsonSerializer.Deserialize<HouseholdKeyNotice>(await OutboxCommand.ReadAsync(police, Police, "household-key/northmere.json", World.Patience), Outbox.Json)!;
        using var file = new MemoryStream(await OutboxCommand.ReadAsync(police, Police, notice.File, World.Patience));
        var digits = await key.OpenAsync(file, notice.Reference, Police, World.Patience);
        Assert.Equal((given.Sha256, notice.Sha256), (Convert.ToHexStringLower(SHA256.HashData(digits)), given.Sha256));
        return Convert.FromHexString(Encoding.ASCII.GetString(digits));
    }

    private static async Task<string> RefusalAsync(ApiClient governance, string agency, HouseholdKeyRequest request) =>
        (await Assert.ThrowsAsync<CommandException>(() => governance.PostAsync<HouseholdKeyView>($"/agencies/{agency}/household-key", request, World.Patience))).Message;
}
