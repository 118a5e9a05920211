using System.Reflection;
using TfFlow.Api.Access;

namespace TfFlow.Api.Tests.Access;

/// <summary>The access table against a second one, written apart: every endpoint, every role, own and other.</summary>
public class AccessTableTest
{
    private const string Second = """
                           AgencySubmitter Coordinator PermissionsAdministrator AssetOwner KeyWorker CallHandler InformationGovernance PoliceOperator Auditor LinkageCustodian Analyst StudyApprover
        grant-issue        own             -           -                        -          -         -           -                     -              -       -                -       -
        file-take-in       -               any         -                        -          -         -           -                     -              -       -                -       -
        file-give          -               any         -                        -          -         -           -                     -              -       -                -       -
        file-list          -               any         -                        -          -         -           any                   -              any     -                -       -
        list-send          -               any         -                        -          -         -           -                     -              -       -                -       -
        disclosure-tell    -               any         -                        -          own       -           -                     -              -       -                -       -
        disclosure-list    -               any         -                        -          -         -           any                   -              any     -                -       -
        processing-end     -               -           -                        -          -         -           any                   -              -       -                -       -
        grant-show         own             any         -                        -          -         -           -                     -              -       -                -       -
        outbox-list        own             own         -                        -          -         -           -                     own            -       -                -       -
        outbox-read        own             own         -                        -          -         -           -                     own            -       -                -       -
        discovery-file     own             any         -                        -          -         -           -                     -              -       -                -       -
        discovery-list     own             any         -                        -          -         -           any                   -              any     -                -       -
        extract-list       own             any         -                        -          -         -           any                   -              any     -                -       -
        extract-show       own             any         -                        -          -         -           any                   -              any     -                -       -
        match-start        -               any         -                        -          -         -           -                     -              -       -                -       -
        match-list         -               any         -                        -          -         -           any                   -              any     -                -       -
        match-preview      -               any         -                        -          -         -           any                   -              any     -                -       -
        match-forecast     -               any         -                        -          -         -           -                     -              -       -                -       -
        match-unmatched    -               any         -                        -          -         -           -                     -              -       -                -       -
        match-fairness     -               any         -                        -          -         -           any                   -              any     -                -       -
        cohort-list        -               any         -                        -          -         -           any                   -              any     -                -       -
        cohort-places      -               any         -                        -          -         -           any                   -              any     -                -       -
        cohort-remove      -               any         -                        -          -         -           -                     -              -       -                -       -
        family-show        -               any         -                        -          -         -           -                     -              -       -                -       -
        review-list        -               any         -                        -          -         -           any                   -              any     -                -       -
        review-decide      -               any         -                        -          -         -           -                     -              -       -                -       -
        calendar-list      own             any         -                        -          -         -           any                   -              any     -                -       -
        sweep-start        -               -           -                        -          -         -           any                   -              -       -                -       -
        ledger-head        any             -           -                        -          -         -           any                   -              any     -                -       -
        ledger-key         any             -           -                        -          -         -           any                   -              any     -                -       -
        ledger-checkpoint  any             -           -                        -          -         -           any                   -              any     -                -       -
        inventory-take     -    -    -    -    -    -    any  -    any  -    -    -
        instance-list      -               any         -                        -          -         -           any                   -              any     -                -       -
        instance-purge     -               -           -                        -          -         -           any                   -              -       -                -       -
        instance-resume    -               -           -                        -          -         -           any                   -              -       -                -       -
        instance-show      -               any         -                        -          -         -           any                   -              any     -                -       -
        instance-terminate -               -           -                        -          -         -           any                   -              -       -                -       -
        key-rotate         -               -           -                        -          -         -           any                   -              -       -                -       -
        case-assess        -               any         -                        -          -         -           -                     -              -       -                -       -
        case-currency      -               any         -                        -          -         -           -                     -              -       -                -       -
        case-suitability   -               any         -                        -          -         -           -                     -              -       -                -       -
        case-invite        -               any         -                        -          -         -           -                     -              -       -                -       -
        case-duty          -               any         -                        -          -         -           -                     -              -       -                -       -
        case-allocate      -               any         -                        -          -         -           -                     -              -       -                -       -
        case-close         -               any         -                        -          -         -           -                     -              -       -                -       -
        case-reopen        -               any         -                        -          -         -           -                     -              -       -                -       -
        case-outcomes      -               any         -                        -          -         -           -                     -              -       -                -       -
        case-measure       -               any         -                        -          -         -           -                     -              -       -                -       -
        case-measurement-list -               any         -                        -          -         -           -                     -              -       -                -       -
        case-plan-move     -               any         -                        -          -         -           -                     -              -       -                -       -
        claim-make         -               any         -                        -          -         -           -                     -              -       -                -       -
        claim-return       -               any         -                        -          -         -           -                     -              -       -                -       -
        claim-sample       -               -           -                        -          -         -           any                   -              -       -                -       -
        claim-audit        -               -           -                        -          -         -           any                   -              -       -                -       -
        claim-list         -               any         -                        -          -         -           any                   -              any     -                -       -
        case-review        -               any         -                        -          -         -           -                     -              -       -                -       -
        case-open          -               any         -                        -          -         -           -                     -              -       -                -       -
        marker-order       -               any         -                        -          -         -           -                     -              -       -                -       -
        case-list          -               any         -                        -          own       -           any                   -              any     -                -       -
        case-show          -               any         -                        -          own       -           any                   -              any     -                -       -
        case-complete      -               any         -                        -          own       -           -                     -              -       -                -       -
        case-problem-add   -               any         -                        -          own       -           -                     -              -       -                -       -
        case-problem-withdraw -               any         -                        -          own       -           -                     -              -       -                -       -
        case-problem-list  -               any         -                        -          own       -           -                     -              -       -                -       -
        case-pack          -               any         -                        -          own       -           -                     -              -       -                -       -
        consent-give       -               any         -                        -          own       -           -                     -              -       -                -       -
        case-people        -               any         -                        -          own       -           -                     -              -       -                -       -
        case-person-compare -               any         -                        -          -         -           -                     -              -       -                -       -
        case-person-one    -               any         -                        -          -         -           -                     -              -       -                -       -
        case-person-two    -               any         -                        -          -         -           -                     -              -       -                -       -
        case-person-undo   -               any         -                        -          -         -           -                     -              -       -                -       -
        case-services      -               any         -                        -          own       -           -                     -              -       -                -       -
        consent-record     -               any         -                        -          own       -           -                     -              -       -                -       -
        first-response-look -   -   -   -   -   any   -   -   -   -   -   -
        consent-refuse     -               any         -                        -          own       -           -                     -              -       -                -       -
        consent-withdraw   -               any         -                        -          own       -           -                     -              -       -                -       -
        case-incidents     -               -           -                        -          own       -           -                     -              -       -                -       -
        case-progress      -               any         -                        -          -         -           -                     -              -       -                -       -
        case-risk-flag           -               any         -                        -          own       -           -                     -              -       -                -       -
        case-risk-lift           -               any         -                        -          -         -           -                     -              -       -                -       -
        case-visit               -               any         -                        -          own       -           -                     -              -       -                -       -
        case-judgement-ask       -               any         -                        -          -         -           -                     -              -       -                -       -
        case-judgement-record    -               any         -                        -          -         -           -                     -              -       -                -       -
        case-judgement-list      -               any         -                        -          -         -           -                     -              -       -                -       -
        case-meeting             -               any         -                        -          own       -           -                     -              -       -                -       -
        case-caf                 -               -           -                        -          own       -           -                     -              -       -                -       -
        consent-give-victim      -               any         -                        -          own       -           -                     -              -       -                -       -
        consent-withdraw-victim  -               any         -                        -          own       -           -                     -              -       -                -       -
        notice-publish           -               any         -                        -          -         -           any                   -              -       -                -       -
        notice-list              -               any         -                        -          any       -           any                   -              any     -                -       -
        notice-show              -               any         -                        -          any       -           any                   -              any     -                -       -
        notice-give              -               any         -                        -          own       -           -                     -              -       -                -       -
        notice-given-list        -               any         -                        -          -         -           any                   -              any     -                -       -
        objection-record         -               any         -                        -          -         -           any                   -              -       -                -       -
        objection-list           -               any         -                        -          -         -           any                   -              any     -                -       -
        objection-decide         -               -           -                        -          -         -           any                   -              -       -                -       -
        objection-withdraw       -               any         -                        -          -         -           any                   -              -       -                -       -
        marker-list        -               any         -                        -          -         -           any                   own            any     -                -       -
        marker-confirm     -               -           -                        -          -         -           -                     own            -       -                -       -
        recipient-register own             -           -                        -          -         -           -                     own            -       -                -       -
        household-key-give -               -           -                        -          -         -           any                   -              -       -                -       -
        breach-report      own             -           -                        -          -         -           any                   -              -       -                -       -
        breach-list        own             -           -                        -          -         -           any                   -              any     -                -       -
        breach-step        -               -           -                        -          -         -           any                   -              -       -                -       -
        suspension-list    -               any         -                        -          -         -           any                   -              any     -                -       -
        suspension-meet    -               -           -                        -          -         -           any                   -              -       -                -       -
        suspension-lift    -               -           -                        -          -         -           any                   -              -       -                -       -
        agreement-suspend  -               -           -                        -          -         -           any                   -              -       -                -       -
        hold-place         -               -           -                        -          -         -           any                   -              -       -                -       -
        hold-list          -               -           -                        -          -         -           any                   -              any     -                -       -
        hold-review        -               -           -                        -          -         -           any                   -              -       -                -       -
        hold-release       -               -           -                        -          -         -           any                   -              -       -                -       -
        question-ask       -               any         -                        -          -         -           -                     -              -       -                -       -
        question-list      own             any         -                        -          -         -           any                   own            any     -                -       -
        question-answer    own             -           -                        -          -         -           -                     own            -       -                -       -
        request-receive    -               -           -                        -          -         -           any                   -              -       -                -       -
        request-list       -               -           -                        -          -         -           any                   -              any     -                -       -
        request-view       -               -           -                        -          -         -           any                   -              -       -                -       -
        request-extend     -               -           -                        -          -         -           any                   -              -       -                -       -
        request-decide     -               -           -                        -          -         -           any                   -              -       -                -       -
        request-answer     -               -           -                        -          -         -           any                   -              -       -                -       -
        request-find       -               -           -                        -          -         -           any                   -              -       -                -       -
        request-read       -               -           -                        -          -         -           any                   -              -       -                -       -
        request-exempt     -               -           -                        -          -         -           any                   -              -       -                -       -
        request-release    -               -           -                        -          -         -           any                   -              -       -                -       -
        request-export     -               -           -                        -          -         -           any                   -              -       -                -       -
        information-receive     -               -           -                        -          -         -           any                   -              -       -                -       -
        information-list       -               -           -                        -          -         -           any                   -              any     -                -       -
        information-find     -               -           -                        -          -         -           any                   -              -       -                -       -
        information-view     -               -           -                        -          -         -           any                   -              -       -                -       -
        information-exempt     -               -           -                        -          -         -           any                   -              -       -                -       -
        information-extend     -               -           -                        -          -         -           any                   -              -       -                -       -
        information-decide     -               -           -                        -          -         -           any                   -              -       -                -       -
        information-respond     -               -           -                        -          -         -           any                   -              -       -                -       -
        information-answer     -               -           -                        -          -         -           any                   -              -       -                -       -
        statistics-subjects      -    any  -    -    -    -    any  -    any  -    -    -
        statistics-build         -    any  -    -    -    -    any  -    -    -    -    -
        statistics-list          own  any  -    own  own  -    any  own  any  -    -    -
        statistics-show          own  any  -    own  own  -    any  own  any  -    -    -
        statistics-release       -    any  -    -    -    -    any  -    -    -    -    -
        statistics-discard       -    any  -    -    -    -    any  -    -    -    -    -
        research-ask       own             -           -                        -          -         -           -                     -              -       -                -       -
        research-list      own             any         -                        any        -         -           any                   -              any     -                -       -
        research-justify   -               -           -                        -          -         -           any                   -              -       -                -       -
        research-approve   -               -           -                        any        -         -           -                     -              -       -                -       -
        research-refuse    -               -           -                        any        -         -           any                   -              -       -                -       -
        research-record    -               any         -                        -          -         -           any                   -              any     -                -       -
        research-release   -               any         -                        -          -         -           any                   -              -       -                -       -
        submission-build   -               any         -                        -          -         -           -                     -              -       -                -       -
        submission-receipt -               any         -                        -          -         -           -                     -              -       -                -       -
        study-open         -               -           -                        -          -         -           -                     -              -       any              -       -
        study-list         -               -           -                        -          -         -           -                     -              any     any              any     any
        study-link         -               -           -                        -          -         -           -                     -              -       any              -       -
        study-report       -               -           -                        -          -         -           -                     -              -       -                any     -
        study-report-read  -               -           -                        -          -         -           -                     -              -       -                any     any
        study-release      -               -           -                        -          -         -           -                     -              -       -                -       any
        register-record    -               any         any                      any        -         -           any                   -              -       -                -       -
        register-list      -               any         any                      any        -         -           any                   -              any     -                -       -
        register-take      -               any         any                      any        -         -           any                   -              -       -                -       -
        read-report        -               -           -                        -          -         -           any                   -              any     -                -       -
        staff-contact-register -             any         any                      -          -         -           -                     -              -       -                -       -
        ledger-entries     -               -           -                        -          -         -           any                   -              any     -                -       -
        research-destroy   -               -           -                        -          -         -           any                   -              -       -                -       -
        study-end          -               -           -                        -          -         -           -                     -              -       any              -       -
        """;

