using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using TfFlow.Api.Access;

namespace TfFlow.Host.Local.Identity;

/// <summary>Bearer tokens of the local host: minted by the command line, signed and encrypted by the framework's data protection with a key in the work folder.</summary>
public sealed class LocalTokens(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Scheme = "TfFlowLocal";

    /// <summary>How long a link may be used.</summary>
    public static TimeSpan LinkLifetime { get; } = TimeSpan.FromMinutes(10);

    private readonly IDataProtector protector = protection.CreateProtector("tfflow.token.v1");
    private readonly IDataProtector links = protection.CreateProtector("tfflow.link.v1");

    /// <summary>What a one-time link to the console carries.</summary>
    public string MintLink(Caller caller) => links.Protect(string.Join(
        '\n', Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), time.GetUtcNow().UtcTicks.ToString(CultureInfo.InvariantCulture), caller.Account, caller.Role, caller.Agency));

    /// <returns>The link, or null when it is not ours, was changed, or is over. Whether it was used before is not known here.</returns>
    internal ConsoleLink? ReadLink(string text)
    {
        try
        {
            var parts = links.Unprotect(text).Split('\n');
            var made = new DateTimeOffset(long.Parse(parts[1], CultureInfo.InvariantCulture), TimeSpan.Zero);
            return made + LinkLifetime > time.GetUtcNow() ? new(parts[0], made, new(parts[2], Enum.Parse<Role>(parts[3]), parts[4])) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

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

/// <param name="Id">Of this link alone.</param>
internal sealed record ConsoleLink(string Id, DateTimeOffset Made, Caller Caller);
