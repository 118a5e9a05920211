namespace TfFlow.Programme.Extracts;

/// <summary>How many and which refused rows make the whole file refused.</summary>
/// <param name="MaxRows">More refused rows than this quarantine the file.</param>
/// <param name="MaxPercent">A larger share of refused rows than this quarantines the file.</param>
/// <param name="QuarantineOn">Rules of which one broken row is enough: the sender's own filter has failed.</param>
public sealed record RefusalPolicy(long MaxRows, decimal MaxPercent, IReadOnlySet<string> QuarantineOn)
{
    public override string ToString() =>
        MaxRows == long.MaxValue ? $"at most {MaxPercent} % of the rows refused" : $"at most {MaxRows} rows and {MaxPercent} % of the rows refused";

    public bool Exceeded(long refused, long rows) =>
        refused > MaxRows || (rows > 0 && refused * 100m / rows > MaxPercent);
}
