using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

/// <summary>Whether a signed consent form is the one of the person it is recorded for. m1 is an adult, m2 another, c a child.</summary>
public class SignedFormTest
{
    private static readonly DateOnly Signed = new(2026, 3, 2);

    // Years the person has on the form; for whom; whom it names; whom it may name; whether the records name that member; who signed; and
    // their years.
    public static TheoryData<int, string?, string, string, bool, string?, int?, string> Forms => new()
    {
        { 40, "m1", "m1", "", true, "m1", 40, "" },
        { 40, "m1", "", "m1", true, "m1", 40, "" },
        { 40, "m1", "m2", "m1", true, "m1", 40, "" },
        { 40, "m1", "", "", false, "m1", null, "" },
        { 16, "c", "c", "", true, "c", 16, "" },
        { 5, "c", "c", "", true, "m1", 40, "" },
        { 5, "c", "c", "", true, "m1", null, "" },
        { 17, "c", "c", "", true, "m1", 40, "" },
        { 5, "c", "c", "", true, SignedForm.Parent, null, "" },
        { 40, "m1", "m2", "", true, "m1", 40, "names another member of this family: look at the paper, and record it with --person m2" },
        { 40, "m1", "m2", "", false, "m1", 40, "names another member" },
        { 40, "m1", "", "", true, "m1", 40, "names nobody of this family" },
        { 40, "m1", "", "m2", true, "m1", 40, "names nobody of this family" },
        { 40, null, "", "", false, "", null, "names nobody of this family" },
        { 40, null, "m1 m2", "", false, "", null, "more than one member of this family: say of whom it is with --person" },
        { 15, "c", "c", "", true, "c", 15, "cannot give consent alone" },
        { -1, "c", "c", "", true, "c", null, "cannot give consent alone" },
        { 18, "m1", "m1", "", true, "m2", 40, "adults sign for themselves" },
        { 40, "m1", "m1", "", true, SignedForm.Parent, null, "adults sign for themselves" },
        { 5, "c", "c", "", true, "m1", 17, "whoever signed it is no adult" },
        { 5, "c", "c", "", true, null, null, "Whoever signed is no member of this family" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_is_of_the_person_it_names_signed_by_whoever_may(
        int years, string? person, string names, string mayName, bool known, string? signedBy, int? signatory, string refusal)
    {
        static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        DateOnly? signatoryBorn = signatory is { } of ? Signed.AddYears(-of) : null;
        var form = new SignedForm(
            person, Split(names), Split(mayName), known, Signed.AddYears(-years), Signed, signedBy, signatoryBorn, Repeats: false);

        var obstacles = form.Obstacles();

        if (refusal.Length == 0)
        {
            Assert.Empty(obstacles);
            var repeated = Assert.Single((form with { Repeats = true }).Obstacles());
            Assert.Contains("recorded already, for somebody else", repeated.What, StringComparison.Ordinal);
        }
        else
        {
            Assert.True(obstacles[0].IsRefusal);
            Assert.Contains(obstacles, obstacle => obstacle.What.Contains(refusal, StringComparison.Ordinal));
        }
    }
}
