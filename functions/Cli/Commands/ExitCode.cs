namespace TfFlow.Cli.Commands;

/// <summary>What an exit code of <c>tfflow</c> means; <c>tfflow --help</c> prints it.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>It ran, and the answer is no: refused rows, a quarantined file, a ledger that does not verify.</summary>
    public const int Refused = 1;

    /// <summary>The command line was wrong.</summary>
    public const int Usage = 2;

    /// <summary>Something it needs is not there: Node.js, a port, the store, the server.</summary>
    public const int Unavailable = 3;
}
