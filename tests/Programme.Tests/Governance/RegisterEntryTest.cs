using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Governance;
using TfFlow.Programme.Tests.Agreements;

namespace TfFlow.Programme.Tests.Governance;

/// <summary>What each governance register asks for, when its entries take effect, lapse and are overdue, and who takes which step.</summary>
public class RegisterEntryTest
{
    private static readonly DateTimeOffset Now = new(2025, 10, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2025, 10, 10);
    private static readonly string Paper = new('a', 64);
    private static readonly AgreementCatalogue Agreements = Trial.Catalogue();

    private static RegisterEntry Of(RegisterKind kind) => new()
    {
        Kind = kind,
        Agreement = "trial",
        Version = "2025-01-01",
        Exchange = "trial-1",
        Party = "sender",
        Recipient = "another",
        Account = "a.smith",
        Scope = RegisterDefinitions.All[kind].Scopes is [var first, ..] ? first : "",
        Answers = [true, true, true],
        Levels = new(2, 2, 1, 2),
        Told = ["receiver"],
        RecordedAt = Now,
        Until = Today.AddMonths(6),
        ReviewOn = Today.AddMonths(6),
        PaperHash = Paper,
    };

    [Fact]
    public void The_register_of_access_decides_for_who_stands_in_it_and_for_everybody_where_it_is_asked()
    {
        var granted = Of(RegisterKind.Access) with { State = RegisterState.InForce, Scope = "key-worker" };
        Assert.Null(RegisterEntry.AccessRefusal([], "KeyWorker", asked: false, Now));
        Assert.Contains("does not stand", RegisterEntry.AccessRefusal([], "KeyWorker", asked: true, Now), StringComparison.Ordinal);
        Assert.Null(RegisterEntry.AccessRefusal([granted], "KeyWorker", asked: true, Now));
        Assert.Contains("in this role", RegisterEntry.AccessRefusal([granted], "Coordinator", asked: false, Now), StringComparison.Ordinal);
        Assert.Contains("has lapsed", RegisterEntry.AccessRefusal([granted], "KeyWorker", asked: false, Now.AddMonths(7)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RegisterKind.Withdrawal, "trial", "sender", true)]
    [InlineData(RegisterKind.Withdrawal, "trial", "receiver", false)]
    [InlineData(RegisterKind.Termination, "trial", "receiver", true)]
    [InlineData(RegisterKind.Termination, "other", "sender", false)]
    public void A_notice_takes_what_is_under_its_agreement_and_a_withdrawal_only_that_of_who_leaves(RegisterKind kind, string agreement, string partner, bool takes) =>
        Assert.Equal(takes, Of(kind).Takes(agreement, partner));

    public static TheoryData<RegisterKind> Kinds => [.. Enum.GetValues<RegisterKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_register_has_a_definition_and_takes_an_entry_that_says_all(RegisterKind kind)
    {
        var definition = RegisterDefinitions.All[kind];
        Assert.Equal(kind, definition.Kind);
        Assert.Empty(Of(kind).ToRecord(Agreements));
        Assert.NotEmpty(definition.Consequence);
        Assert.NotEmpty(definition.RecordedBy);
    }

    /// <summary>Whatever is needed and left out is refused, and nothing else is.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_a_register_needs_is_refused_when_it_is_left_out_and_what_it_does_not_need_is_not(RegisterKind kind)
    {
        var (definition, whole) = (RegisterDefinitions.All[kind], Of(kind));
        var without = new Dictionary<RegisterNeeds, RegisterEntry>
        {
            [RegisterNeeds.Version] = whole with { Version = "" },
            [RegisterNeeds.Exchange] = whole with { Exchange = default },
            [RegisterNeeds.Recipient] = whole with { Recipient = default },
            [RegisterNeeds.Account] = whole with { Account = "" },
            [RegisterNeeds.Scope] = whole with { Scope = "anything" },
            [RegisterNeeds.Paper] = whole with { PaperHash = "" },
            [RegisterNeeds.Until] = whole with { Until = null },
            [RegisterNeeds.ReviewOn] = whole with { ReviewOn = null },
            [RegisterNeeds.AllTold] = whole with { Told = [] },
            [RegisterNeeds.Answers] = whole with { Answers = [true] },
            [RegisterNeeds.Levels] = whole with { Levels = new(5, 1, 1, 1) },
            [RegisterNeeds.Party] = whole with { Party = "stranger" },
        };
        Assert.All(without, pair => Assert.Equal(definition.Needs.HasFlag(pair.Key), pair.Value.ToRecord(Agreements).Count > 0));
        Assert.Equal(definition.Needs.HasFlag(RegisterNeeds.Agreement), (whole with { Agreement = "" }).ToRecord(Agreements).Count > 0);
        Assert.NotEmpty((whole with { Exchange = "nowhere" }).ToRecord(Agreements));
        Assert.NotEmpty((whole with { ClearedOn = Today.AddDays(1) }).ToRecord(Agreements));
    }

    [Fact]
    public void Leaving_takes_30_days_in_writing_to_all_other_partners()
    {
        foreach (var kind in (RegisterKind[])[RegisterKind.Withdrawal, RegisterKind.Termination])
        {
            var notice = Of(kind);
            Assert.Equal(Now.AddDays(30), notice.EffectAt);
            Assert.Contains("receiver", Assert.Single((notice with { Told = [] }).ToRecord(Agreements)).What, StringComparison.Ordinal);
            Assert.Single((notice with { EffectOn = Today.AddDays(30) }).ToRecord(Agreements)); // that day begins nine hours too early
            Assert.Empty((notice with { EffectOn = Today.AddDays(31) }).ToRecord(Agreements));
            var gate = notice.Notice("n")!;
            Assert.False(gate.Holds(Now.AddDays(30).AddTicks(-1)));
            Assert.True(gate.Holds(Now.AddDays(30)));
            Assert.True((notice with { State = RegisterState.CarriedOut, EndedAt = Now.AddDays(31) }).Notice("n")!.Holds(Now.AddYears(10)));

            // Taken back in time it never holds; from its day on it is not taken back.
            var back = notice with { State = RegisterState.Ended, EndedAt = Now.AddDays(29) };
            Assert.False(back.Notice("n")!.Holds(Now.AddDays(30)));
            Assert.Empty(notice.ToTake(RegisterStep.End, "b", ["a"], Now.AddDays(29), Agreements, back));
            Assert.Contains("Its day has come", Assert.Single(notice.ToTake(RegisterStep.End, "b", ["a"], Now.AddDays(30), Agreements, back)).What, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_security_need_takes_effect_three_months_ahead()
    {
        var need = Of(RegisterKind.SecurityNeed);
        Assert.Equal(Now.AddMonths(3), need.EffectAt);
        Assert.Contains("3 months", Assert.Single((need with { EffectOn = Today.AddMonths(3).AddDays(-1) }).ToRecord(Agreements)).What, StringComparison.Ordinal);
        Assert.Empty((need with { EffectOn = Today.AddMonths(3).AddDays(1) }).ToRecord(Agreements));
    }

    [Fact]
    public void A_review_answers_every_question_and_sets_the_day_of_the_next_within_the_agreements_months()
    {
        var yearly = Trial.Catalogue(("review: { due: 2026-01-01, source: ours }", "review: { due: 2026-01-01, every_months: 12, questions: [One?, Two?], source: ours }"));
        var review = Of(RegisterKind.Review) with { Answers = [true, false] };
        Assert.Empty(review.ToRecord(yearly));
        Assert.Contains("2 questions", Assert.Single((review with { Answers = [true] }).ToRecord(yearly)).What, StringComparison.Ordinal);
        Assert.Empty((review with { ReviewOn = Today.AddMonths(12) }).ToRecord(yearly));
        Assert.Single((review with { ReviewOn = Today.AddMonths(12).AddDays(1) }).ToRecord(yearly));
        Assert.Single((review with { ReviewOn = Today }).ToRecord(yearly));
    }

    [Theory]
    [InlineData(4, 4, "red")]
    [InlineData(3, 4, "red")]
    [InlineData(3, 3, "red-amber")]
    [InlineData(2, 3, "red-amber")]
    [InlineData(2, 2, "amber-green")]
    [InlineData(1, 3, "amber-green")]
    [InlineData(1, 2, "green")]
    [InlineData(1, 1, "green")]
    public void A_risk_has_the_colours_of_the_agreement(int likelihood, int impact, string colour)
    {
        var levels = new RiskLevels(likelihood, impact, 1, 2);
        Assert.Equal((likelihood * impact, 2, true), (levels.Priority, levels.ResidualPriority, levels.AreValid));
        Assert.Equal(colour, RiskLevels.Colour(levels.Priority));
    }

    [Fact]
    public void A_last_day_is_the_last_and_an_overdue_review_is_overdue_the_day_after()
    {
        var entry = Of(RegisterKind.NamedPerson) with { Until = Today.AddDays(10), ReviewOn = Today.AddDays(5) };
        Assert.Equal(new DateTimeOffset(2025, 10, 21, 0, 0, 0, TimeSpan.Zero), entry.LapsesAt);
        Assert.Equal(new DateTimeOffset(2025, 10, 16, 0, 0, 0, TimeSpan.Zero), entry.OverdueAt);
        Assert.True(entry.Notice("n")!.Holds(entry.LapsesAt!.Value.AddTicks(-1)));
        Assert.False(entry.Notice("n")!.Holds(entry.LapsesAt!.Value));
        Assert.Null((entry with { State = RegisterState.Ended }).OverdueAt);
    }

    [Fact]
    public void Access_is_authorised_by_somebody_else_than_whose_it_is_and_granted_by_another_than_who_authorised_it()
    {
        var asked = Of(RegisterKind.Access);
        Assert.False(asked.LetsIn(Now));
        Assert.Empty(asked.ToTake(RegisterStep.Authorise, "coordinator", ["c"], Now, Agreements, asked));
        Assert.Single(asked.ToTake(RegisterStep.Authorise, "A.Smith", ["c"], Now, Agreements, asked));
        Assert.Single(asked.ToTake(RegisterStep.Grant, "b.i", ["c"], Now, Agreements, asked));
        var authorised = asked with { State = RegisterState.Authorised };
        Assert.Empty(authorised.ToTake(RegisterStep.Grant, "b.i", ["c", "coordinator"], Now, Agreements, authorised));
        Assert.Single(authorised.ToTake(RegisterStep.Grant, "Coordinator", ["c", "coordinator"], Now, Agreements, authorised));
        var granted = asked with { State = RegisterState.InForce };
        Assert.True(granted.LetsIn(Now));
        Assert.False(granted.LetsIn(granted.LapsesAt!.Value));
        Assert.Single(granted.ToTake(RegisterStep.Review, "c", ["c"], Now, Agreements, granted with { Until = Today.AddMonths(12).AddDays(1) }));
        Assert.Empty(granted.ToTake(RegisterStep.Review, "c", ["c"], Now, Agreements, granted with { Until = Today.AddMonths(12) }));
    }

    /// <summary>Every register, state and step: a step leads along the register's table, or stays for a review, and nothing moves what is over.</summary>
    [Fact]
    public void Every_step_leads_along_the_table_of_its_register_and_nothing_moves_what_is_over()
    {
        foreach (var definition in RegisterDefinitions.All.Values)
        {
            foreach (var (state, step) in Enum.GetValues<RegisterState>().SelectMany(state => Enum.GetValues<RegisterStep>().Select(step => (state, step))))
            {
                var to = definition.After(step, state);
                var entry = Of(definition.Kind) with { State = state };
                Assert.True(to is null || (to == state ? step is RegisterStep.Review : definition.Transitions.Allows(state, to.Value)), $"{definition.Kind} {state} {step}");
                Assert.True(to is null || !entry.IsOver, $"{definition.Kind} {state} {step}");
                Assert.Equal(to is null, entry.ToTake(step, "x", ["y"], Now, Agreements, entry).Any(obstacle => obstacle.What.Contains(RegisterStates.Where(state), StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public void Who_takes_a_step_is_who_records_unless_the_register_says_otherwise()
    {
        var (access, approval) = (RegisterDefinitions.All[RegisterKind.Access], RegisterDefinitions.All[RegisterKind.AssetApproval]);
        Assert.True(access.MayTake(RegisterStep.Grant, RegisterDefinitions.PermissionsAdministrator));
        Assert.False(access.MayTake(RegisterStep.Grant, RegisterDefinitions.Coordinator));
        Assert.False(access.MayTake(RegisterStep.Authorise, RegisterDefinitions.PermissionsAdministrator));
        Assert.True(approval.MayRecord(RegisterDefinitions.AssetOwner));
        Assert.False(approval.MayRecord(RegisterDefinitions.InformationGovernance));
        Assert.True(approval.MayTake(RegisterStep.End, RegisterDefinitions.AssetOwner));
    }

    [Fact]
    public void What_an_order_may_forbid_is_everything_or_one_use() =>
        Assert.Equal([RegisterDefinitions.Cease, .. Kebab.All<Use>()], RegisterDefinitions.All[RegisterKind.Order].Scopes);
}
