using System.Security.Cryptography;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Sealing;

namespace TfFlow.Vault.Tests.Sealing;

/// <summary>A grant's key pair in memory, and drops sealed to it.</summary>
internal sealed class Grant : IDisposable
{
    private readonly ECDiffieHellman pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public string Id { get; init; } = "grant-51c2";

    public string Agency { get; init; } = "northshire-police";

    public byte[] PublicKey => P256.ExportPublic(pair);

    public async Task<byte[]> SealAsync(byte[] content)
    {
        using var output = new MemoryStream();
        await using var writer = await DropSealer.BeginAsync(output, PublicKey, Id, Agency, CancellationToken.None);
        await writer.WriteAsync(content);
        await writer.CompleteAsync(CancellationToken.None);
        return output.ToArray();
    }

    public DropOpener Opener(string? grant = null, string? agency = null)
    {
        using var scalar = P256.ExportPrivate(pair);
        return new DropOpener(grant ?? Id, agency ?? Agency, scalar.Span);
    }

    public static async Task<byte[]> OpenAsync(DropOpener opener, byte[] drop)
    {
        using (opener)
        {
            await using var content = await opener.OpenAsync(new MemoryStream(drop), CancellationToken.None);
            using var opened = new MemoryStream();
            await content.CopyToAsync(opened);
            return opened.ToArray();
        }
    }

    public static Task<SealException> RefusalAsync(DropOpener opener, byte[] drop) => Assert.ThrowsAsync<SealException>(() => OpenAsync(opener, drop));

    public void Dispose() => pair.Dispose();
}
