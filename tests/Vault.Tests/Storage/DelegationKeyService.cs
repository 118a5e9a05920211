using Azure.Core;

namespace TfFlow.Vault.Tests.Storage;

/// <summary>A blob service that gives a user delegation key: the emulator gives one only over https.</summary>
internal sealed class DelegationKeyService : HttpMessageHandler
{
    private const string Key = """
        <?xml version="1.0" encoding="utf-8"?><UserDelegationKey><SignedOid>11111111-1111-1111-1111-111111111111</SignedOid><SignedTid>22222222-2222-2222-2222-222222222222</SignedTid>
        <SignedStart>2026-01-01T00:00:00Z</SignedStart><SignedExpiry>2031-05-01T12:00:00Z</SignedExpiry><SignedService>b</SignedService>
        <SignedVersion>2020-12-06</SignedVersion><Value>c2VjcmV0</Value></UserDelegationKey>
        """;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Contains("comp=userdelegationkey", request.RequestUri!.Query, StringComparison.Ordinal);
        return Task.FromResult(new HttpResponseMessage { Content = new StringContent(Key) });
    }

    /// <summary>Somebody who may ask for one.</summary>
    public sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
