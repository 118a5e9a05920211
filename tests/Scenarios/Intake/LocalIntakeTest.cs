using Microsoft.Extensions.DependencyInjection;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle.Proof;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios.Intake;

/// <summary>The intake scenario through the local host.</summary>
public sealed class LocalIntakeTest : IntakeScenario
{
    private protected override async Task<IntakeHost> StartAsync()
    {
        var world = await World.CreateAloneAsync();
        return new LocalIntakeHost(world, await world.StartAsync());
    }

    private sealed class LocalIntakeHost(World world, LocalHost host) : IntakeHost
    {
        private LocalHost host = host;
        private LaterTime time = new(TimeSpan.Zero);

        public override IServiceProvider Services => host.Services;

        public override string Personal => world.Azurite.ConnectionString(AzuriteAccounts.Personal);

        public override IReadOnlyList<string> Folders => [world.AzuriteFolder, world.WorkFolder];

        public override ApiClient As(string agency) => World.As(host, agency);

        /// <remarks>It looks every second.</remarks>
        public override Task AnnounceAsync(BlobAddress blob) => Task.CompletedTask;

        public override Task PassNightAsync() => World.SweepAsync(host);

        public override Task SignIfDueAsync() => host.Services.GetRequiredService<Checkpoints>().RunIfDueAsync(World.Patience);

        public override async Task RestartAsync(TimeSpan later)
        {
            await host.DisposeAsync();
            time = new(time.Later + later);
            host = await world.StartAsync(time);
        }

        public override async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await world.DisposeAsync();
        }
    }
}
