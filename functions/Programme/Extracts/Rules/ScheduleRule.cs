namespace TfFlow.Programme.Extracts.Rules;

/// <summary>The agency that sends a row may itself still keep it.</summary>
/// <remarks>seeds/001 Data definitions: no information contrary to retention schedules.</remarks>
public sealed class ScheduleRule(int keepUntil) : RowRule(NeverAccepted.PastSchedule, keepUntil)
{
    public override bool Holds(ExtractRow row, ExtractReadOptions options) =>
        row.IsBlank(keepUntil) || row.NumberOf(keepUntil) >= options.AsOf.DayNumber;
}
