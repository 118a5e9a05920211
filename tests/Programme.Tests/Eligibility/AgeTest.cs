using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class AgeTest
{
    [Theory]
    [InlineData("1996-02-10", "2014-02-09", 17)]
    [InlineData("1996-02-10", "2014-02-10", 18)]
    [InlineData("1996-02-29", "2014-02-28", 17)]
    [InlineData("1996-02-29", "2014-03-01", 18)]
    [InlineData("1996-02-29", "2016-02-28", 19)]
    [InlineData("1996-02-29", "2016-02-29", 20)]
    [InlineData("2014-02-10", "2014-02-10", 0)]
    public void Age_changes_on_the_birthday(string born, string day, int age) => Assert.Equal(age, Age.On(Given.Day(born), Given.Day(day)));
}
