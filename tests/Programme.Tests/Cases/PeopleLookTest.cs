using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using static TfFlow.Programme.Cases.FamilyCaseState;

namespace TfFlow.Programme.Tests.Cases;

public class PeopleLookTest
{
    [Fact]
    public void The_coordinator_may_look_until_the_case_is_erased_and_the_key_worker_while_support_stands()
    {
        foreach (var state in Enum.GetValues<FamilyCaseState>())
        {
            var family = Families.In(state);
            Assert.Equal(state is not (Erasing or Erased), PeopleLookRules.MayLook(family, asKeyWorker: false));
            Assert.Equal(state is Supported, PeopleLookRules.MayLook(family, asKeyWorker: true));
        }

        var withdrawn = Families.In(Supported) with { Consents = [Families.Given("p1"), Families.Withdrawn("p2")] };
        Assert.False(PeopleLookRules.MayLook(withdrawn, asKeyWorker: true));
        Assert.True(PeopleLookRules.MayLook(withdrawn with { Duty = Families.Duty }, asKeyWorker: true));
    }

    [Theory]
    [InlineData(null, FamilyRole.NotKnown)]
    [InlineData("2026-03-03", FamilyRole.Unborn)]
    [InlineData("2026-03-02", FamilyRole.Child)]
    [InlineData("2008-03-03", FamilyRole.Child)]
    [InlineData("2008-03-02", FamilyRole.Adult)]
    public void A_date_of_birth_says_who_is_a_child(string? born, FamilyRole role)
    {
        DateOnly? date = born is null ? null : DateOnly.ParseExact(born, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(role, PeopleLookRules.RoleOf(date, new(2026, 3, 2), childUnder: 18));
    }

    [Fact]
    public void Who_objects_to_the_work_is_not_named_but_for_safety_for_a_form_or_to_be_answered()
    {
        static Objection To(Use use, ObjectionState state = ObjectionState.Raised) => new(state, "f", "p", [use], ObjectionReason.Safety, new(2026, 3, 2));
        foreach (var purpose in Enum.GetValues<LookPurpose>())
        {
            var covered = purpose is LookPurpose.Contact or LookPurpose.Support or LookPurpose.RecordCheck;
            Assert.Equal(covered, PeopleLookRules.IsObjected(purpose, null, [To(Use.KeyWorker)]));
            Assert.Equal(covered, PeopleLookRules.IsObjected(purpose, Use.Identification, [To(Use.Management, ObjectionState.Upheld)]));
            Assert.Equal(covered, PeopleLookRules.IsObjected(purpose, Use.Identification, [To(Use.Identification)]));
            Assert.False(PeopleLookRules.IsObjected(purpose, null, [To(Use.Identification), To(Use.Research)]));
            Assert.False(PeopleLookRules.IsObjected(purpose, null, [To(Use.KeyWorker, ObjectionState.NotUpheld)]));
        }
    }

    [Fact]
    public void Another_key_worker_takes_a_family_over_and_not_the_same_one()
    {
        var family = Families.In(Supported);
        Assert.Empty(FamilyCaseRules.ToReallocate(family, "kw-other"));
        Assert.NotEmpty(FamilyCaseRules.ToReallocate(family, family.KeyWorker!));
        Assert.NotEmpty(FamilyCaseRules.ToReallocate(family, ""));
    }
}
