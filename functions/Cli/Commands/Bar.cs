using Spectre.Console;

namespace TfFlow.Cli.Commands;

/// <param name="Words">What is being done.</param>
/// <param name="Total">0 when it is not known.</param>
internal readonly record struct BarStep(string Words, long Done = 0, long Total = 0)
{
    public static BarStep Of(string words, Stream moving) => new(words, moving.Position, moving.Length);
}

/// <summary>Shows how far long work is, with its rate and the time left: on a terminal only, beside the output.</summary>
internal static class Bar
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <param name="at">Asked now and then, from another thread.</param>
    public static async Task<T> RunAsync<T>(Func<BarStep> at, Func<Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work();
        }

        return await AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var shown = context.AddTask(Markup.Escape(at().Words));
                var working = work();
                while (await Task.WhenAny(working, Task.Delay(Interval, TimeProvider.System)) != working)
                {
                    var step = at();
                    shown.Description = Markup.Escape(step.Words);
                    shown.IsIndeterminate = step.Total == 0;
                    shown.MaxValue = Math.Max(1, step.Total);
                    shown.Value = step.Done;
                }

                return await working;
            });
    }
}
