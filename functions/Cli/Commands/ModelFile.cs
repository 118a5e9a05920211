using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary>A learned model on disk: levels and shares, no value of any record.</summary>
internal static class ModelFile
{
    public static LinkageModel Load(FileInfo file)
    {
        using var stream = file.OpenRead();
        return ModelJson.Read(stream, file.Name);
    }

    public static void SaveIfNew(FileInfo? file, LinkageModel model)
    {
        if (file is { Exists: false })
        {
            PairFiles.Write(file, stream => ModelJson.Write(stream, model));
        }
    }
}
