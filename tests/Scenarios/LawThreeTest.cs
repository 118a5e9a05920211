using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Proof;
using TfFlow.TestKit;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;
using TfFlow.Vault.Sealing;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios;

/// <summary>Every act is written before it takes effect (law 3): no way through the code, from wherever it is called, changes a register, the vault, a key or an outbox,
/// or opens what is sealed, but through <see cref="Acts.PerformAsync"/>, which writes the intent first.</summary>
public class LawThreeTest
{
    /// <summary>Where effects lie; of what these types offer, only the reads below change and disclose nothing.</summary>
    private static readonly Type[] Ports =
    [
        typeof(IBlobStore), typeof(ITableStore), typeof(TableStoreExtensions), typeof(Register<,>), typeof(DataKeys), typeof(DropKeys), typeof(IKeyRing),
    ];

    private static readonly HashSet<string> Reads =
    [
        "IBlobStore.CreateContainerAsync", "IBlobStore.OpenReadAsync", "IBlobStore.ReadRangeAsync", "IBlobStore.GetPropertiesAsync", "IBlobStore.ListAsync", "IBlobStore.GetCopiesKeptAsync",
        "ITableStore.CreateTableAsync", "ITableStore.GetAsync", "ITableStore.QueryPageAsync", "TableStoreExtensions.QueryAsync",
        "Register.CreateAsync", "Register.FindAsync", "Register.GetAsync", "Register.ListAsync", "Register.DueAsync",
        "DataKeys.CreateTableAsync", "DataKeys.FindAsync", "DataKeys.ListAsync", "DataKeys.OriginatorsAsync",
        "IKeyRing.GetSecretAsync", "IKeyRing.GetCurrentAsync", "IKeyRing.CheckAsync",
    ];

    /// <summary>What has an effect outside an act, and why it may.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["DropClaims.ClaimOnceAsync"] = "The claim row makes the start unique and gives the intent its extract's id; it is insert-only and never deleted.",
        ["Checkpoints.PublishAsync"] = "Checkpoints and receipts are the record itself, not acts on anything.",
    };

    /// <summary>Whose effects are no acts of the programme.</summary>
    private static readonly Dictionary<string, string> ExemptNamespaces = new()
    {
        ["TfFlow.Host.Local.Durable"] = "The runtime's own history: references only (law 1), and what it runs are acts.",
    };

    private static readonly CallGraph Graph = new([typeof(Lifecycle.Registers).Assembly, typeof(TfFlowApi).Assembly, typeof(LocalHost).Assembly]);

    private static readonly HashSet<MethodBase> Runners = FindRunners();

    [Fact]
    public void Nothing_has_an_effect_but_within_an_act_or_for_a_reason_given()
    {
        var offenders = Offenders().ToHashSet();
        Assert.Empty(offenders.Except(Exceptions.Keys));
        Assert.Empty(Exceptions.Keys.Except(offenders));
    }

    [Fact]
    public void The_ways_are_followed_through_async_methods_closures_overrides_and_helpers()
    {
        // Were the graph blind, nothing would offend; so what is known to be within acts must be found there.
        var within = Within().Select(CallGraph.NameOf).ToHashSet();
        string[] known =
        [
            "SealExtract.BeginAsync", "SealExtract.RefuseAsync", "ExtractSealer.SealAsync", "DropReader.OpenAsync", "Erasure.EraseAsync", "Erasure.DeleteAsync",
            "CloseDrop.CloseGrantAsync", "UploadGrants.IssueAsync", "DropClaims.RecordAsync",
        ];
        Assert.Empty(known.Except(within));
        Assert.Contains(Runners, runner => runner.DeclaringType == typeof(Acts));
        Assert.Contains(Runners, runner => CallGraph.NameOf(runner) == "DropClaims.RecordUnexpectedAsync");
    }

    [Fact]
    public async Task While_an_extract_lives_its_whole_life_no_write_comes_before_its_intent()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time);
        var extract = await World.DropAsync(host, World.AttendanceFile(20));
        await host.Engine.AdvanceToAsync(extract.KeptUntil!.Value, World.Patience);
        await World.SweepAsync(host);
        await host.Services.GetRequiredService<Checkpoints>().RunAsync(World.Patience);

        Assert.Empty(world.Writes.Outside);
        Assert.True(world.Writes.Inside > 20, $"{world.Writes.Inside} writes were seen.");
    }

    [Fact]
    public async Task A_write_that_comes_before_its_intent_is_seen()
    {
        var world = await World.CreateAsync();
        await using (var host = await world.StartAsync())
        {
            var outbox = host.Services.GetRequiredService<Outbox>();
            await outbox.PutTextAsync("school-0", "reports/stray.txt", "x", World.Patience);
        }

        Assert.Equal([$"Put {world.Names.Outbox("school-0")}/reports/stray.txt"], world.Writes.Outside.Distinct());
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () => await world.DisposeAsync());
    }

    /// <summary>Methods with an effect that some way reaches without passing an act.</summary>
    private static IEnumerable<string> Offenders()
    {
        var seen = new HashSet<MethodBase>();
        var open = new Stack<MethodBase>(Graph.Roots);
        while (open.TryPop(out var method))
        {
            if (!seen.Add(method) || Exempt(method))
            {
                continue;
            }

            var name = CallGraph.NameOf(method);
            if (Exceptions.ContainsKey(name))
            {
                yield return name;
                continue;
            }

            if (Graph.CallsOf(method).Any(call => IsEffect(call.Method)))
            {
                yield return name;
            }

            foreach (var next in OutsideActs(method))
            {
                open.Push(next);
            }
        }
    }

    /// <summary>Methods that are reached only through what an act runs.</summary>
    private static IEnumerable<MethodBase> Within()
    {
        var outside = new HashSet<MethodBase>();
        var open = new Stack<MethodBase>(Graph.Roots);
        while (open.TryPop(out var method))
        {
            if (outside.Add(method))
            {
                foreach (var next in OutsideActs(method))
                {
                    open.Push(next);
                }
            }
        }

        return Graph.Methods.Where(method => !outside.Contains(method));
    }

    // What a method hands on where it starts an act is what the act runs.
    private static IEnumerable<MethodBase> OutsideActs(MethodBase method)
    {
        var calls = Graph.CallsOf(method);
        var startsAct = calls.Any(call => Runners.Contains(call.Method));
        return calls.Where(call => !(call.AsDelegate && startsAct)).Select(call => call.Method);
    }

    /// <summary>PerformAsync, and every method that hands a delegate it is given on to it.</summary>
    private static HashSet<MethodBase> FindRunners()
    {
        HashSet<MethodBase> runners = [.. typeof(Acts).GetMethods().Where(method => method.Name == nameof(Acts.PerformAsync))];
        for (var before = 0; before < runners.Count;)
        {
            before = runners.Count;
            runners.UnionWith(Graph.Methods.Where(method =>
                method.GetParameters().Any(parameter => typeof(Delegate).IsAssignableFrom(parameter.ParameterType)) && Graph.CallsOf(method).Any(call => !call.AsDelegate && runners.Contains(call.Method))));
        }

        return runners;
    }

    private static bool IsEffect(MethodBase method)
    {
        var port = Array.Find(Ports, type => type == (method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : method.DeclaringType));
        return port is not null && !method.IsConstructor && !Reads.Contains($"{port.Name.Split('`')[0]}.{method.Name}");
    }

    private static bool Exempt(MethodBase method) => ExemptNamespaces.Keys.Any(name => method.DeclaringType!.Namespace?.StartsWith(name, StringComparison.Ordinal) == true);
}
