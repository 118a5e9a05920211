using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Sealing;

namespace TfFlow.Vault.Tests.Sealing;

/// <summary>The test vectors of docs/drop-format.md hold: they were made with another implementation of the page.</summary>
public sealed partial class DropFormatDocumentTest
{
    public static TheoryData<string> Vectors
    {
        get
        {
            var page = File.ReadAllText(Page("drop-format.md"));
            return [.. VectorPattern().Matches(page).Select(match => match.Groups[1].Value)];
        }
    }

    /// <summary>Where a file of docs lies.</summary>
    public static string Page(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TfFlow.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
        }

        return Path.Combine(folder.FullName, "docs", name);
    }

    [Fact]
    public void The_page_has_vectors() => Assert.Equal(4, Vectors.Count);

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task The_pages_vector_seals_and_opens(string lines)
    {
        var vector = lines.Split('\n').Where(line => line.Contains(" =", StringComparison.Ordinal))
            .ToDictionary(line => line[..line.IndexOf(" =", StringComparison.Ordinal)], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim());
        byte[] Bytes(string name) => Convert.FromHexString(vector[name]);
        int Number(string name) => int.Parse(vector[name], CultureInfo.InvariantCulture);
        var content = vector.ContainsKey("content") ? Bytes("content") : [.. Enumerable.Range(0, Number("content_length")).Select(i => (byte)(i % 251))];
        var (grant, agency) = (vector["grant"], vector["agency"]);

        using var ephemeral = P256.ImportPrivate(Bytes("ephemeral_private"));
        var header = SealedHeader.Create(SealedKind.Segments, grant, agency, Number("segment_size"), Bytes("nonce_prefix"));
        using var output = new MemoryStream();
        await using (var writer = await DropSealer.BeginAsync(output, Bytes("recipient_public"), ephemeral, header, CancellationToken.None))
        {
            await writer.WriteAsync(content);
            await writer.CompleteAsync(CancellationToken.None);
        }

        var drop = output.ToArray();
        if (vector.TryGetValue("drop", out var expected))
        {
            Assert.Equal(expected, Convert.ToHexStringLower(drop));
        }
        else
        {
            Assert.Equal(Number("drop_length"), drop.Length);
            Assert.Equal(vector["drop_sha256"], Convert.ToHexStringLower(SHA256.HashData(drop)));
        }

        using var recipient = P256.ImportPrivate(Bytes("recipient_private"));
        using var exported = Hpke.Receive(drop.AsSpan(4, P256.PointSize), recipient, DropFormat.Info(grant, agency), DropFormat.ExporterContext);
        Assert.Equal(vector["exported_key"], Convert.ToHexStringLower(exported.Span));
        Assert.Equal(content, await Grant.OpenAsync(new DropOpener(grant, agency, Bytes("recipient_private")), drop));
    }

    [GeneratedRegex("^```drop-vector\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex VectorPattern();
}
