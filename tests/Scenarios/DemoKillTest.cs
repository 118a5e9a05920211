using Spectre.Console;
using TfFlow.Host.Local.Azurite;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.TestKit.Storage;
using Xunit.Abstractions;

namespace TfFlow.Scenarios;

/// <summary>The whole story, with hosts that die again and again while they work.</summary>
public class DemoKillTest(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Exhaustive")]
    public Task Killed_a_hundred_times_the_whole_story_ends_with_everything_holding() => RunAsync(people: 20_000, kills: 100, every: 400);

    [Fact]
    [Trait("Category", "Exhaustive")]
    public Task Killed_a_hundred_times_the_story_of_a_small_authority_ends_with_everything_holding() => RunAsync(people: 1_500, kills: 100, every: 150);

    private async Task RunAsync(int people, int kills, int every)
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-demo-kill-");
        var random = new Random(5);
        var deployments = new List<MortalDeployment>();
        try
        {
            await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = Path.Combine(folder.FullName, "azurite") }, World.Patience);
            using var transcript = new StringWriter();
            var run = new DemoRun(Terminal.Create(transcript, plain: true), transcript, folder.FullName, people, seed: 3, async options =>
            {
                // Two deployments share this emulator, each under names of its own.
                var deployment = await MortalDeployment.StartAsync(
                    options with { ConnectionString = azurite.ConnectionString(AzuriteAccounts.Personal), Prefix = $"d{deployments.Count}", Progress = null }, () => kills-- > 0 ? random.Next(1, 2 * every) : int.MaxValue);
                deployments.Add(deployment);
                return deployment;
            });

            var report = await run.RunAsync(new CancellationTokenSource(TimeSpan.FromMinutes(40)).Token);

            output.WriteLine($"{deployments.Sum(deployment => deployment.Deaths)} deaths over {deployments.Sum(deployment => deployment.Operations):N0} storage operations");
            foreach (var (part, seconds) in report.Seconds)
            {
                output.WriteLine($"{part}: {seconds} s");
            }

            Assert.All(report.Invariants, invariant => Assert.True(invariant.Holds, $"{invariant.Name}: {invariant.Detail}"));
            Assert.True(deployments.Sum(deployment => deployment.Deaths) >= 100, "too few deaths: kill more often");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A deployment whose host dies before a storage operation and is started again, by the same files, on the same store.</summary>
    private sealed class MortalDeployment : DemoDeployment
    {
        private readonly LocalHostOptions options;
        private readonly Func<int> next;
        private Mortality mortality;
        private long operations;

        private MortalDeployment(LocalHost host, LocalHostOptions options, Mortality mortality, Func<int> next)
            : base(host)
        {
            (this.options, this.mortality, this.next) = (options, mortality, next);
            Arm();
        }

        public int Deaths { get; private set; }

        public long Operations => operations + mortality.Operations;

        public static async Task<MortalDeployment> StartAsync(LocalHostOptions options, Func<int> next)
        {
            var (host, mortality) = await StartHostAsync(options);
            return new(host, options, mortality, next);
        }

        public override async Task<T> LiveAsync<T>(Func<Task<T>> step)
        {
            while (true)
            {
                mortality.Armed = true;
                try
                {
                    var result = await step();
                    if (!mortality.IsDead)
                    {
                        return result;
                    }
                }
                catch (Exception) when (mortality.IsDead)
                {
                    // Whatever the step saw of the death.
                }
                finally
                {
                    mortality.Armed = false;
                }

                Deaths++;
                operations += mortality.Operations;
                await Host.DisposeAsync();
                (Host, mortality) = await StartHostAsync(options);
                Arm();
            }
        }

        private static async Task<(LocalHost Host, Mortality Mortality)> StartHostAsync(LocalHostOptions options)
        {
            var mortality = new Mortality();
            var time = new VirtualClock(options.Time.GetUtcNow());
            return (await LocalHost.StartAsync(options with { Time = time, Around = mortality.Wrap }, World.Patience), mortality);
        }

        private void Arm()
        {
            mortality.Died = Host.Engine.Kill;
            mortality.DieAfter(next());
        }
    }
}
