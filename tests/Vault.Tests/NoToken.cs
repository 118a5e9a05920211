using Azure;
using Azure.Core;
using Azure.Identity;

namespace TfFlow.Vault.Tests;

/// <summary>An identity that gets no token.</summary>
internal sealed class NoToken(Func<Exception> failure) : TokenCredential
{
    /// <summary>Stands in the identity service's answer, and must not be repeated.</summary>
    public const string Secret = "canary-of-the-identity-service";

    public static NoToken Refused { get; } = new(() => new AuthenticationFailedException(Secret, new RequestFailedException(401, Secret)));

    public static NoToken Unanswered { get; } = new(() => new CredentialUnavailableException(Secret));

    public static NoToken TimedOut { get; } = new(() => new OperationCanceledException(Secret));

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw failure();

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw failure();
}
