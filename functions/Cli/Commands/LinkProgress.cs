using Spectre.Console;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary>Shows how far a linkage is, with its rate and the time left, on a terminal; Ctrl-C stops it cleanly.</summary>
internal static class LinkProgress
{
    public static T Run<T>(Func<Action<LinkageProgress>, CancellationToken, T> act)
    {
        using var stop = new CancellationTokenSource();
        void Stop(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = true;
            stop.Cancel();
        }

        Console.CancelKeyPress += Stop;
        try
        {
            return Console.IsErrorRedirected ? act(_ => { }, stop.Token) : Shown(act, stop.Token);
        }
        finally
        {
            Console.CancelKeyPress -= Stop;
        }
    }

    private static T Shown<T>(Func<Action<LinkageProgress>, CancellationToken, T> act, CancellationToken stop)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var tasks = Enum.GetValues<LinkagePhase>().ToDictionary(p => p, p => context.AddTask(p.ToString(), autoStart: false));
                return act(
                    progress =>
                    {
                        lock (tasks)
                        {
                            Update(tasks, progress);
                        }
                    },
                    stop);
            });
    }

    private static void Update(Dictionary<LinkagePhase, ProgressTask> tasks, LinkageProgress progress)
    {
        foreach (var (phase, task) in tasks)
        {
            if (phase < progress.Phase && !task.IsFinished)
            {
                task.StartTask();
                task.Value = task.MaxValue;
            }
        }

        var current = tasks[progress.Phase];
        if (!current.IsStarted)
        {
            current.StartTask();
        }

        current.MaxValue = Math.Max(1, progress.Total);
        current.Value = progress.Done;
    }
}