    [Fact]
    public void Every_endpoint_and_role_is_allowed_only_as_the_second_table_says()
    {
        var lines = Second.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var roles = Words(lines[0]).Select(Enum.Parse<Role>).ToList();
        Assert.Equal(Enum.GetValues<Role>(), roles);
        Assert.Equal(AccessTable.Rules.Keys.Order(), lines[1..].Select(line => Words(line)[0]).Order());
        foreach (var words in lines[1..].Select(Words))
        {
            foreach (var (role, reach) in roles.Zip(words[1..]))
            {
                Assert.True(AccessTable.Allows(words[0], role, own: true) == (reach is "own" or "any"), $"{words[0]} {role} own");
                Assert.True(AccessTable.Allows(words[0], role, own: false) == (reach is "any"), $"{words[0]} {role} other");
            }
        }
    }

    [Fact]
    public void An_endpoint_that_is_not_in_the_table_is_forbidden_to_everyone() =>
        Assert.DoesNotContain(Enum.GetValues<Role>(), role => AccessTable.Allows("nowhere", role, own: true));

    [Fact]
    public void Every_name_but_health_has_its_row() => Assert.Equal(
        typeof(AccessTable).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
            .Except([AccessTable.Health]).Order(),
        AccessTable.Rules.Keys.Order());

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
