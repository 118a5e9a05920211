using System.Diagnostics;
using TfFlow.Vault.Sealing;
using TfFlow.Vault.Tests.Envelope;

namespace TfFlow.Vault.Tests.Sealing;

/// <summary>docs/drop.mjs seals what we open: another implementation of the page, in a program that is not ours.</summary>
public sealed class JavaScriptDropTest
{
    [Fact]
    public async Task The_module_of_the_page_seals_files_of_every_length()
    {
        using var grant = new Grant();
        int[] lengths = [0, 1, 524_288, 524_289, 1_200_000];
        var script = $$"""
            import { seal } from "{{new Uri(DropFormatDocumentTest.Page("drop.mjs"))}}";
            for (const length of [{{string.Join(',', lengths)}}]) {
              const content = Uint8Array.from({ length }, (_, i) => i % 251);
              const sealed = await seal(new Blob([content]), { publicKey: "{{Convert.ToBase64String(grant.PublicKey)}}", grantId: "{{grant.Id}}", agency: "{{grant.Agency}}" });
              console.log(Buffer.from(await sealed.arrayBuffer()).toString("base64"));
            }
            """;
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await node.StandardInput.WriteAsync(script);
        node.StandardInput.Close();
        var drops = (await node.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await node.WaitForExitAsync();

        Assert.Equal(lengths.Length, drops.Length);
        foreach (var (length, drop) in lengths.Zip(drops.Select(Convert.FromBase64String)))
        {
            Assert.Equal(DropSealer.SealedLength(length, grant.Id, grant.Agency), drop.Length);
            Assert.True((await Grant.OpenAsync(grant.Opener(), drop)).SequenceEqual(Enumerable.Range(0, length).Select(i => (byte)(i % 251))));
        }
    }
}
