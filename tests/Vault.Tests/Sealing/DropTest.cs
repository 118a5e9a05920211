using FsCheck;
using FsCheck.Fluent;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Sealing;
using TfFlow.Vault.Tests.Envelope;

namespace TfFlow.Vault.Tests.Sealing;

public sealed class DropTest : IDisposable
{
    private readonly Grant grant = new();

    public void Dispose() => grant.Dispose();

    [Fact]
    public void A_drop_opens_with_the_grants_key_at_any_size_and_its_length_is_known_before() => Properties.Hold(40, Gen.Choose(0, 600_000), length =>
    {
        var content = Segments.Content(length);

        var drop = grant.SealAsync(content).GetAwaiter().GetResult();

        Assert.Equal(DropSealer.SealedLength(length, grant.Id, grant.Agency), drop.Length);
        Assert.True(Grant.OpenAsync(grant.Opener(), drop).GetAwaiter().GetResult().AsSpan().SequenceEqual(content));
    });

    [Fact]
    public async Task The_agency_cannot_seal_to_what_is_not_a_public_key()
    {
        var key = grant.PublicKey;
        key[64] ^= 1;

        await Assert.ThrowsAsync<ArgumentException>(() => DropSealer.BeginAsync(new MemoryStream(), key, grant.Id, grant.Agency, CancellationToken.None));
    }

    [Fact]
    public async Task A_drop_of_another_grant_or_agency_is_refused_as_the_wrong_one()
    {
        var drop = await grant.SealAsync([1, 2, 3]);

        var refusals = new[]
        {
            await Grant.RefusalAsync(grant.Opener(grant: "grant-0000"), drop),
            await Grant.RefusalAsync(grant.Opener(agency: "westshire-school"), drop),
        };

        Assert.All(refusals, refusal => Assert.Equal(SealError.WrongBlob, refusal.Error));
        Assert.Equal("grant-0000", refusals[0].Blob);
    }

    [Fact]
    public async Task A_drop_with_its_grant_rewritten_is_refused()
    {
        var drop = await grant.SealAsync([1, 2, 3]);
        var at = drop.AsSpan().IndexOf("grant-51c2"u8);
        "grant-0000"u8.CopyTo(drop.AsSpan(at));

        var refusal = await Grant.RefusalAsync(grant.Opener(grant: "grant-0000"), drop);

        Assert.Equal((SealError.Altered, 0L), (refusal.Error, refusal.Segment));
    }

    [Fact]
    public async Task Another_grants_key_opens_nothing()
    {
        using var other = new Grant();

        var refusal = await Grant.RefusalAsync(other.Opener(), await grant.SealAsync([1, 2, 3]));

        Assert.Equal((SealError.Altered, 0L), (refusal.Error, refusal.Segment));
    }

    [Fact]
    public async Task Any_flipped_bit_of_a_small_drop_is_refused()
    {
        var drop = await grant.SealAsync(Segments.Content(50));

        for (var bit = 0; bit < 8 * drop.Length; bit += 3)
        {
            Assert.Equal(grant.Id, (await Grant.RefusalAsync(grant.Opener(), Segments.FlipBit(drop, bit))).Blob);
        }
    }

    [Fact]
    public async Task A_drop_cut_anywhere_is_refused_as_truncated()
    {
        var drop = await grant.SealAsync(Segments.Content(50));

        for (var length = 0; length < drop.Length; length++)
        {
            Assert.Equal(SealError.Truncated, (await Grant.RefusalAsync(grant.Opener(), drop[..length])).Error);
        }
    }

    [Fact]
    public void Arbitrary_bytes_are_refused() =>
        Properties.Hold(200, from length in Gen.Choose(0, 300) from bytes in Gen.Choose(0, 255).ArrayOf(length) from magic in Gen.Elements(true, false) select (bytes, magic), drop =>
        {
            byte[] bytes = [.. drop.magic ? DropFormat.Magic : [], .. drop.bytes.Select(b => (byte)b)];

            var refusal = Grant.RefusalAsync(grant.Opener(), bytes).GetAwaiter().GetResult();

            Assert.True(refusal.Error is SealError.Malformed or SealError.Truncated);
        });

    [Fact]
    public async Task A_plain_file_is_refused_as_malformed()
    {
        var refusal = await Grant.RefusalAsync(grant.Opener(), "reference,date\n1,2031-05-06\n"u8.ToArray());

        Assert.Equal((SealError.Malformed, "seal.malformed"), (refusal.Error, refusal.Code));
    }
}
