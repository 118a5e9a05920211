using System.Text;
using System.Text.Json;

namespace TfFlow.TestKit;

/// <summary>Headers as App Service Authentication writes them.</summary>
public static class PrincipalHeader
{
    public const string Account = "3f0f6b0e-7c1d-4d5b-9b44-0d8d6a1f2c11";

    public static string Of(string provider = "aad", string? account = Account, string roleType = "roles", params string[] roles)
    {
        var claims = roles.Select(role => new { typ = roleType, val = role }).ToList();
        claims.Add(new { typ = "name", val = "Whoever They Say" });
        if (account is not null)
        {
            claims.Add(new { typ = "http://schemas.microsoft.com/identity/claims/objectidentifier", val = account });
        }

        return Encode(JsonSerializer.Serialize(new { auth_typ = provider, name_typ = "name", role_typ = roleType, claims }));
    }

    public static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
}
