namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A person was under an age at an event.</summary>
/// <remarks>seeds/000 Criteria 1, seeds/002 App D 1: under 18 with a proven offence. Born on 29 February, one comes of age on 1 March.</remarks>
public sealed class AgeRule(int born, int at, int years) : RowRule(Broken, born, at)
{
    public static readonly Rule Broken = new("row.age-at-event",
        "a person under the age the exchange is about, on the day of the event",
        "Compare both dates with your records; if they are right, take the row out: this exchange is not about this person.", "seeds/000 §3.1, seeds/002 App D 1");

    public override string Expected(DatasetSpecification specification, ExtractReadOptions options) =>
        $"a person under {years} on the day of {specification.Columns[at].Header}";

    public override bool Holds(ExtractRow row, ExtractReadOptions options)
    {
        if (row.IsBlank(born) || row.IsBlank(at))
        {
            return true;
        }

        var birth = DateOnly.FromDayNumber((int)row.NumberOf(born));
        var of = birth.AddYears(years);
        var birthday = of.Day == birth.Day ? of : of.AddDays(1);
        return row.NumberOf(at) < birthday.DayNumber;
    }
}
