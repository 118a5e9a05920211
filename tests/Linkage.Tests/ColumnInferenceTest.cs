using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

public sealed class ColumnInferenceTest
{
    [Theory]
    [InlineData("first_name", ColumnRole.GivenName)]
    [InlineData("Given Name", ColumnRole.GivenName)]
    [InlineData("FORENAME", ColumnRole.GivenName)]
    [InlineData("forename_1", ColumnRole.GivenName)]
    [InlineData("MiddleName", ColumnRole.MiddleName)]
    [InlineData("last_name", ColumnRole.Surname)]
    [InlineData("familyName", ColumnRole.Surname)]
    [InlineData("maiden_name", ColumnRole.PreviousSurname)]
    [InlineData("full_name", ColumnRole.FullName)]
    [InlineData("D.O.B", ColumnRole.BirthDate)]
    [InlineData("date_of_birth", ColumnRole.BirthDate)]
    [InlineData("BirthDate", ColumnRole.BirthDate)]
    [InlineData("birth_year", ColumnRole.BirthYear)]
    [InlineData("gender", ColumnRole.Sex)]
    [InlineData("address", ColumnRole.Address)]
    [InlineData("address_line_1", ColumnRole.Address)]
    [InlineData("address_1", ColumnRole.Address)]
    [InlineData("addr1", ColumnRole.Address)]
    [InlineData("street", ColumnRole.Street)]
    [InlineData("street_number", ColumnRole.HouseNumber)]
    [InlineData("house_no", ColumnRole.HouseNumber)]
    [InlineData("flat", ColumnRole.Flat)]
    [InlineData("suburb", ColumnRole.Town)]
    [InlineData("city", ColumnRole.Town)]
    [InlineData("Post Code", ColumnRole.Postcode)]
    [InlineData("postcode", ColumnRole.Postcode)]
    [InlineData("mobile_phone", ColumnRole.Phone)]
    [InlineData("e-mail", ColumnRole.Email)]
    [InlineData("UPRN", ColumnRole.Uprn)]
    [InlineData("nhs_number", ColumnRole.NhsNumber)]
    [InlineData("ni_number", ColumnRole.Nino)]
    [InlineData("soc_sec_id", ColumnRole.OtherNumber)]
    [InlineData("cluster", ColumnRole.None)]
    [InlineData("cluster_id", ColumnRole.None)]
    [InlineData("true_id", ColumnRole.None)]
    [InlineData("entity_id", ColumnRole.None)]
    [InlineData("household_id", ColumnRole.None)]
    [InlineData("person_id", ColumnRole.None)]
    [InlineData("truth", ColumnRole.None)]
    [InlineData("mother_first_name", ColumnRole.None)]
    [InlineData("school_name", ColumnRole.None)]
    [InlineData("death_date", ColumnRole.None)]
    [InlineData("age", ColumnRole.None)]
    public void A_header_tells_what_a_column_is_or_that_it_is_nobodys_evidence(string header, ColumnRole role) =>
        Assert.Equal(role, ColumnInference.Infer([header], [[]])[0] is ColumnRole.RecordId ? ColumnRole.None : ColumnInference.Infer([header], [[]])[0]);

    [Fact]
    public void A_second_number_that_names_people_is_not_compared()
    {
        // Two registers with a person number that happens to be the answer.
        string[] headers = ["rec", "pid", "unique_person_no", "first_name", "surname"];
        var columns = headers.Select((_, c) => (IReadOnlyList<string>)[.. Enumerable.Range(0, 50).Select(i => c switch { < 3 => $"{(c * 1000) + i}", 3 => "Anna", _ => "Smith" })]).ToList();
        var roles = ColumnInference.Infer(headers, columns);
        Assert.DoesNotContain(roles[..3], r => r is not (ColumnRole.None or ColumnRole.RecordId));
        Assert.Equal(ColumnRole.GivenName, roles[3]);
    }
}
