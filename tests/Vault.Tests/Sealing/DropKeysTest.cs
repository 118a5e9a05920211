using TfFlow.TestKit;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Sealing;

namespace TfFlow.Vault.Tests.Sealing;

[Collection(AzuriteFixture.Collection)]
public sealed class DropKeysTest(AzuriteFixture azurite)
{
    private const string GrantId = "grant-1";
    private const string Agency = TestVault.Originator;

    [Fact]
    public async Task A_drop_opens_until_its_grants_key_is_destroyed()
    {
        using var vault = await TestVault.CreateAsync(azurite);
        var drop = await SealAsync(await vault.Drops.CreateAsync(GrantId, Agency, default), [1, 2, 3]);

        Assert.Equal([1, 2, 3], await Grant.OpenAsync(await vault.Drops.OpenAsync(GrantId, default), drop));
        Assert.Equal(1, (await vault.Keys.FindAsync(GrantId, default))!.Openings);

        await vault.Keys.DestroyAsync(GrantId, default);
        var refusal = await Assert.ThrowsAsync<SealException>(() => vault.Drops.OpenAsync(GrantId, default));
        Assert.Equal((SealError.KeyDestroyed, "key.destroyed"), (refusal.Error, refusal.Code));
    }

    [Fact]
    public async Task The_private_half_survives_a_rotation_of_the_agencys_key()
    {
        using var vault = await TestVault.CreateAsync(azurite);
        var drop = await SealAsync(await vault.Drops.CreateAsync(GrantId, Agency, default), [1, 2, 3]);

        Assert.Equal(1, await vault.Keys.RotateAsync(Agency, 2, default));

        Assert.Equal([1, 2, 3], await Grant.OpenAsync(await vault.Drops.OpenAsync(GrantId, default), drop));
    }

    [Fact]
    public async Task Every_grant_has_a_key_of_its_own()
    {
        using var vault = await TestVault.CreateAsync(azurite);
        var drop = await SealAsync(await vault.Drops.CreateAsync(GrantId, Agency, default), [1, 2, 3]);
        var other = await vault.Drops.CreateAsync("grant-2", Agency, default);

        Assert.NotEqual(drop[4..69], other.ToArray());
        Assert.Equal(SealError.WrongBlob, (await Grant.RefusalAsync(await vault.Drops.OpenAsync("grant-2", default), drop)).Error);
    }

    private static async Task<byte[]> SealAsync(ReadOnlyMemory<byte> publicKey, byte[] content)
    {
        using var output = new MemoryStream();
        await using var writer = await DropSealer.BeginAsync(output, publicKey, GrantId, Agency, default);
        await writer.WriteAsync(content);
        await writer.CompleteAsync(default);
        return output.ToArray();
    }
}
