using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;

namespace TfFlow.WebConsole.Questions;

/// <summary>What questions and answers are called on pages.</summary>
internal static class QuestionWords
{
    public static string Of(SourceQuestionKind kind) =>
        kind is SourceQuestionKind.Currency ? "Is it still as you sent it?" : "Whose record is it? It could not be matched.";

    public static string Rows(SourceQuestionRow question) => question.Rows.Count switch
    {
        0 => "all that you sent of a family",
        1 => $"row {question.Rows[0]}",
        _ => $"rows {string.Join(", ", question.Rows)}",
    };

    public static (string Text, string Colour) State(SourceQuestionRow question) =>
        question.State is SourceQuestionState.Asked ? ("Waiting", "blue") : question.Answer is { } answer ? (Of(answer), "grey") : ("Over", "grey");

    public static string Of(SourceAnswer answer) => answer switch
    {
        SourceAnswer.Current => "Still as sent",
        SourceAnswer.NotCurrent => "Holds no longer",
        SourceAnswer.Corrected => "Wrong, a correction follows",
        _ => "Cannot be said",
    };

    public static string Hint(SourceAnswer answer) => answer switch
    {
        SourceAnswer.Current => "Your own records say the same today.",
        SourceAnswer.NotCurrent => "It was right, and is not to be used any more.",
        SourceAnswer.Corrected => "Send the file again with what is right: what you sent before is not used.",
        _ => "What nobody vouches for is not used.",
    };
}
