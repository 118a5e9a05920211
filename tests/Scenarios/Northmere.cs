using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>The invented authority with its month dropped: people with known truth, and which extract came from which file.</summary>
internal sealed class Northmere
{
    /// <summary>A fixed day, so that the same people have the same ages at every run; upload addresses must not have lapsed by the real clock.</summary>
    public static readonly DateTimeOffset Day = new(2034, 3, 10, 9, 0, 0, TimeSpan.Zero);

    public Northmere(SyntheticAuthority authority)
    {
        Authority = authority;
    }

    public SyntheticAuthority Authority { get; }

    /// <summary>By extract id.</summary>
    public Dictionary<string, AuthorityExtract> Sources { get; } = [];

    public static async Task<Northmere> DropMonthAsync(LocalHost host, DateOnly today, int people, double troubled, double guessed = 0.3)
    {
        var northmere = new Northmere(new(7, today, people, troubled, Canaries.For(today), guessed));
        var secret = await host.Services.GetRequiredService<IKeyRing>().GetSecretAsync(HouseholdSecrets.NameOf(DemoAuthority.Id), World.Patience);
        var month = await northmere.Authority.MonthAsync(secret, World.Patience);
        CryptographicOperations.ZeroMemory(secret);
        foreach (var extract in await Task.WhenAll(month.Select(async file => (File: file, View: await DropAsync(host, file.File)))))
        {
            northmere.Sources.Add(extract.View.Id, extract.File);
        }

        return northmere;
    }

    public static async Task<ExtractView> DropAsync(LocalHost host, SyntheticExtract file, bool correction = false)
    {
        using var api = World.As(host, file.Agency);
        var view = await new DropSender(api, file.Agency).SendAsync(
            new GrantRequest(file.Exchange, "information-manager", "known to be persistent, reviewed this month", correction), new MemoryStream(file.Csv), plain: false, progress: null, World.Patience);
        Assert.True(view.State is "Kept" or "Erasing" or "Erased", $"{file.Story}: {view.State} {view.RefusalCode}");
        return view;
    }

    public CohortTruth Truth(LocalHost host) => new(() => host.Services, Authority, Sources);

    public static ApiClient Coordinator(LocalHost host) => World.As(host, "", Role.Coordinator);

    public static async Task<List<Family>> FamiliesAsync(LocalHost host, params CohortState[] states) =>
        await host.Services.GetRequiredService<Registers>().Families.ListAsync(World.Patience)
            .Select(family => family.Row).Where(family => states.Contains(family.State)).ToListAsync();
}
