using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using TfFlow.Host.Local.Durable;
using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow instances</c> and <c>tfflow instances show ID</c>: what orchestrations do, and what they wait for.</summary>
internal static class InstancesCommand
{
    public static Command Create(Option<string> folder, Option<string?> storage, IAnsiConsole console)
    {
        var status = new Option<OrchestrationStatus?>("--status") { Description = "Only those in this status." };
        var prefix = new Option<string?>("--id") { Description = "Only those whose id begins so." };
        var json = Options.Json();
        var command = new Command("instances", "List orchestrations, what each waits for and until when.") { status, prefix, json };
        command.Subcommands.Add(CreateShow(folder, storage, console));
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var stores = await OpenAsync(arguments, folder, storage, cancellationToken);
            var views = new List<InstanceView>();
            await foreach (var view in Inspect(stores).ListAsync(arguments.GetValue(prefix), arguments.GetValue(status), cancellationToken))
            {
                views.Add(view);
            }

            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(views, OrchestrationJson.Options));
                return ExitCode.Done;
            }

            var table = new Table().Border(TableBorder.Simple).AddColumns("Instance", "Orchestration", "Status", "Waits for", "Until");
            foreach (var view in views)
            {
                var next = view.Waits.Count > 0 ? view.Waits[0] : null;
                table.AddRow([.. new[] { view.Metadata.InstanceId, view.Metadata.Name, Words(view), next is null ? "" : $"{next.For}: {next.Reason}", Time(next?.Until) }.Select(Markup.Escape)]);
            }

            console.Write(table);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateShow(Option<string> folder, Option<string?> storage, IAnsiConsole console)
    {
        var id = new Argument<string>("ID") { Description = "The instance, as 'tfflow instances' lists it." };
        var json = Options.Json();
        var command = new Command("show", "Show one orchestration: its waits and its history.") { id, json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var stores = await OpenAsync(arguments, folder, storage, cancellationToken);
            var inspector = Inspect(stores);
            if (await inspector.FindAsync(arguments.GetValue(id)!, cancellationToken) is not { } view)
            {
                throw new CommandException(ExitCode.Refused, $"There is no instance {arguments.GetValue(id)}.");
            }

            var history = await inspector.GetHistoryAsync(view.Metadata.InstanceId, cancellationToken);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { Instance = view, History = history }, OrchestrationJson.Options));
                return ExitCode.Done;
            }

            Write(console, view);
            foreach (var (turn, i) in history.Select((turn, i) => (turn, i)))
            {
                foreach (var happened in turn.Arrivals.Concat(turn.Decisions))
                {
                    console.WriteLine($"{i,4}  {Time(turn.At)}  {Describe(happened)}");
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, InstanceView view)
    {
        console.WriteLine($"{view.Metadata.Name} {view.Metadata.InstanceId}, version {view.Version}: {Words(view)}");
        console.WriteLine($"created {Time(view.Metadata.CreatedAt)}, last turn {Time(view.Metadata.LastUpdatedAt)}, continued as new {view.Generation} times");
        if (view.ParentInstanceId is { } parent)
        {
            console.WriteLine($"called by {parent}");
        }

        foreach (var wait in view.Waits)
        {
            console.WriteLine($"waits for {wait.For}{(wait.Until is null ? "" : $" until {Time(wait.Until)}")}: {wait.Reason}");
        }
    }

    private static string Words(InstanceView view) => view.Parked is { } why ? $"Parked: {why}"
        : view.Metadata.CustomStatus is { } custom ? $"{view.Metadata.Status}: {custom.Trim('"')}"
        : view.Metadata.Status.ToString();

    /// <summary>What happened, in Durable Task's words; payloads are left to --json.</summary>
    private static string Describe(HistoryEvent happened) => happened switch
    {
        ExecutionStarted started => $"ExecutionStarted {started.Name} version {started.Version}",
        TaskScheduled task => $"TaskScheduled #{task.TaskId} {task.Name}",
        TaskCompleted task => $"TaskCompleted #{task.TaskId}",
        TaskFailed task => $"TaskFailed #{task.TaskId} {task.Failure.ErrorType}: {task.Failure.ErrorMessage}",
        TimerCreated timer => $"TimerCreated #{timer.TaskId} {Time(timer.FireAt)} {timer.Reason}",
        TimerFired timer => $"TimerFired #{timer.TaskId}",
        SubOrchestrationCreated child => $"SubOrchestrationCreated #{child.TaskId} {child.Name} {child.InstanceId}",
        EventSent sent => $"EventSent {sent.Name} to {sent.InstanceId}",
        EventRaised raised => $"EventRaised {raised.Name}",
        ExecutionCompleted completed => $"ExecutionCompleted {completed.Status} {completed.Failure?.ErrorMessage}",
        var other => other.GetType().Name,
    };

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static InstanceInspector Inspect(LocalStores stores) => new(
        stores.HostTables, stores.HostBlobs, LocalDurableOptions.DefaultPrefix, (instanceId, why) => Console.Error.WriteLine($"{instanceId}: {why}"));

    private static Task<LocalStores> OpenAsync(ParseResult arguments, Option<string> folder, Option<string?> storage, CancellationToken cancellationToken) => LocalStores.OpenBesideAsync(
        new WorkFolder(arguments.GetValue(folder)!).Path, Options.StorageIn(arguments, storage), new Progress<string>(Console.Error.WriteLine), cancellationToken);
}
