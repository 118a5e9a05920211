using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TfFlow.Api.Access;

namespace TfFlow.Host.Local.Identity;

/// <summary>Bearer tokens of the local host: minted by the command line, signed and encrypted by the framework's data protection with a key in the work folder.</summary>
public sealed class LocalTokens(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Scheme = "TfFlowLocal";

    private readonly IDataProtector protector = protection.CreateProtector("tfflow.token.v1");

    public string Mint(Caller caller, TimeSpan lifetime) => protector.Protect(string.Join(
        '\n', caller.Account, caller.Role, caller.Agency, time.GetUtcNow().Add(lifetime).UtcTicks.ToString(CultureInfo.InvariantCulture)));

    /// <returns>The caller, or null when the token is not ours, was changed, or is over.</returns>
    public Caller? Read(string token)
    {
        try
        {
            var parts = protector.Unprotect(token).Split('\n');
            return long.Parse(parts[3], CultureInfo.InvariantCulture) > time.GetUtcNow().UtcTicks
                ? new Caller(parts[0], Enum.Parse<Role>(parts[1]), parts[2])
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
