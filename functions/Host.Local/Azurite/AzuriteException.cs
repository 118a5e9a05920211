namespace TfFlow.Host.Local.Azurite;

public enum AzuriteError
{
    NodeMissing,
    InstallFailed,
    PortRefused,
    FolderInUse,

    /// <summary>The folder holds the data of other accounts.</summary>
    OtherAccounts,

    /// <summary>It ended, or did not answer in time.</summary>
    NotRunning,
}

/// <summary>Azurite could not be brought up. The message is one line for the person at the keyboard: what is wrong and what to do.</summary>
public sealed class AzuriteException(AzuriteError error, string message, Exception? inner = null) : Exception(message, inner)
{
    public AzuriteError Error { get; } = error;
}
