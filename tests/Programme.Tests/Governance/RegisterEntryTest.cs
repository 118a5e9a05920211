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

    /// <summary>Two entries of one account: what one of them says is enough.</summary>
    [Fact]
    public void Access_that_ended_in_one_role_does_not_end_it_in_another()
    {
        var granted = Of(RegisterKind.Access) with { State = RegisterState.InForce, Scope = "key-worker" };
        var ended = granted with { State = RegisterState.Ended, Scope = "coordinator" };
        Assert.Null(RegisterEntry.AccessRefusal([ended, granted], "KeyWorker", asked: true, Now));
        Assert.NotNull(RegisterEntry.AccessRefusal([ended, granted], "Coordinator", asked: true, Now));
    }

    [Fact]
    public void Notice_that_was_given_at_midnight_is_long_enough_to_the_day()
    {
        var notice = Of(RegisterKind.Termination) with { RecordedAt = new(Today, TimeOnly.MinValue, TimeSpan.Zero) };
        Assert.Empty((notice with { EffectOn = Today.AddDays(30) }).ToRecord(Agreements));
        Assert.Contains("at least 30 days", Assert.Single((notice with { EffectOn = Today.AddDays(29) }).ToRecord(Agreements)).What,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_security_check_of_today_counts_and_one_of_tomorrow_does_not()
    {
        var named = Of(RegisterKind.NamedPerson);
        Assert.Empty((named with { ClearedOn = Today }).ToRecord(Agreements));
        Assert.Contains("not in the future", Assert.Single((named with { ClearedOn = Today.AddDays(1) }).ToRecord(Agreements)).What,
            StringComparison.Ordinal);
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
        Assert.Contains("whose access it is", Assert.Single(asked.ToTake(RegisterStep.Authorise, "A.Smith", ["c"], Now, Agreements, asked)).What,
            StringComparison.Ordinal);
        Assert.Single(asked.ToTake(RegisterStep.Grant, "b.i", ["c"], Now, Agreements, asked));
        var authorised = asked with { State = RegisterState.Authorised };
        Assert.Empty(authorised.ToTake(RegisterStep.Grant, "b.i", ["c", "coordinator"], Now, Agreements, authorised));
        Assert.Contains("who authorised it",
            Assert.Single(authorised.ToTake(RegisterStep.Grant, "Coordinator", ["c", "coordinator"], Now, Agreements, authorised)).What,
            StringComparison.Ordinal);

        // Its own day does not hold back what is no notice.
        Assert.Empty((asked with { State = RegisterState.InForce, EffectOn = Today }).ToTake(RegisterStep.End, "c", ["c"], Now, Agreements, asked));
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

    /// <summary>Written apart from the definitions: what each register needs, who keeps it, how long it stands, and the line that asks for it.</summary>
    private const string Second = """
        Withdrawal | Agreement, Party, Paper, AllTold | InformationGovernance | 12 months | 30 days 0 months | Notice | seeds/002 §15
        Termination | Agreement, Party, Paper, AllTold | InformationGovernance | 12 months | 30 days 0 months | Notice | seeds/002 §15
        Review | Agreement, Paper, ReviewOn, Answers | InformationGovernance | 60 months | 0 days 0 months | Standing | seeds/001 Review date; seeds/002 §14
        TableAgreement | Agreement, Version, Party, Paper | InformationGovernance | 12 months | 0 days 0 months | Standing | seeds/002 §4.3
        AssetApproval | Exchange, Scope, Paper | AssetOwner | 12 months | 0 days 0 months | Standing | seeds/001 Data definitions
        NamedPerson | Exchange, Party, Account, Scope, Until | InformationGovernance | 12 months | 0 days 0 months | Standing | seeds/002 §7, §8.1; seeds/003
        Access | Account, Scope, Until | Coordinator, InformationGovernance, PermissionsAdministrator | 12 months | 0 days 0 months | Access | seeds/001 Data definitions, App B
        OnwardDisclosure | Exchange, Recipient, Scope, Paper | InformationGovernance | 12 months | 0 days 0 months | Standing | seeds/002 §5; seeds/000 §3.1
        ProcessorContract | Agreement, Party, Paper, Until | InformationGovernance | 120 months | 0 days 0 months | Standing | seeds/002 §9, App C 6
        SecurityNeed | Agreement, Party, Paper | InformationGovernance | 12 months | 0 days 3 months | Notice | seeds/002 App C 3, 4
        Publication | Agreement, Version, Party, Paper | InformationGovernance | 12 months | 0 days 0 months | Standing | seeds/002 §16
        Risk | Agreement, Paper, ReviewOn, Levels | InformationGovernance | 12 months | 0 days 0 months | Standing | seeds/001 App B
        ReadReview | Scope, Paper, ReviewOn | InformationGovernance | 12 months | 0 days 0 months | Standing | seeds/001 App B
        Order | Agreement, Scope, Paper | InformationGovernance | 12 months | 0 days 0 months | Standing | seeds/002 App A, sixth principle
        """;

    [Fact]
    public void Every_register_is_as_its_second_table_has_it() => Assert.Equal(
        Second.ReplaceLineEndings("\n").Split('\n'),
        RegisterDefinitions.All.Values.Select(definition => string.Join(" | ",
            definition.Kind,
            definition.Needs,
            string.Join(", ", definition.RecordedBy),
            $"{definition.MostMonths} months",
            $"{definition.NoticeDays} days {definition.NoticeMonths} months",
            definition.Transitions == RegisterStates.Notice ? "Notice" : definition.Transitions == RegisterStates.Access ? "Access" : "Standing",
            definition.Source)));

    [Theory]
    [InlineData(RegisterKind.AssetApproval, "source", "database")]
    [InlineData(RegisterKind.NamedPerson, "process", "extract", "share", "match")]
    [InlineData(RegisterKind.OnwardDisclosure, "written-consent", "statutory-obligation", "chief-officer")]
    [InlineData(RegisterKind.ReadReview, "in-order", "to-be-investigated")]
    [InlineData(RegisterKind.Access, "coordinator", "permissions-administrator", "asset-owner", "key-worker", "call-handler", "information-governance", "auditor", "linkage-custodian", "analyst", "study-approver")]
    [InlineData(RegisterKind.Risk)]
    public void What_an_entry_may_cover_are_these_words(RegisterKind kind, params string[] scopes) => Assert.Equal(scopes, RegisterDefinitions.All[kind].Scopes);

    /// <summary>Of access each step is one role's; of the others whoever records takes them all.</summary>
    [Theory]
    [InlineData(RegisterStep.Authorise, "Coordinator")]
    [InlineData(RegisterStep.Grant, "PermissionsAdministrator")]
    [InlineData(RegisterStep.Refuse, "Coordinator", "PermissionsAdministrator")]
    [InlineData(RegisterStep.Review, "Coordinator")]
    [InlineData(RegisterStep.End, "Coordinator", "PermissionsAdministrator")]
    public void Each_step_with_access_is_taken_by_these_roles_alone(RegisterStep step, params string[] roles)
    {
        string[] all = [RegisterDefinitions.Coordinator, RegisterDefinitions.InformationGovernance, RegisterDefinitions.PermissionsAdministrator, RegisterDefinitions.AssetOwner];
        Assert.Equal(roles, all.Where(role => RegisterDefinitions.All[RegisterKind.Access].MayTake(step, role)));
        Assert.Equal([RegisterDefinitions.InformationGovernance], all.Where(role => RegisterDefinitions.All[RegisterKind.Risk].MayTake(step, role)));
    }

    /// <summary>Whoever is refused hears what, why and under which line; whoever looks a register up reads what it is for.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_refusal_says_what_is_missing_and_quotes_the_line_that_asks_for_it(RegisterKind kind)
    {
        var definition = RegisterDefinitions.All[kind];
        var nothing = new RegisterEntry { Kind = kind, RecordedAt = Now, Scope = "x", Exchange = "nowhere", EffectOn = Today, ClearedOn = Today.AddDays(1), Levels = new(0, 0, 0, 0) };
        var obstacles = nothing.ToRecord(Agreements);
        Assert.True(obstacles.Count >= 4);
        Assert.All(obstacles, obstacle =>
        {
            Assert.True(obstacle.What.Length > 10, obstacle.What);
            Assert.Equal(definition.Source, obstacle.Source);
        });
        Assert.All((string[])[definition.What, definition.Consequence], words => Assert.True(words.Length > 5, $"{kind}: {words}"));
        Assert.EndsWith(".", definition.Consequence, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_state_says_how_things_stand_in_words_of_its_own()
    {
        var words = Enum.GetValues<RegisterState>().Select(RegisterStates.Where).ToList();
        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.All(words, said => Assert.EndsWith(".", said, StringComparison.Ordinal));
    }

    /// <summary>The gate finds in an entry what the entry says, and nothing of what it does not ask.</summary>
    [Theory]
    [InlineData(RegisterKind.Withdrawal, NoticeKind.Withdrawal)]
    [InlineData(RegisterKind.Termination, NoticeKind.Termination)]
    [InlineData(RegisterKind.Review, NoticeKind.Review)]
    [InlineData(RegisterKind.TableAgreement, NoticeKind.TableAgreement)]
    [InlineData(RegisterKind.AssetApproval, NoticeKind.AssetApproval)]
    [InlineData(RegisterKind.NamedPerson, NoticeKind.NamedPerson)]
    [InlineData(RegisterKind.OnwardDisclosure, NoticeKind.OnwardDisclosure)]
    [InlineData(RegisterKind.ProcessorContract, NoticeKind.ProcessorContract)]
    [InlineData(RegisterKind.Order, NoticeKind.Order)]
    [InlineData(RegisterKind.Access, null)]
    [InlineData(RegisterKind.SecurityNeed, null)]
    [InlineData(RegisterKind.Publication, null)]
    [InlineData(RegisterKind.Risk, null)]
    [InlineData(RegisterKind.ReadReview, null)]
    public void The_gate_reads_what_the_entry_says(RegisterKind kind, NoticeKind? expected)
    {
        var entry = Of(kind) with { ClearedOn = Today, EffectOn = Today.AddDays(40) };
        if (entry.Notice("ref") is not { } notice)
        {
            Assert.Null(expected);
            return;
        }

        Assert.Equal(expected, notice.Kind);
        Assert.Equal(("trial", "sender", "ref", "2025-01-01", "trial-1", "another"), (notice.Agreement, notice.By.Text, notice.Reference, notice.Version, notice.Exchange.Text, notice.Recipient.Text));
        Assert.Equal((entry.Account, entry.Scope, true, entry.ReviewOn), (notice.Account, notice.Scope, notice.Cleared, notice.ReviewOn));
        Assert.Equal(entry.Answers, notice.Answers);
        Assert.Equal((entry.EffectAt, entry.LapsesAt), (notice.From, notice.Until));
        Assert.Equal(Now.AddDays(1), (entry with { State = RegisterState.Ended, EndedAt = Now.AddDays(1) }).Notice("ref")!.Until);
        Assert.False((entry with { ClearedOn = null }).Notice("ref")!.Cleared);
    }

    [Fact]
    public void A_review_moves_nothing_and_is_of_what_has_a_day()
    {
        foreach (var (kind, state, may) in ((RegisterKind, RegisterState, bool)[])
        [
            (RegisterKind.NamedPerson, RegisterState.Recorded, true), (RegisterKind.Risk, RegisterState.Recorded, true), (RegisterKind.AssetApproval, RegisterState.Recorded, false),
            (RegisterKind.Access, RegisterState.Recorded, false), (RegisterKind.Access, RegisterState.Authorised, false), (RegisterKind.Access, RegisterState.InForce, true),
            (RegisterKind.NamedPerson, RegisterState.Lapsed, false), (RegisterKind.Access, RegisterState.Ended, false),
        ])
        {
            Assert.Equal(may ? state : null, RegisterDefinitions.All[kind].After(RegisterStep.Review, state));
        }

        // What is reviewed is given days as if it were recorded now: a day that is past is refused, and so is one too far.
        var person = Of(RegisterKind.NamedPerson);
        Assert.Single(person.ToTake(RegisterStep.Review, "x", ["y"], Now, Agreements, person with { Until = Today.AddMonths(13) }));
        Assert.Equal(2, person.ToTake(RegisterStep.Review, "x", ["y"], Now, Agreements, person with { Until = Today.AddDays(-1) }).Count);
        Assert.Empty(person.ToTake(RegisterStep.Review, "x", ["y"], Now, Agreements, person with { Until = Today }));
        Assert.Contains("within 12 months", Assert.Single(person.ToTake(RegisterStep.Review, "x", ["y"], Now, Agreements, person with { Until = null })).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, 0)]
    [InlineData(1, 1, 1, 5)]
    public void A_level_is_from_one_to_four(int likelihood, int impact, int residualLikelihood, int residualImpact) =>
        Assert.False(new RiskLevels(likelihood, impact, residualLikelihood, residualImpact).AreValid);
}
