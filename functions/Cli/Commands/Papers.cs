using System.CommandLine;
using System.Security.Cryptography;

namespace TfFlow.Cli.Commands;

/// <summary>Papers that an act rests on: hashed here, on the machine they lie on. The paper itself goes nowhere.</summary>
internal static class Papers
{
    /// <param name="what">"The signed notice".</param>
    public static Option<FileInfo> Required(string what) => new("--paper")
    {
        Description = $"{what}: its SHA-256 is recorded, the file stays where it is.",
        Required = true,
    };

    public static Option<FileInfo?> Optional(string what) =>
        new("--paper") { Description = $"{what}: its SHA-256 is recorded, the file stays where it is." };

    /// <returns>SHA-256 in lower-case hex.</returns>
    /// <exception cref="CommandException">There is no such file.</exception>
    public static string Hash(FileInfo paper)
    {
        if (!paper.Exists)
        {
            throw new CommandException(ExitCode.Usage, $"There is no such file: {paper.Name}. Name the paper with --paper.");
        }

        using var content = paper.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    /// <returns>Null where no paper is named.</returns>
    public static string? HashOrNull(FileInfo? paper) => paper is null ? null : Hash(paper);
}
