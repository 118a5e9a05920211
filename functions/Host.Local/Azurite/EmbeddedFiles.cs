namespace TfFlow.Host.Local.Azurite;

/// <summary>The files of this folder that are not C#.</summary>
internal static class EmbeddedFiles
{
    public static byte[] Read(string name)
    {
        using var resource = typeof(EmbeddedFiles).Assembly.GetManifestResourceStream($"Azurite/{name}")!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
