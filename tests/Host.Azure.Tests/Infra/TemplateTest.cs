using System.Text.RegularExpressions;

namespace TfFlow.Host.Azure.Tests.Infra;

/// <summary>What the template may never lose.</summary>
public sealed partial class TemplateTest
{
    private static readonly string Template = Repository.Read("infra/main.bicep");

    [Fact]
    public void Data_stays_in_the_United_Kingdom()
    {
        Assert.Contains("@allowed(['uksouth', 'ukwest'])\nparam location string = 'uksouth'", Template.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(Location().Matches(Template).Select(match => match.Groups["value"].Value), value => Assert.Equal("location", value));
    }

    [Fact]
    public void Every_storage_account_takes_identities_only()
    {
        foreach (var line in (string[])["allowSharedKeyAccess: false", "allowBlobPublicAccess: false", "minimumTlsVersion: 'TLS1_2'", "supportsHttpsTrafficOnly: true", "isHnsEnabled: false"])
        {
            Assert.Contains(line, Between("var accountProperties", "resource hostStorage"), StringComparison.Ordinal);
        }

        var accounts = Account().Matches(Template);
        Assert.Equal(3, accounts.Count);
        Assert.All(accounts, account => Assert.Contains("properties: accountProperties", account.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("listKeys", Template, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("AccountKey", Template, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("deleteRetentionPolicy: { enabled: false }")]
    [InlineData("containerDeleteRetentionPolicy: { enabled: false }")]
    [InlineData("restorePolicy: { enabled: false }")]
    [InlineData("isVersioningEnabled: false")]
    [InlineData("changeFeed: { enabled: false }")]
    public void The_account_of_personal_data_keeps_no_copy_of_what_is_deleted(string line) =>
        Assert.Contains(line, Between("resource personalBlobs", "resource checkpoints"), StringComparison.Ordinal);

    [Theory]
    [InlineData("enablePurgeProtection: true")]
    [InlineData("enableRbacAuthorization: true")]
    [InlineData("enableSoftDelete: true")]
    public void The_key_vaults_cannot_be_emptied(string line)
    {
        Assert.Contains(line, Between("var vaultProperties", "resource vault"), StringComparison.Ordinal);
        Assert.Equal(2, Between("resource vault", "resource dropTopic").Split("properties: vaultProperties").Length - 1);
    }

    [Fact]
    public void The_signing_key_is_read_by_an_identity_of_its_own_and_not_by_the_apps()
    {
        var assignment = Between("resource signerOnItsVault", "resource appOnInsights");
        Assert.Contains("scope: signerVault", assignment, StringComparison.Ordinal);
        Assert.Contains("principalId: signer.properties.principalId", assignment, StringComparison.Ordinal);
        Assert.DoesNotContain("scope: signerVault", Between("resource topicSendsToQueue", "resource signerOnItsVault"), StringComparison.Ordinal);
        Assert.DoesNotContain("signer", Between("resource appOnInsights", "// ---- logs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resource vaultAudit", "scope: vault")]
    [InlineData("resource signerAudit", "scope: signerVault")]
    public void Each_use_of_a_key_vault_is_logged(string resource, string scope)
    {
        var audit = Between(resource, "\n}");
        Assert.Contains(scope, audit, StringComparison.Ordinal);
        Assert.Contains("{ category: 'AuditEvent', enabled: true }", audit, StringComparison.Ordinal);
    }

    [Fact]
    public void The_app_has_on_each_store_only_the_roles_it_needs()
    {
        Assert.Contains("[roles.blobDataOwner, roles.queueDataContributor, roles.tableDataContributor]", Between("resource appOnHostStorage", "resource appOnPersonalStorage"), StringComparison.Ordinal);
        Assert.Contains("[roles.blobDataContributor, roles.tableDataContributor, roles.reader]", Between("resource appOnPersonalStorage", "resource appOnKeyStorage"), StringComparison.Ordinal);
        Assert.Contains("roles.tableDataContributor", Between("resource appOnKeyStorage", "resource appOnVault"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_platform_authenticates_everyone_but_who_asks_whether_the_app_is_well()
    {
        var authentication = Between("resource authentication", "resource publishingByFtp");
        Assert.Contains("requireAuthentication: true", authentication, StringComparison.Ordinal);
        Assert.Contains("unauthenticatedClientAction: 'RedirectToLoginPage'", authentication, StringComparison.Ordinal);
        Assert.Contains("excludedPaths: ['/health']", authentication, StringComparison.Ordinal);
    }

    private static string Between(string from, string to)
    {
        var start = Template.IndexOf(from, StringComparison.Ordinal);
        return Template[start..Template.IndexOf(to, start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^  location: (?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Location();

    [GeneratedRegex(@"'Microsoft\.Storage/storageAccounts@.*?\n}", RegexOptions.Singleline)]
    private static partial Regex Account();
}
