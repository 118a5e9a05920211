using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A school attendance code of one session.</summary>
/// <remarks>SI 2024/208 reg 10, for sessions from 19 August 2024. H, J and Y without a number were used before that day only: a rule over the
/// session's date tells (<see cref="Rules.AttendanceCodeRule"/>).</remarks>
public sealed class AttendanceCodeValidator : Validator
{
    public static readonly Rule NotACode = new("attendance.code",
        "a school attendance code",
        "Write the code as the attendance register has it, such as L, N or O.", "SI 2024/208 reg 10");

    public static readonly DateOnly CurrentFrom = new(2024, 8, 19);

    private static readonly HashSet<string> Current = new(
        ["/", "\\", "L", "K", "V", "P", "W", "B", "D", "C1", "M", "J1", "S", "X", "C2", "C", "T", "R", "I", "E", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "G", "N", "O", "U", "Z", "#"],
        AsciiComparer.Instance);

    private static readonly HashSet<string> Former = new(["H", "J", "Y"], AsciiComparer.Instance);

    public override string Name => "attendance-code";

    public override string Describes => "a school attendance code";

    public override IReadOnlyList<Rule> Rules => [NotACode];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (!IsCurrent(value) && !IsFormer(value))
        {
            return NotACode;
        }

        foreach (var b in value)
        {
            into.Write(Ascii.Upper(b));
        }

        return null;
    }

    public static bool IsCurrent(ReadOnlySpan<byte> code) => Current.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(code);

    /// <summary>Used before 19 August 2024 only.</summary>
    public static bool IsFormer(ReadOnlySpan<byte> code) => Former.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(code);

    public static bool IsPresent(ReadOnlySpan<byte> code) => code is [(byte)'/' or (byte)'\\' or (byte)'L'];

    public static bool IsUnauthorised(ReadOnlySpan<byte> code) => code is [(byte)'G' or (byte)'N' or (byte)'O' or (byte)'U'];
}
