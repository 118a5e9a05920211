using System.Security.Cryptography;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Sealing;

namespace TfFlow.Cli.Commands;

/// <summary>A recipient's private key on its own machine: base64 in a file that its owner alone reads.</summary>
internal static class RecipientKeyFile
{
    /// <exception cref="CommandException">There is a file already: a key is never overwritten.</exception>
    public static RecipientKey Create(FileInfo file)
    {
        var key = RecipientKey.Create();
        var privateKey = key.Export();
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var output = new StreamWriter(file.FullName, options);
            output.WriteLine(Convert.ToBase64String(privateKey));
            return key;
        }
        catch (IOException e)
        {
            key.Dispose();
            throw new CommandException(ExitCode.Refused, $"{file.Name} is not written: {e.Message} A key is never overwritten; name another file.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    /// <exception cref="CommandException">Not such a file.</exception>
    public static RecipientKey Open(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new CommandException(ExitCode.Usage, $"There is no key {file.Name}: --key names the file that 'tfflow key create --out' wrote.");
        }

        try
        {
            var privateKey = Convert.FromBase64String(File.ReadAllText(file.FullName).Trim());
            try
            {
                return RecipientKey.Import(privateKey);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(privateKey);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw new CommandException(
                ExitCode.Unavailable,
                $"{file.Name} is not a key that 'tfflow key create' wrote, or may not be read. "
                + "Give --key that file; if it is lost, make another key and register it: files that are given from then on are sealed to it.");
        }
    }

    /// <summary>What to do about a sealed file that does not open.</summary>
    public static CommandException DoesNotOpen(FileInfo file, string recipient, SealException e) =>
        new(ExitCode.Refused, $"{file.Name} does not open: {WhatToDo(e.Error, recipient)} ({e.Code})");

    // Which of the causes of a seal that does not hold it was, cannot be told apart: each has its remedy.
    private static string WhatToDo(SealError error, string recipient) => error switch
    {
        SealError.Malformed or SealError.Truncated or SealError.TrailingData =>
            $"it is no whole sealed file. Copy it again with 'tfflow outbox --agency {recipient} --save DIR'; the name of a sealed file ends in .sealed.",
        SealError.WrongBlob =>
            $"it is sealed under another reference, or to another party than {recipient}. "
            + $"The notice beside it, of the same name, says both: 'tfflow outbox --agency {recipient} --show NAME' prints it.",
        _ => $"it is sealed to another key, under another reference or to another party than {recipient}, or was changed on its way. "
            + $"Look up the reference and the party in the notice beside it ('tfflow outbox --agency {recipient} --show NAME'), "
            + "give --key the key that was registered when it was sealed, and copy the file again. "
            + "If that key is lost, register a new one with 'tfflow key register' and ask the sender to give the file again.",
    };
}
