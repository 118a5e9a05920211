using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Lifecycle.Retention;
using TfFlow.Lifecycle.Rights;
using TfFlow.Lifecycle.Tests.Durable;

namespace TfFlow.Lifecycle.Tests.Registers;

/// <summary>What the rows of cases may hold (law 1): references, states, dates, decisions, accounts.</summary>
public class RegisterRowsTest
{
    /// <summary>Last words of names under which a row holds a text, each with what it is.</summary>
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["Authority"] = "an agency",
        ["Police"] = "an agency",
        ["By"] = "an account, or a member's reference",
        ["KeyWorker"] = "an account",
        ["Person"] = "a member's reference",
        ["Provider"] = "an agency",
        ["Source"] = "an agency, or that the key worker or the family said it",
        ["Panel"] = "agencies",
        ["Parties"] = "agencies",
        ["With"] = "agencies, or organisations that are guests, by an id",
        ["Organisation"] = "an agency, or an organisation that is a guest, by an id",
        ["Visitors"] = "accounts",
        ["Study"] = "an agency",
        ["Recipient"] = "an agency",
        ["Involved"] = "members' references",
        ["Measurement"] = "the random reference of a measurement",
        ["MeasureCodes"] = "names of measures, which the program lists",
        ["Plan"] = "a family outcome plan, by its name and version",
        ["One"] = "a member's reference",
        ["Other"] = "a member's reference",
        ["Name"] = "the random name of a sealed blob, or made of an instruction's reference",
    };

    [Theory]
    [InlineData(typeof(Case))]
    [InlineData(typeof(MarkerInstruction))]
    [InlineData(typeof(BreachRow))]
    [InlineData(typeof(SuspensionRow))]
    [InlineData(typeof(HoldRow))]
    [InlineData(typeof(SubjectRequestRow))]
    [InlineData(typeof(InformationRequestRow))]
    [InlineData(typeof(ResearchRequest))]
    [InlineData(typeof(StudyRound))]
    [InlineData(typeof(StudySubmission))]
    public void A_row_holds_nothing_that_could_be_of_a_person(Type row) => Assert.Empty(HistoryRules.RefuseRow(row, Texts.Keys));

    [Theory]
    [InlineData(typeof(PersonDetails))]
    [InlineData(typeof(DutyNote))]
    [InlineData(typeof(ResearchDraft))]
    public void What_is_sealed_would_be_refused(Type content) => Assert.NotEmpty(HistoryRules.RefuseRow(content, Texts.Keys));
}
