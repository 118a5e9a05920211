using System.Text.Json;
using TfFlow.Api.Access;

namespace TfFlow.Host.Azure.Identity;

/// <summary>Who App Service Authentication says the caller is: the X-MS-CLIENT-PRINCIPAL header, as Entra ID fills it.</summary>
/// <remarks>Two app roles of the application make a caller: one named as a <see cref="Role"/>, and, for an agency's account, one
/// <c>agency:NAME</c>. The account is the object id: opaque.</remarks>
internal static class AppServicePrincipal
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const string AgencyPrefix = "agency:";

    private static readonly string[] ObjectId = ["oid", "http://schemas.microsoft.com/identity/claims/objectidentifier"];

    /// <returns>The caller, or null when the header is not Entra ID's, or does not name one account, one role and at most one agency.</returns>
    public static Caller? Read(string header)
    {
        try
        {
            var principal = JsonSerializer.Deserialize<Principal>(Convert.FromBase64String(header));
            return principal is { Provider: "aad", Claims: { } claims } ? Find([.. claims.Where(claim => claim.Value is not null)], principal.RoleType) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static Caller? Find(IReadOnlyList<Claim> claims, string? roleType)
    {
        var accounts = claims.Where(claim => ObjectId.Contains(claim.Type)).Select(claim => claim.Value!).Distinct().ToArray();
        var appRoles = claims.Where(claim => claim.Type == (roleType ?? "roles")).Select(claim => claim.Value!).Distinct().ToArray();
        var roles = Enum.GetValues<Role>().Where(role => appRoles.Contains(role.ToString())).ToArray();
        var agencies = appRoles.Where(role => role.StartsWith(AgencyPrefix, StringComparison.Ordinal)).Select(role => role[AgencyPrefix.Length..]).ToArray();
        return (accounts, roles, agencies) is ([var account], [var role], [] or [_]) ? new(account, role, agencies.FirstOrDefault() ?? "") : null;
    }

    private sealed record Principal(
        [property: System.Text.Json.Serialization.JsonPropertyName("auth_typ")] string? Provider,
        [property: System.Text.Json.Serialization.JsonPropertyName("role_typ")] string? RoleType,
        [property: System.Text.Json.Serialization.JsonPropertyName("claims")] IReadOnlyList<Claim>? Claims);

    private sealed record Claim(
        [property: System.Text.Json.Serialization.JsonPropertyName("typ")] string Type,
        [property: System.Text.Json.Serialization.JsonPropertyName("val")] string? Value);
}
