using System.Text.RegularExpressions;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Governance;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Lifecycle.Retention;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Governance;
using TfFlow.Programme.Outcomes;
using TfFlow.Programme.Research.Study;
using TfFlow.Programme.Rights;

namespace TfFlow.Lifecycle.Tests;

/// <summary>What people collect from an outbox says itself in sentences: no name of a state, no time as a machine writes it.</summary>
public sealed partial class ReadableDocumentsTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 3, 2);

    private static IReadOnlyList<IReadableDocument> Documents =>
    [
        new Reminder("yourtown", "yourtown-1", "2026-02", Day, "It was due."),
        new HoldReminder("h", 2, Day, "Review it."),
        new MeetingOverdue("s", "yourtown", "police", Noon, new("Risk Assessment and Resolution meeting", Noon, "seeds/002 §15"), Noon),
        new SuspensionGiven("s", "yourtown", "police", Noon, new("Risk Assessment and Resolution meeting", Noon, "seeds/002 §15"), Noon, "hash"),
        new InventoryFindings(Noon, 2, [new("blob.orphan", "r", "The vault holds it, and no register row accounts for it.")]),
        new HouseholdKeyNotice("r", "yourtown", "yourtown-1", "household-key/yourtown.sealed", "hash", "The secret."),
        new BreachNotice("b", "yourtown", "yourtown-1", BreachKind.WrongDisclosure, true, true, Noon, "council", "information governance: the manager", "hash", "Ask for it."),
        new RegisterNotice("n", RegisterKind.Termination, "yourtown", "", "police", Noon, "the termination of an agreement", "hash", "It took effect."),
        new BreachEscalation("b", "yourtown", BreachState.ProviderTold, [new("notice to the Information Commissioner", Noon, "seeds/002 §12")]),
        new BreachOutcome("b", "yourtown", "", BreachKind.WrongDisclosure, false, Noon, Noon, null, null, Noon, "hash", "It is settled."),
        new SourceQuestionDocument("q", SourceQuestionKind.Match, "yourtown-1", "e", [2, 5], Day, Day, "Are they right?"),
        new SourceQuestionOverdue("q", SourceQuestionKind.Currency, "police", "yourtown-1", "e", "c", Day, "It was asked again."),
        new SubjectQuestion("r", SubjectRequestKind.Access, ["e"], Day, "A person asked."),
        new SubjectDecision("r", SubjectRequestKind.Erasure, SubjectRequestOutcome.Granted, [new("e", [2, 5]), new("f", [])], "It was erased."),
        new InformationQuestion("r", InformationRegime.FreedomOfInformation, ["An agreement"], Day, "Somebody asked."),
        new InformationEscalation("r", InformationRequestState.Consulting, Day, ["police"], "Decide it."),
        new RequestEscalation("r", SubjectRequestState.Consulting, Day, ["police"], "Decide it."),
        new CaseReminder("c", FamilyCaseState.OutcomesChecked, [new("review for signs of further risk", Noon, "seeds/002 §10")]),
        new GivenFileNotice("r", "council", "police", "yourtown-7", "families", 1, "given/r.sealed", "hash", Day, "Open it."),
        new MarkerNotice("i", MarkerAction.Set, 2, Noon, "markers/i.sealed", "Confirm it."),
        new IntakeReport("e", "yourtown", "2026-01-01", "yourtown-1", "benefits", "AcceptedWithRefusedRows", "", "", 3, 2, 1, new Dictionary<string, long> { ["date.format"] = 1 }, [new("date.format", Consequence.Refusal, 3, "Born", "C3", "a date", "Correct it.")]),
        new ClaimDocument("c", "f", Day, Day, OutcomeResult.Progress, "yourtown-outcomes@1", "m", [new("e", "school-attendance", "yourtown@2026-01-01", "yourtown-1", [Use.Baseline], "schools", Day)]),
        new ClaimReturn("r", Day, 40, 35, 5, [new("Progress", "2026-Q1", 25), new("Employment", "2026-Q1", null)]),
        new StudyReport("r", [MeasureReport.Of(StudyMeasure.All[0], [])], 0, null!),
    ];

    [Fact]
    public void Every_document_is_here() => Assert.Equal(
        typeof(Outbox).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IReadableDocument))).Select(type => type.Name).Order(),
        Documents.Select(document => document.GetType().Name).Order());

    [Fact]
    public void Each_says_itself_in_sentences() => Assert.All(Documents, document =>
    {
        Assert.NotEmpty(document.Sentences);
        Assert.All(document.Sentences, sentence => Assert.DoesNotMatch(Machine(), sentence));
    });

    [Fact]
    public void A_report_says_what_was_refused_where_and_what_to_do() => Assert.Equal(
        [
            "Your file for yourtown-1 was taken in as extract e: 2 rows; 1 of 3 were refused.",
            "It came under yourtown, version 2026-01-01.",
            "Born: expected a date: row 3. Correct it. [date.format]",
        ],
        Documents.OfType<IntakeReport>().Single().Sentences);

    [GeneratedRegex("[a-z][A-Z]|[0-9]T[0-9]")]
    private static partial Regex Machine();
}
