using System.CommandLine;
using System.Globalization;
using Microsoft.DurableTask.Client;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow instances</c>: what orchestrations do, what they wait for, why they failed; and an operator's orders to them. On either host.</summary>
internal static class InstancesCommand
{
    public static Command Create(Option<string> folder, IAnsiConsole console)
    {
        var calls = new ApiCalls(folder);
        var status = new Option<OrchestrationRuntimeStatus?>("--status") { Description = "Only those in this status." };
        var prefix = new Option<string?>("--id") { Description = "Only those whose id begins so." };
        var command = new Command("instances", "List orchestrations, what each waits for and until when.") { status, prefix, calls.Server, calls.Token, calls.Json };
        command.Subcommands.Add(Show(calls, console));
        command.Subcommands.Add(Order(calls, "terminate", "End an orchestration that cannot go on; the sweep takes up again what its register row needs.", "terminated"));
        command.Subcommands.Add(Order(calls, "resume", "Let a suspended orchestration go on.", "goes on"));
        command.Subcommands.Add(Order(calls, "purge", "Forget a finished orchestration and its history.", "forgotten"));
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.InformationGovernance);
            var instances = await ListAsync(api, arguments.GetValue(prefix), arguments.GetValue(status), cancellationToken);
            return calls.Print(arguments, instances, () => Write(console, instances));
        });
        return command;
    }

    private static void Write(IAnsiConsole console, IEnumerable<InstanceView> instances)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Instance", "Orchestration", "Status", "Waits for", "Until");
        foreach (var instance in instances)
        {
            string[] cells =
            [
                instance.InstanceId,
                instance.Name,
                instance.Status.ToString(),
                instance.Waiting?.For ?? instance.Doing,
                Time(instance.Waiting?.Until),
            ];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    /// <summary>Ids of instances begin with what they are of, so that theirs are asked for by their beginning.</summary>
    private static async Task<string> FullAsync(ApiClient api, string typed, CancellationToken cancellationToken)
    {
        var known = typed.Length == 0 ? [] : await ListAsync(api, typed, status: null, cancellationToken);
        return References.Full(typed, known.Select(instance => instance.InstanceId), "process");
    }

    private static async Task<IReadOnlyList<InstanceView>> ListAsync(ApiClient api, string? prefix, OrchestrationRuntimeStatus? status, CancellationToken cancellationToken)
    {
        var instances = new List<InstanceView>();
        string? continuation = null;
        do
        {
            var query = $"/instances?prefix={ApiCalls.Segment(prefix ?? "")}{(status is { } one ? $"&status={one}" : "")}{(continuation is null ? "" : $"&continuation={ApiCalls.Segment(continuation)}")}";
            var page = await api.GetAsync<InstancePage>(query, cancellationToken);
            instances.AddRange(page.Instances);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return instances;
    }

    private static Command Show(ApiCalls calls, IAnsiConsole console)
    {
        var id = Id();
        var command = new Command("show", "Show one orchestration: what it waits for, or why it failed.") { id, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.InformationGovernance);
            var full = await FullAsync(api, arguments.GetValue(id)!, cancellationToken);
            var instance = await api.GetAsync<InstanceView>($"/instances/{ApiCalls.Segment(full)}", cancellationToken);
            return calls.Print(arguments, instance, () => Write(console, instance));
        });
        return command;
    }

    private static void Write(IAnsiConsole console, InstanceView instance)
    {
        var doing = instance.Doing.Length > 0 ? $", {instance.Doing}" : "";
        console.WriteLine($"{instance.Name} {instance.InstanceId}: {instance.Status}{doing}");
        console.WriteLine($"created {Time(instance.CreatedAt)}, last turn {Time(instance.LastUpdatedAt)}");
        if (instance.Waiting is { } waiting)
        {
            console.WriteLine($"waits until {Time(waiting.Until)} for {waiting.For}");
        }

        if (instance.Failure is { Length: > 0 } failure)
        {
            console.WriteLine($"failed: {failure}");
        }
    }

    private static Command Order(ApiCalls calls, string name, string description, string done)
    {
        var id = Id();
        var command = new Command(name, description) { id, calls.Server, calls.Token };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.InformationGovernance);
            var full = await FullAsync(api, arguments.GetValue(id)!, cancellationToken);
            await api.PostAsync($"/instances/{ApiCalls.Segment(full)}/{name}", cancellationToken);
            Console.WriteLine($"{full}: {done}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Id() => new("ID")
    {
        Description = "The instance, as 'tfflow instances' lists it, or how its id begins.",
    };

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
}
