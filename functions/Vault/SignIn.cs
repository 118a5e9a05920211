using Azure;
using Azure.Identity;
using Microsoft.Identity.Client;

namespace TfFlow.Vault;

/// <summary>A token for this process that could not be had, so that a service was not even asked.</summary>
internal static class SignIn
{
    public const string Refused = "this process was refused a token: check its identity";

    public const string Unanswered = "nobody gave this process a token: check its identity and the network";

    /// <summary>True when the identity service said no. Otherwise it may say yes later.</summary>
    public static bool IsRefused(AuthenticationFailedException failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is RequestFailedException { Status: 400 or 401 or 403 } or MsalServiceException { StatusCode: 400 or 401 or 403 })
            {
                return true;
            }
        }

        return false;
    }
}
