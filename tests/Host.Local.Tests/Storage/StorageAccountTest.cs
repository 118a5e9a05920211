using TfFlow.Host.Local.Storage;

namespace TfFlow.Host.Local.Tests.Storage;

public sealed class StorageAccountTest
{
    private const string Key = "c2VjcmV0";

    [Fact]
    public void A_connection_string_of_Azure_names_both_endpoints()
    {
        var account = StorageAccount.Parse($"DefaultEndpointsProtocol=https;AccountName=council;AccountKey={Key};EndpointSuffix=core.windows.net");
        Assert.Equal("council", account.Name);
        Assert.Equal(new Uri("https://council.blob.core.windows.net"), account.BlobEndpoint);
        Assert.Equal(new Uri("https://council.table.core.windows.net"), account.TableEndpoint);
    }

    [Fact]
    public void Endpoints_may_be_named_one_by_one()
    {
        var account = StorageAccount.Parse($"AccountName=a; AccountKey=c2VjcmU=; BlobEndpoint=http://127.0.0.1:1/a/; TableEndpoint=http://127.0.0.1:2/a;");
        Assert.Equal(new Uri("http://127.0.0.1:1/a"), account.BlobEndpoint);
        Assert.Equal(new Uri("http://127.0.0.1:2/a"), account.TableEndpoint);
    }

    [Fact]
    public void The_development_storage_has_a_name_of_its_own() =>
        Assert.Equal(new Uri("http://127.0.0.1:10000/devstoreaccount1"), StorageAccount.Parse("UseDevelopmentStorage=true").BlobEndpoint);

    [Theory]
    [InlineData("", "AccountName")]
    [InlineData("AccountName=a", "AccountKey")]
    [InlineData("AccountName=a;AccountKey=", "AccountKey")]
    [InlineData("AccountName=a;AccountKey=se*cret", "AccountKey")]
    [InlineData("AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=secret", "BlobEndpoint")]
    [InlineData("AccountName=a;AccountKey=c2VjcmV0;TableEndpoint=file:///secret", "TableEndpoint")]
    [InlineData("secret", "Name=value")]
    public void A_refusal_names_the_part_and_never_its_value(string connectionString, string part)
    {
        var refusal = Assert.Throws<FormatException>(() => StorageAccount.Parse(connectionString));
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("se*cret", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_as_text_is_without_its_key() =>
        Assert.DoesNotContain(Key, StorageAccount.Parse($"AccountName=a;AccountKey={Key}").ToString(), StringComparison.Ordinal);
}
