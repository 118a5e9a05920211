using System.CommandLine;
using System.Globalization;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow link explain LEFT [RIGHT] --pair ID,ID</c>.</summary>
internal static class LinkExplainCommand
{
    public static Command Create()
    {
        var left = new Argument<FileInfo>("LEFT") { Description = "CSV with a header row." };
        var right = new Argument<FileInfo?>("RIGHT") { Description = "The other file; none if one file was deduplicated.", Arity = ArgumentArity.ZeroOrOne };
        var pair = new Option<string>("--pair") { Description = "Ids of the two records, with a comma between.", Required = true };
        var leftId = new Option<string?>("--left-id", "--id") { Description = "The column that names records of LEFT." };
        var rightId = new Option<string?>("--right-id") { Description = "The column that names records of RIGHT." };
        var shared = new LinkOptions();
        var command = new Command("explain", "Say why two records are, or are not, taken for one person. Shows what the two records say.") { left, right, pair, leftId, rightId };
        shared.AddTo(command);
        command.SetAction(result => LinkCommand.Guard(result, () =>
        {
            var ids = result.GetValue(pair)!.Split(',', StringSplitOptions.TrimEntries);
            if (ids.Length != 2)
            {
                throw new UsageException("--pair is two ids with a comma between.");
            }

            var other = result.GetValue(right);
            using var one = PairFiles.Open(result.GetValue(left)!);
            using var two = other is null ? null : PairFiles.Open(other);
            var why = LinkProgress.Run((progress, cancelled) => RecordLinkage.Explain(
                new(one, result.GetValue(left)!.Name, shared.Read(result, result.GetValue(leftId))),
                two is null ? null : new LinkageInput(two, other!.Name, shared.Read(result, result.GetValue(rightId))),
                (ids[0], ids[1]),
                shared.Linkage(result, oneToOne: false),
                progress,
                cancelled));
            Print(why, result.InvocationConfiguration.Output);
            return 0;
        }));
        return command;
    }

    private const double Unexplained = 0.05;

    private static void Print(Explanation why, TextWriter output)
    {
        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"Any two records of these files: {Odds(why.Start)} that they are one person.");
        var sum = why.Start;
        foreach (var step in why.Steps)
        {
            sum += step.Weight;
            var values = step.Left.Length + step.Right.Length == 0 ? "" : $" ({step.Left} | {step.Right})";
            Line($"  {step.What}: {step.Words}{values}: {Times(step.Weight)}, now {Odds(sum)}");
        }

        Line($"By itself: {Odds(why.LogOdds)}.");
        Line(why.Passes.Count == 0
            ? (FormattableString)$"No blocking pass brings the two together: the linkage never compared them."
            : $"Brought together by {string.Join("; ", why.Passes)}. Weighed against {why.Rivals} rival{(why.Rivals == 1 ? "" : "s")}: probability {why.Probability:F4}.");

        // What a reader of the steps would expect, and does not find.
        var alone = 1 / (1 + Math.Exp(-why.LogOdds));
        if (why.Passes.Count > 0 && Math.Abs(alone - why.Probability) > Unexplained)
        {
            Line($"By itself it would be {alone:F4}.");
            output.WriteLine(
                "The difference is what no field says: whom a file may lack, who else lives there, and the rules for people of one home, "
                + "which make a pair a doubt at most (docs/linkage.md#hard-cases).");
        }
    }

    private static string Times(double weight) => Math.Abs(weight) < 0.05 ? "says nothing" : $"{Number(Math.Exp(Math.Abs(weight)))} times {(weight > 0 ? "likelier" : "less likely")}";

    private static string Odds(double log) => log >= 0 ? $"{Number(Math.Exp(log))} to 1" : $"1 to {Number(Math.Exp(-log))}";

    private static string Number(double value) => value < 10 ? value.ToString("0.#", CultureInfo.InvariantCulture) : value.ToString("N0", CultureInfo.InvariantCulture);
}
