namespace TfFlow.Programme.Ledger;

/// <summary>A receipt, a checkpoint or a public key does not hold; the message says why.</summary>
public sealed class LedgerProofException(string message) : Exception(message);
