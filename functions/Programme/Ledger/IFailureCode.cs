namespace TfFlow.Programme.Ledger;

/// <summary>An exception with a stable code: what the ledger says of the failure.</summary>
public interface IFailureCode
{
    /// <summary>Lower-case words with dots and hyphens; never a value.</summary>
    string Code { get; }
}
