using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Storage;

/// <summary>The client asks for a token before it asks the store.</summary>
public sealed class SignInTest
{
    private static readonly Uri Store = new("https://127.0.0.1:1");

    [Fact]
    public Task A_token_that_was_refused_is_a_refusal() => FailAsync(NoToken.Refused, StorageError.Refused);

    [Fact]
    public Task A_token_that_nobody_gave_may_be_given_later() => FailAsync(NoToken.Unanswered, StorageError.Unavailable);

    private static async Task FailAsync(NoToken identity, StorageError error)
    {
        var options = new StoreOptions { MaxRetries = 0 };
        options.Reachability.Lost += _ => Assert.Fail("The store was not asked.");
        var blobs = new BlobStore(Store, identity, TimeProvider.System, options);
        var tables = new TableStore(Store, identity, options);
        foreach (var (operation, resource, act) in new (string, string, Func<Task>)[]
        {
            ("Put Blob", "vault/one", () => blobs.PutAsync(new("vault", "one"), new byte[1], WriteCondition.CreateOnly, default)),
            ("Get Blob Properties", "vault/one", () => blobs.GetPropertiesAsync(new("vault", "one"), default)),
            ("Get Entity", "register(p, r)", () => tables.GetAsync("register", "p", "r", default)),
            ("Insert Entity", "register(p, r)", () => tables.SubmitAsync("register", [TableWrite.Insert(new("p", "r"))], default)),
        })
        {
            var failure = await Assert.ThrowsAsync<StorageException>(act);
            Assert.Equal((error, operation, resource), (failure.Error, failure.Operation, failure.Resource));
            Assert.DoesNotContain(NoToken.Secret, failure.Message, StringComparison.Ordinal);
        }
    }
}
