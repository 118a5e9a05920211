namespace TfFlow.Programme.Extracts;

/// <summary>How many and which refused rows make the whole file refused.</summary>
/// <param name="MaxRows">More refused rows than this quarantine the file.</param>
/// <param name="MaxPercent">A larger share of refused rows than this quarantines the file.</param>
/// <param name="QuarantineOn">Rules of which one broken row is enough: the sender's own filter has failed.</param>
public sealed record RefusalPolicy(long MaxRows, decimal MaxPercent, IReadOnlySet<string> QuarantineOn)
{
    /// <summary>No refused row is tolerated.</summary>
    public static RefusalPolicy None { get; } = new(0, 0, new HashSet<string>());

    public override string ToString() =>
        MaxRows == long.MaxValue ? $"at most {MaxPercent} % of the rows refused{Small}" : $"at most {MaxRows} rows and {MaxPercent} % of the rows refused{Small}";

    private string Small => MaxPercent == 0 ? "" : $" (or {SmallFileRows} rows of a small file)";

    /// <summary>A small file may have so many refused rows whatever its share, as long as more than half of its rows are accepted: one of 30 rows is 3 %.</summary>
    /// <remarks>Ours. Where no refused row is tolerated, none is in a small file.</remarks>
    public const int SmallFileRows = 3;

    public bool Exceeded(long refused, long rows) => refused > MaxRows
        || (rows > 0 && refused * 100m / rows > MaxPercent && (MaxPercent == 0 || refused > SmallFileRows || refused * 2 >= rows));
}
