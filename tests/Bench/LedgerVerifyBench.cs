using System.Diagnostics;
using System.Security.Cryptography;
using TfFlow.Host.Local.Azurite;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>Verifying a ledger: its rate from memory at several lengths, and its memory from the store.</summary>
internal static class LedgerVerifyBench
{
    private const int FromStore = 50_000;

    public static async Task<bool> RunAsync()
    {
        using var signer = new BenchSigner();
        var rates = new List<double>();
        int[] pages = [1_021, 2_552, 5_103, 10_205];
        var memory = new MemoryLedger(pages[^1]);
        foreach (var length in pages)
        {
            memory.Cut(length);
            var ledger = new Ledger(memory, memory);
            await new Checkpointer(ledger, signer, (_, _) => Task.CompletedTask).RunAsync(CancellationToken.None);
            var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var verdict = await new LedgerVerifier(ledger, signer.PublicKey).VerifyAsync(CancellationToken.None);
            rates.Add(verdict.Entries / clock.Elapsed.TotalSeconds);
            var perProcessor = verdict.Entries / (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
            LedgerBench.Print($"verify from memory {rates[^1],9:N0} entries a second, {perProcessor,9:N0} a second of processor time; {verdict}");
            if (!verdict.IsSound)
            {
                return false;
            }
        }

        return await VerifyFromStoreAsync(signer) && rates[^1] >= 200_000;
    }

    private static async Task<bool> VerifyFromStoreAsync(BenchSigner signer)
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-bench-");
        await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder.FullName }, CancellationToken.None);
        var account = azurite.ConnectionString(AzuriteAccounts.Host);
        var ledger = new Ledger(new TableStore(account), new BlobStore(account));
        await ledger.CreateAsync(CancellationToken.None);
        foreach (var part in Enumerable.Range(0, FromStore).Chunk(980))
        {
            await Task.WhenAll(part.Select(i => ledger.AppendAsync(LedgerBench.Entry("a", i), CancellationToken.None)));
        }

        await new Checkpointer(ledger, signer, (_, _) => Task.CompletedTask).RunAsync(CancellationToken.None);
        var sound = true;
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var peak = before;
            var clock = Stopwatch.StartNew();
            var progress = new Sampler(() => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true)));
            var verdict = await new LedgerVerifier(ledger, signer.PublicKey).VerifyAsync([], progress, CancellationToken.None);
            LedgerBench.Print($"verify from Azurite {verdict.Entries / clock.Elapsed.TotalSeconds,9:N0} entries a second; at most {(peak - before) / 1e6:F1} MB live beyond the start; {verdict}");
            sound &= verdict.IsSound;
        }

        folder.Delete(recursive: true);
        return sound;
    }

    // Collects now and then, so that what is counted is what is held.
    private sealed class Sampler(Action sample) : IProgress<long>
    {
        private int reports;

        public void Report(long value)
        {
            if (++reports % 50 == 0)
            {
                sample();
            }
        }
    }

    private sealed class BenchSigner : ILedgerSigner, IDisposable
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public LedgerPublicKey PublicKey => new("bench.example/tfflow", key.ExportSubjectPublicKeyInfo());

        public Task<byte[]> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
            Task.FromResult(key.SignData(text.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

        public void Dispose() => key.Dispose();
    }
}
