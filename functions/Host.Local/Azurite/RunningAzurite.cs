using System.Text.Json;

namespace TfFlow.Host.Local.Azurite;

/// <summary>An Azurite that another tfflow serves from a work folder, for commands beside it.</summary>
internal static class RunningAzurite
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <exception cref="AzuriteException">The folder has no Azurite's settings.</exception>
    public static string ConnectionString(string folder, string account)
    {
        var settings = Path.Combine(folder, "azurite.json");
        return File.Exists(settings)
            && JsonSerializer.Deserialize<AzuriteSettings>(File.ReadAllBytes(settings), Json) is { } saved
            && saved.Accounts.ContainsKey(account)
            ? saved.ConnectionString(account)
            : throw new AzuriteException(AzuriteError.NotRunning, $"No Azurite was ever served from {folder}: start 'tfflow up' first, or name its --folder.");
    }
}
