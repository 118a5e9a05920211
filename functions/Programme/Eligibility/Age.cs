namespace TfFlow.Programme.Eligibility;

/// <summary>Whole years lived.</summary>
/// <remarks>Born on 29 February, one comes of age on 1 March.</remarks>
public static class Age
{
    public static int On(DateOnly born, DateOnly day)
    {
        var years = day.Year - born.Year;
        var birthday = born.AddYears(years);
        return (birthday.Day == born.Day ? birthday : birthday.AddDays(1)) <= day ? years : years - 1;
    }
}
