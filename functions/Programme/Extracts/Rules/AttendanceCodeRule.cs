using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Extracts.Rules;

/// <summary>An attendance code was in use on the day of its session.</summary>
/// <remarks>SI 2024/208 reg 10. Only what that instrument replaced is known here: before it, the former codes are allowed as well.</remarks>
public sealed class AttendanceCodeRule(int code, int session) : RowRule(Broken, code, session)
{
    public static readonly Rule Broken = new("attendance.code-not-in-use",
        "an attendance code in use on the day of the session: H, J and Y alone ended with 18 August 2024",
        "Write the code that replaced it, or correct the date of the session.", "SI 2024/208 reg 10");

    public override bool Holds(ExtractRow row, ExtractReadOptions options) =>
        row.IsBlank(session)
        || !AttendanceCodeValidator.IsFormer(row[code])
        || row.NumberOf(session) < AttendanceCodeValidator.CurrentFrom.DayNumber;
}
