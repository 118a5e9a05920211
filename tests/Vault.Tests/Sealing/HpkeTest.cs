using System.Security.Cryptography;
using System.Text;
using TfFlow.Vault.Sealing;

namespace TfFlow.Vault.Tests.Sealing;

/// <summary>RFC 9180's published vectors (the test-vectors.json that goes with it): mode_base, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256.</summary>
public sealed class HpkeTest
{
    private static readonly byte[] Info = Convert.FromHexString("4f6465206f6e2061204772656369616e2055726e");

    // The vector of our suite, AES-256-GCM.
    private const string RecipientPrivate = "317f915db7bc629c48fe765587897e01e282d3e8445f79f27f65d031a88082b2";
    private const string RecipientPublic = "04abc7e49a4c6b3566d77d0304addc6ed0e98512ffccf505e6a8e3eb25c685136f853148544876de76c0f2ef99cdc3a05ccf5ded7860c7c021238f9e2073d2356c";
    private const string EphemeralPrivate = "90345e3a1d116c1dd39ae76d95ab858c142223a63e44f8f85318cfa91a84858e";
    private const string Enc = "04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0";
    private const string SharedSecret = "48893fecd82f7c3456af6a42d8f56325d21e08c10fa81299986aaff54cde7b49";
    private const string ExporterSecret = "a8e9a7e62621879fdc89cea7da8e6153458f463e2851baaf009a7461d699cfb6";

    public static TheoryData<string, string> Exports => new()
    {
        { "", "7a4c2b89e1909fb0e3ca42d5040f4c2d8346dc0643d787b8474e804f8f72798e" },
        { "00", "3ca0e7e10b601a32edd2f91c49bac766892c52bde2df01a6126320c6e6eb8af1" },
        { "54657374436f6e74657874", "76c6b4f404990ae362be3efe0d60d9669d87017f9dfe33b8c2ed9fd31d295182" },
    };

    // (skRm, pkRm, skEm, enc, shared_secret) of the suite above, of AES-128-GCM (A.3.1 of the RFC) and of ChaCha20Poly1305: the KEM is the same.
    public static TheoryData<string, string, string, string, string> Kem => new()
    {
        { RecipientPrivate, RecipientPublic, EphemeralPrivate, Enc, SharedSecret },
        {
            "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
            "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0",
            "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb",
            "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4",
            "c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8"
        },
        {
            "a4d1c55836aa30f9b3fbb6ac98d338c877c2867dd3a77396d13f68d3ab150d3b",
            "04a697bffde9405c992883c5c439d6cc358170b51af72812333b015621dc0f40bad9bb726f68a5c013806a790ec716ab8669f84f6b694596c2987cf35baba2a006",
            "7550253e1147aae48839c1f8af80d2770fb7a4c763afe7d0afa7e0f42a5b3689",
            "04c07836a0206e04e31d8ae99bfd549380b072a1b1b82e563c935c095827824fc1559eac6fb9e3c70cd3193968994e7fe9781aa103f5b50e934b5b2f387e381291",
            "806520f82ef0b03c823b7fc524b6b55a088f566b9751b89551c170f4113bd850"
        },
    };

    [Theory]
    [MemberData(nameof(Kem))]
    public void Both_sides_agree_on_the_vectors_shared_secret(string recipientPrivate, string recipientPublic, string ephemeralPrivate, string enc, string sharedSecret)
    {
        using var recipient = P256.ImportPrivate(Convert.FromHexString(recipientPrivate));
        using var ephemeral = P256.ImportPrivate(Convert.FromHexString(ephemeralPrivate));
        var (publicKey, encBytes) = (Convert.FromHexString(recipientPublic), Convert.FromHexString(enc));

        Assert.Equal(publicKey, P256.ExportPublic(recipient));
        Assert.Equal(encBytes, P256.ExportPublic(ephemeral));
        using var sent = Hpke.Agree(ephemeral, publicKey, encBytes, publicKey);
        using var received = Hpke.Agree(recipient, encBytes, encBytes, publicKey);
        Assert.Equal(sharedSecret, Convert.ToHexStringLower(sent.Span));
        Assert.Equal(sharedSecret, Convert.ToHexStringLower(received.Span));
    }

    [Fact]
    public void The_key_schedule_gives_the_vectors_exporter_secret()
    {
        using var exporterSecret = Hpke.Schedule(Convert.FromHexString(SharedSecret), Info);

        Assert.Equal(ExporterSecret, Convert.ToHexStringLower(exporterSecret.Span));
    }

    [Theory]
    [MemberData(nameof(Exports))]
    public void Both_sides_export_the_vectors_values(string context, string exported)
    {
        using var recipient = P256.ImportPrivate(Convert.FromHexString(RecipientPrivate));
        using var ephemeral = P256.ImportPrivate(Convert.FromHexString(EphemeralPrivate));

        var (enc, sent) = Hpke.Send(Convert.FromHexString(RecipientPublic), ephemeral, Info, Convert.FromHexString(context));
        using var received = Hpke.Receive(enc, recipient, Info, Convert.FromHexString(context));

        Assert.Equal(Enc, Convert.ToHexStringLower(enc));
        Assert.Equal(exported, Convert.ToHexStringLower(sent.Span));
        Assert.Equal(exported, Convert.ToHexStringLower(received.Span));
        sent.Dispose();
    }

    [Fact]
    public void Another_info_exports_another_secret()
    {
        using var recipient = P256.ImportPrivate(Convert.FromHexString(RecipientPrivate));

        using var one = Hpke.Receive(Convert.FromHexString(Enc), recipient, Info, []);
        using var other = Hpke.Receive(Convert.FromHexString(Enc), recipient, Encoding.ASCII.GetBytes("another"), []);

        Assert.NotEqual(one.Span.ToArray(), other.Span.ToArray());
    }

    public static TheoryData<string> NotPoints
    {
        get
        {
            var (x, y) = (RecipientPublic[2..66], RecipientPublic[66..]);
            const string Prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
            return new TheoryData<string>
            {
                "", "00", "04", new string('0', 130), "04" + new string('0', 128), "05" + x + y, "02" + x, "03" + x, "04" + x + y + "00", "04" + x + y[..62],
                "04" + x + y[..62] + "6d", "04" + y + x, "04" + Prime + y, "04" + x + Prime, "04" + new string('f', 128),
            };
        }
    }

    [Theory]
    [MemberData(nameof(NotPoints))]
    public void What_is_not_a_point_on_the_curve_is_refused(string point)
    {
        var bytes = Convert.FromHexString(point);

        Assert.False(P256.IsPoint(bytes));
        Assert.Throws<ArgumentException>(() => P256.ImportPublic(bytes));
    }

    [Fact]
    public void A_key_pair_survives_export_and_import()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var scalar = P256.ExportPrivate(pair);
        using var again = P256.ImportPrivate(scalar.Span);

        Assert.True(P256.IsPoint(P256.ExportPublic(pair)));
        Assert.Equal(P256.ExportPublic(pair), P256.ExportPublic(again));
    }
}
