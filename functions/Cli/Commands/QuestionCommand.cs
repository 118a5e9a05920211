using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Programme.Cases;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow question</c>: what the source of a record is asked about it, and what it answers from its own side.</summary>
internal static class QuestionCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("question", "Questions to the source of a record, by reference, and their answers.")
        {
            List(calls), Ask(calls), Answer(calls),
        };
    }

    private static Command List(ApiCalls calls)
    {
        var agency = Options.Agency();
        agency.Required = false;
        agency.Description = "As this agency: what it was asked. Default: as the coordinator, every question.";
        var command = new Command("list", "List questions and answers, the earliest asked first.") { agency, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = arguments.GetValue(agency) is { } own
                ? calls.Open(arguments, Role.AgencySubmitter, own)
                : calls.Open(arguments, Role.Coordinator);
            return calls.Print(arguments, await api.GetAsync<QuestionView[]>("/questions", cancellationToken));
        });
        return command;
    }

    private static Command Ask(ApiCalls calls)
    {
        var extract = new Argument<string>("EXTRACT")
        {
            Description = "What the source sent, as 'tfflow extracts' lists it, or how its reference begins.",
        };
        var kind = new Option<SourceQuestionKind>("--kind")
        {
            Description = "currency: is it still current? match: these records could not be matched, are they right?",
            Required = true,
            HelpName = "kind",
            CustomParser = Options.Kebab<SourceQuestionKind>,
        };
        var rows = new Option<long[]>("--row")
        {
            Description = "The row number in the file the source sent, its header being row 1; may be given several times.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("ask", "Ask the source of an extract about records of it. Nothing but references and row numbers is sent.")
        {
            extract, kind, rows, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.Coordinator);
            var of = await api.FullAsync(ReferenceKind.Extract, arguments.GetValue(extract)!, cancellationToken);
            var request = new QuestionRequest(arguments.GetValue(kind), of, arguments.GetValue(rows));
            return calls.Print(arguments, await api.PostAsync<QuestionView>("/questions", request, cancellationToken));
        });
        return command;
    }

    private static Command Answer(ApiCalls calls)
    {
        var id = new Argument<string>("ID")
        {
            Description = "The question, as 'tfflow question list' and the document in the outbox name it, or how that begins.",
        };
        var agency = Options.Agency();
        var answer = new Option<SourceAnswer>("--answer")
        {
            Description = "current: it is as it was sent; not-current: it holds no longer; "
                + "corrected: it was wrong, and a correction is sent; unknown: it cannot be said.",
            Required = true,
            HelpName = "answer",
            CustomParser = Options.Kebab<SourceAnswer>,
        };
        var command = new Command("answer", "As the source: answer a question. What is not current is not used.")
        {
            id, agency, answer, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.AgencySubmitter, arguments.GetValue(agency)!);
            var question = await api.FullAsync(ReferenceKind.Question, arguments.GetValue(id)!, cancellationToken);
            var path = $"/agencies/{ApiCalls.Segment(arguments.GetValue(agency)!)}/questions/{ApiCalls.Segment(question)}/answer";
            return calls.Print(arguments, await api.PostAsync<QuestionView>(path, new QuestionAnswer(arguments.GetValue(answer)), cancellationToken));
        });
        return command;
    }
}
