using TfFlow.Host.Local.Storage;

namespace TfFlow.Host.Azure.Tests.Sdk.Storage;

internal static class ConnectionStrings
{
    public static string Of(StorageAccount account) =>
        $"AccountName={account.Name};AccountKey={Convert.ToBase64String(account.Key)};BlobEndpoint={account.BlobEndpoint};TableEndpoint={account.TableEndpoint};";
}
