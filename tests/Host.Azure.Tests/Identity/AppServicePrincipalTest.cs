using TfFlow.TestKit;
using TfFlow.Api.Access;
using TfFlow.Host.Azure.Identity;

namespace TfFlow.Host.Azure.Tests.Identity;

public sealed class AppServicePrincipalTest
{
    public static TheoryData<Role> Roles => new(Enum.GetValues<Role>());

    [Theory]
    [MemberData(nameof(Roles))]
    public void Every_role_is_known_by_its_app_role(Role role) =>
        Assert.Equal(new Caller(PrincipalHeader.Account, role, ""), AppServicePrincipal.Read(PrincipalHeader.Of(roles: role.ToString())));

    [Fact]
    public void An_agencys_account_has_a_role_and_an_agency() =>
        Assert.Equal(
            new Caller(PrincipalHeader.Account, Role.AgencySubmitter, "midshire-police"),
            AppServicePrincipal.Read(PrincipalHeader.Of(roles: ["AgencySubmitter", "agency:midshire-police", "SomethingElse"])));

    [Fact]
    public void The_account_is_the_object_id_and_never_the_name() =>
        Assert.DoesNotContain("Whoever", AppServicePrincipal.Read(PrincipalHeader.Of(roles: "Auditor"))!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Roles_are_read_under_the_claim_type_the_header_names() =>
        Assert.NotNull(AppServicePrincipal.Read(PrincipalHeader.Of(roleType: "http://schemas.microsoft.com/ws/2008/06/identity/claims/role", roles: "Auditor")));

    public static TheoryData<string> Refused => new(
        PrincipalHeader.Of(),
        PrincipalHeader.Of(roles: "auditor"),
        PrincipalHeader.Of(roles: "8"),
        PrincipalHeader.Of(roles: ["Auditor", "Coordinator"]),
        PrincipalHeader.Of(roles: ["AgencySubmitter", "agency:a", "agency:b"]),
        PrincipalHeader.Of(roles: "agency:midshire-police"),
        PrincipalHeader.Of(account: null, roles: "Auditor"),
        PrincipalHeader.Of(provider: "facebook", roles: "Auditor"),
        PrincipalHeader.Encode("{\"auth_typ\":\"aad\"}"),
        PrincipalHeader.Encode("{\"auth_typ\":\"aad\",\"claims\":[{\"typ\":\"roles\"}]}"),
        PrincipalHeader.Encode("null"),
        PrincipalHeader.Encode("[]"),
        PrincipalHeader.Encode("no JSON"),
        "no base64!",
        "");

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_does_not_name_one_account_one_role_and_at_most_one_agency_is_nobody(string header) => Assert.Null(AppServicePrincipal.Read(header));
}
