using TfFlow.Linkage;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Rights;

namespace TfFlow.Programme.Tests.Rights;

public class SubjectBundleTest
{
    private static readonly string Hash = new('a', 64);
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly SubjectRequest Decided = new()
    {
        State = SubjectRequestState.Decided,
        Kind = SubjectRequestKind.Access,
        ReceivedOn = Day
    };

    private static readonly SubjectBundle Bundle = new("r", "Caseshire Council", Day, ["This is the answer."],
    [
        new("record-e", BundleSection.Records, "Benefits", "the jobcentre", Day, ["It was sent."], [[new("Benefit", "JSA <b>")]]),
        new("judgement-j", BundleSection.Case, "A professional's judgement", "the school", Day, [],
            [[new("What was said", "He is well.")]]),
    ]);

    [Theory]
    [InlineData("Her brother Edmund came too.", "Her brother [another person] came too.")]
    [InlineData("EDMUND'S school", "[another person] school")]
    [InlineData("Born 09/01/2016, he is small", "Born [another person's date of birth], he is small")]
    [InlineData("The Marlowes; Oswald Marlowe, born 2014-06-07", "The Marlowes; Oswald Marlowe, born 2014-06-07")]
    public void Others_of_the_family_are_taken_out_of_what_is_said_and_what_the_person_shares_with_them_stays(string said, string given)
    {
        var own = new PersonIdentity("Marlowe", "Oswald", new(2014, 6, 7), null);
        var others = new OtherPeople([new("Marlowe", "Edmund", new(2016, 1, 9), null)], [own]);

        Assert.Equal(given, others.Redact(said));
    }

    [Fact]
    public void A_part_that_is_exempt_is_said_to_be_left_out_and_one_that_may_not_be_said_is_not_there()
    {
        var answer = Bundle.Without([Marked("record-e", unsaid: false), Marked("judgement-j", unsaid: true)]);

        var part = Assert.Single(answer.Parts);
        Assert.Empty(part.Rows);
        Assert.Equal("This part is not given: giving it would make it harder to prevent or detect a crime (Data Protection Act 2018, schedule 2, paragraph 2).", part.LeftOut);
    }

    [Fact]
    public void Every_exemption_has_words_and_a_line_of_the_law() => Assert.All(Enum.GetValues<Exemption>(), exemption =>
    {
        Assert.NotEmpty(Exemptions.WordsOf(exemption));
        Assert.StartsWith("Data Protection Act 2018, schedule ", Exemptions.SourceOf(exemption), StringComparison.Ordinal);
    });

    [Fact]
    public void An_exemption_is_marked_with_its_reasons_while_the_originators_are_asked_and_of_a_part_that_there_is()
    {
        var marked = Marked("record-e", unsaid: false);
        string[] parts = ["record-e"];
        Assert.Empty(marked.ToMark(SubjectRequestState.Consulting, parts));
        Assert.Single(marked.ToMark(SubjectRequestState.Decided, parts));
        Assert.Single(marked.ToMark(SubjectRequestState.Consulting, []));
        Assert.Single((marked with { Hash = "" }).ToMark(SubjectRequestState.Consulting, parts));
        Assert.Single((marked with { Exemption = 0 }).ToMark(SubjectRequestState.Consulting, parts));
    }

    [Fact]
    public void Two_people_release_the_very_same_and_nothing_else_goes_out()
    {
        Assert.Empty(BundleReleases.ToRelease(Decided, [], Hash, "one"));
        Assert.Single(BundleReleases.ToRelease(Decided, [new(Hash, "one", Noon)], Hash, "one"));
        Assert.Single(BundleReleases.ToRelease(Decided, [], "", "one"));
        Assert.Single(BundleReleases.ToRelease(Decided with { State = SubjectRequestState.Consulting }, [], Hash, "one"));
        BundleRelease[] both = [new(Hash, "one", Noon), new(Hash, "two", Noon)];
        Assert.Empty(BundleReleases.ToExport(Decided, both, Hash));
        Assert.Single(BundleReleases.ToExport(Decided, both, new('b', 64)));
        Assert.Single(BundleReleases.ToExport(Decided, both[..1], Hash));
        Assert.Single(BundleReleases.ToExport(Decided, [both[0], both[0]], Hash));
    }

    [Fact]
    public void What_is_contested_restricted_or_to_be_erased_waits_for_every_use_and_an_objection_for_its_own()
    {
        SubjectRequest Of(SubjectRequestKind kind, SubjectRequestOutcome? outcome = null) =>
            Decided with { Kind = kind, Outcome = outcome, Uses = [Use.Research] };
        Assert.Empty(Of(SubjectRequestKind.Access).Withheld);
        Assert.Equal([Use.Research], Of(SubjectRequestKind.Objection).Withheld);
        Assert.All((SubjectRequestKind[])[SubjectRequestKind.Rectification, SubjectRequestKind.Restriction, SubjectRequestKind.Erasure],
            kind =>
        {
            Assert.Equal(Enum.GetValues<Use>(), Of(kind).Withheld);
            Assert.Equal(Enum.GetValues<Use>(), Of(kind, SubjectRequestOutcome.Partly).Withheld);
            Assert.Empty(Of(kind, SubjectRequestOutcome.Refused).Withheld);
        });
    }

    [Fact]
    public void A_decision_says_what_becomes_of_what_was_found_and_access_is_answered_once_it_is_given()
    {
        var erasure = Decided with
        {
            State = SubjectRequestState.Consulting,
            Kind = SubjectRequestKind.Erasure,
            Found = true,
            Decision = Hash,
        };
        Assert.Single(erasure.Obstacles(SubjectRequestState.Decided));
        Assert.Empty((erasure with { Outcome = SubjectRequestOutcome.Granted }).Obstacles(SubjectRequestState.Decided));
        Assert.Empty((erasure with { Found = false }).Obstacles(SubjectRequestState.Decided));
        var objection = erasure with { Kind = SubjectRequestKind.Objection, Outcome = SubjectRequestOutcome.Granted };
        Assert.Single(objection.Obstacles(SubjectRequestState.Decided));
        Assert.Empty((objection with { Uses = [Use.Research] }).Obstacles(SubjectRequestState.Decided));

        var access = Decided with { Found = true, AnsweredOn = Day };
        Assert.Single(access.Obstacles(SubjectRequestState.Answered));
        Assert.Empty((access with { Exported = true }).Obstacles(SubjectRequestState.Answered));
        Assert.Empty((access with { Outcome = SubjectRequestOutcome.Refused }).Obstacles(SubjectRequestState.Answered));
        Assert.Single(Decided.ToRead(searched: false));
        Assert.Single(access.ToSearch());
    }

    [Fact]
    public void The_page_says_the_same_and_runs_nothing()
    {
        var page = SubjectBundleHtml.Render(Bundle);

        Assert.Contains("<h2>What others said of you</h2><h3>Benefits</h3><p>the jobcentre, as at 2 March 2026</p>", page,
            StringComparison.Ordinal);
        Assert.Contains("JSA &lt;b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    private static PartExemption Marked(string part, bool unsaid) => new(part, Exemption.Crime, unsaid, Hash, "ig-1", Noon);
}
