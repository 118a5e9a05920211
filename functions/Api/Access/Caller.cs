using System.Security.Claims;

namespace TfFlow.Api.Access;

/// <summary>An authenticated account: what the host's authentication says, never a header it did not check.</summary>
/// <param name="Account">An opaque account name; goes into the ledger.</param>
/// <param name="Agency">The agency the account belongs to, or empty for the authority's own staff.</param>
public sealed record Caller(string Account, Role Role, string Agency)
{
    private const string AgencyClaim = "tfflow:agency";

    /// <exception cref="InvalidOperationException">The principal is not authenticated or has no known role.</exception>
    public static Caller From(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, Name: { } account }
        && Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role)
            ? new(account, role, principal.FindFirstValue(AgencyClaim) ?? "")
            : throw new InvalidOperationException("The request has no authenticated caller with a known role.");

    public ClaimsPrincipal ToPrincipal(string scheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, Account), new(ClaimTypes.Role, Role.ToString()), new(AgencyClaim, Agency)], scheme));
}
