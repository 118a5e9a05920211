using System.Text.Json;
using TfFlow.Cli.Commands;
using TfFlow.Programme.Ledger;

namespace TfFlow.Cli.Tests.Ledger;

public sealed class LedgerCheckProofsCommandTest : IDisposable
{
    private static readonly Hash256[] Leaves = [.. Enumerable.Range(0, 5).Select(i => MerkleTree.HashLeaf([(byte)i]))];
    private static readonly Hash256 Left = MerkleTree.HashChildren(MerkleTree.HashChildren(Leaves[0], Leaves[1]), MerkleTree.HashChildren(Leaves[2], Leaves[3]));
    private static readonly Hash256 Root = MerkleTree.HashChildren(Left, Leaves[4]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-probes-");

    private static object Inclusion => new { leafIdx = 4, treeSize = 5, root = Root.ToBase64(), leafHash = Leaves[4].ToBase64(), proof = (string[])[Left.ToBase64()] };

    private static object Consistency => new { size1 = 4, size2 = 5, root1 = Left.ToBase64(), root2 = Root.ToBase64(), proof = (string[])[Leaves[4].ToBase64()], desc = "four in five" };

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Proofs_that_hold_are_accepted_and_the_probe_is_named()
    {
        var run = await RunAsync(Write("probes.json", new[] { Inclusion, Consistency }));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["accept  probes.json[0]", "accept  probes.json[1]: four in five", "2 probes: 2 accepted, 0 refused."], Lines(run));
    }

    [Fact]
    public async Task A_probe_on_its_own_and_a_folder_of_them_are_read()
    {
        Write("a.json", Inclusion);
        Directory.CreateDirectory(Path.Combine(folder.FullName, "deep"));
        Write(Path.Combine("deep", "b.json"), Consistency);
        var run = await RunAsync(folder.FullName);
        Assert.Equal(["accept  a.json", "accept  deep/b.json: four in five", "2 probes: 2 accepted, 0 refused."], Lines(run));
    }

    [Theory]
    [InlineData("""{"leafIdx":0,"treeSize":1,"root":"$0","leafHash":"$0","proof":null}""", true)]
    [InlineData("""{"leafIdx":0,"treeSize":1,"root":"$0","leafHash":"$0"}""", true)]
    [InlineData("""{"leafIdx":0,"treeSize":1,"root":"$1","leafHash":"$0","proof":[]}""", false)]
    [InlineData("""{"leafIdx":0,"treeSize":0,"root":"$0","leafHash":"$0","proof":[]}""", false)]
    [InlineData("""{"leafIdx":18446744073709551615,"treeSize":1,"root":"$0","leafHash":"$0","proof":[]}""", false)]
    [InlineData("""{"leafIdx":-1,"treeSize":1,"root":"$0","leafHash":"$0","proof":[]}""", false)]
    [InlineData("""{"leafIdx":0,"treeSize":1,"root":"","leafHash":"","proof":[]}""", false)]
    [InlineData("""{"leafIdx":0,"treeSize":1,"root":null,"leafHash":null,"proof":[]}""", false)]
    [InlineData("""{"leafIdx":0,"treeSize":1,"root":"AAAA","leafHash":"AAAA","proof":[]}""", false)]
    [InlineData("""{"leafIdx":0,"treeSize":2,"root":"$0","leafHash":"$0","proof":["AAAA"]}""", false)]
    [InlineData("""{"leafIdx":0,"treeSize":1,"root":"no base64","leafHash":"$0","proof":[]}""", false)]
    [InlineData("""{"size1":1,"size2":1,"root1":"AAAA","root2":"AAAA","proof":[]}""", true)]
    [InlineData("""{"size1":1,"size2":1,"root1":"AAAA","root2":"AAAB","proof":[]}""", false)]
    [InlineData("""{"size1":1,"size2":1,"root1":"$0","root2":"$0","proof":["$0"]}""", false)]
    [InlineData("""{"size1":0,"size2":0,"root1":"$0","root2":"$0","proof":[]}""", false)]
    [InlineData("""{"size1":0,"size2":1,"root1":"$0","root2":"$0","proof":[]}""", false)]
    [InlineData("""{"size1":2,"size2":1,"root1":"$0","root2":"$0","proof":[]}""", false)]
    [InlineData("""{"size1":1,"size2":2,"root1":"$0","root2":"$1","proof":[]}""", false)]
    public async Task What_does_not_hold_is_refused(string json, bool accepted)
    {
        json = json.Replace("$0", Leaves[0].ToBase64(), StringComparison.Ordinal).Replace("$1", Leaves[1].ToBase64(), StringComparison.Ordinal);
        var run = await RunAsync(WriteText("probe.json", json));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(accepted ? "accept  probe.json" : "refuse  probe.json", Lines(run)[0]);
    }

    [Fact]
    public async Task What_the_suite_wanted_is_compared()
    {
        const string Probe = """{"leafIdx":0,"treeSize":1,"root":"$0","leafHash":"$0","proof":[],"desc":"one","wantErr":WANT}""";
        var wrong = await RunAsync(WriteText("probe.json", Probe.Replace("WANT", "true", StringComparison.Ordinal).Replace("$0", Leaves[0].ToBase64(), StringComparison.Ordinal)));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Equal(["accept  probe.json: one (DISAGREES: wanted refuse)", "1 probes: 1 accepted, 0 refused; 0 as wanted, 1 not."], Lines(wrong));

        var right = await RunAsync(WriteText("probe.json", Probe.Replace("WANT", "false", StringComparison.Ordinal).Replace("$0", Leaves[0].ToBase64(), StringComparison.Ordinal)));
        Assert.Equal(0, right.ExitCode);
        Assert.Equal("accept  probe.json: one (agrees)", Lines(right)[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("5")]
    [InlineData("[5]")]
    [InlineData("{}")]
    [InlineData("""{"leafIdx":"0","treeSize":1}""")]
    [InlineData("""{"leafIdx":0,"treeSize":1,"proof":5}""")]
    [InlineData("""{"leafIdx":0,"treeSize":1,"proof":[5]}""")]
    public async Task What_is_no_probe_is_said_so(string json)
    {
        var run = await RunAsync(WriteText("probe.json", json));
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("probe.json cannot be read: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_read_is_said_so()
    {
        Assert.Equal(2, (await RunAsync(folder.FullName)).ExitCode);
        Assert.Equal(2, (await RunAsync(Path.Combine(folder.FullName, "missing.json"))).ExitCode);
    }

    private static Task<CommandRun> RunAsync(string path) =>
        CommandRun.RunAsync(LedgerCommand.Create((_, _) => throw new InvalidOperationException("It needs no store.")), "check-proofs", path);

    private static string[] Lines(CommandRun run) => run.Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private string Write(string name, object probe) => WriteText(name, JsonSerializer.Serialize(probe));

    private string WriteText(string name, string json)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, json);
        return path;
    }
}
