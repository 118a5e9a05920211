using System.Text;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>The stable code of a failure: what a ledger entry may say of an exception, whose message may not be kept.</summary>
public static class FailureCode
{
    /// <summary>The code the exception carries, or one from its kind: <c>storage.not-found</c>, <c>error.timeout-exception</c>.</summary>
    public static string Of(Exception exception) => exception switch
    {
        IFailureCode coded => coded.Code,
        StorageException storage => "storage." + Kebab(storage.Error.ToString()),
        _ => "error." + Kebab(exception.GetType().Name.Split('`')[0]),
    };

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0)
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}
