using System.Reflection;
using TfFlow.Api;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Programme.Agreements;
using TfFlow.TestKit;
using TfFlow.Vault;
using TfFlow.Vault.Sealing;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios;

/// <summary>A disclosure needs a grant (law 4): nothing is sealed to a recipient, and no bytes reach an outbox, but through a method that demands a <see cref="DisclosureGrant"/>.</summary>
public class LawFourTest
{
    private static readonly CallGraph Graph = new([typeof(AgreementGate).Assembly, typeof(Outbox).Assembly, typeof(TfFlowApi).Assembly, typeof(LocalHost).Assembly]);

    [Fact]
    public void Only_who_shows_a_grant_seals_to_a_recipient()
    {
        Assert.Empty(SealersWithoutGrant(Graph));
        Assert.Equal(["Recipients.SealAsync", "Recipients.SealDropAsync"], Sealers(Graph).Select(CallGraph.NameOf).Order());
    }

    [Fact]
    public void Whoever_seals_without_a_grant_is_found()
    {
        // A department seals its own returns, on its own machine: it needs no leave of ours.
        Assert.Contains(SealersWithoutGrant(new([typeof(DemoRun).Assembly])), method => method.DeclaringType!.FullName!.Contains("DemoStudy", StringComparison.Ordinal));
    }

    [Fact]
    public void An_outbox_takes_a_sealed_file_with_a_grant_alone_and_no_other_bytes()
    {
        var sinks = typeof(Outbox).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetParameters().Any(parameter => IsFile(parameter.ParameterType))).ToList();
        Assert.Equal([nameof(Outbox.DiscloseAsync), nameof(Outbox.DiscloseByDropAsync)], sinks.Select(sink => sink.Name).Order());
        Assert.All(sinks, sink => Assert.True(DemandsGrant(sink)));
    }

    [Fact]
    public void Nothing_but_the_outbox_writes_into_an_outbox()
    {
        var named = typeof(StoreNames).GetMethod(nameof(StoreNames.Outbox))!;
        var writers = Graph.Methods.Where(method => Graph.CallsOf(method) is var calls
            && calls.Any(call => call.Method == named) && calls.Any(call => call.Method.DeclaringType == typeof(IBlobStore) && call.Method.Name is nameof(IBlobStore.PutAsync) or nameof(IBlobStore.OpenWrite)));
        Assert.Equal(["Outbox.WriteAsync"], writers.Select(CallGraph.NameOf));
    }

    [Fact]
    public void Only_the_gate_makes_a_grant_and_only_recipients_make_a_sealed_file()
    {
        Assert.Equal(["AgreementGate"], Makers(typeof(DisclosureGrant)));
        Assert.Equal(["Recipients"], Makers(typeof(Lifecycle.Cases.DisclosedFile)));
    }

    private static IEnumerable<string> Makers(Type made) =>
        Graph.Methods.Where(method => Graph.CallsOf(method).Any(call => call.Method is ConstructorInfo maker && maker.DeclaringType == made)).Select(method => CallGraph.NameOf(method).Split('.')[0]).Distinct();

    private static IEnumerable<MethodBase> SealersWithoutGrant(CallGraph graph) => Sealers(graph).Where(method => !DemandsGrant(method));

    private static IEnumerable<MethodBase> Sealers(CallGraph graph)
    {
        var seal = typeof(RecipientKey).GetMethod(nameof(RecipientKey.SealAsync))!;
        return graph.Methods.Where(method => graph.CallsOf(method).Any(call => call.Method == seal));
    }

    private static bool DemandsGrant(MethodBase method) => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(DisclosureGrant));

    private static bool IsFile(Type type) =>
        type == typeof(Lifecycle.Cases.DisclosedFile) || type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type.IsAssignableTo(typeof(Stream));
}
