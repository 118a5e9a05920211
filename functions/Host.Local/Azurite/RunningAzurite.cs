using System.Text.Json;
using TfFlow.Host.Local.Storage;

namespace TfFlow.Host.Local.Azurite;

/// <summary>The accounts of an Azurite that another tfflow serves from a work folder, for commands beside it.</summary>
internal static class RunningAzurite
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <exception cref="AzuriteException">The folder has no Azurite's settings.</exception>
    public static StorageAccount Account(string folder, string name)
    {
        var settings = Path.Combine(folder, "azurite.json");
        if (!File.Exists(settings) || JsonSerializer.Deserialize<AzuriteSettings>(File.ReadAllBytes(settings), Json) is not { } saved || !saved.Accounts.TryGetValue(name, out var key))
        {
            throw new AzuriteException(AzuriteError.NotRunning, $"No Azurite was ever served from {folder}: start 'tfflow up' first, or name its --folder.");
        }

        return new(
            name, Convert.FromBase64String(key), new Uri($"http://127.0.0.1:{saved.BlobPort}/{name}"), new Uri($"http://127.0.0.1:{saved.TablePort}/{name}"));
    }
}
