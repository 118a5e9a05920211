using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>What was agreed to come and has not is chased by the sweep.</summary>
public class CalendarTest
{
    private const string Termly = "testshire-attendance-termly";

    [Fact]
    public async Task Who_sent_nothing_in_a_term_is_reminded_once_by_the_sweep_and_who_sent_is_not()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(new VirtualClock(TimeProvider.System.GetUtcNow()));
        using var api = World.As(host, "school-2");

        // Before the first act of a deployment its people see already what is expected of them.
        Assert.Equal(ExpectationState.Awaited, Assert.Single(await api.GetAsync<Expectation[]>("/calendar", World.Patience)).State);
        await World.DropAsync(host, World.AttendanceFile(20), "school-1", Termly);

        await World.SweepAsync(host);
        Assert.Empty(await RemindersAsync(host, "school-2"));

        var term = Assert.Single(await api.GetAsync<Expectation[]>("/calendar", World.Patience));
        Assert.Equal((Termly, "school-2", ExpectationState.Awaited), (term.Exchange.Text, term.Agency.Text, term.State));
        foreach (var day in (int[])[1, 2])
        {
            await host.Engine.AdvanceToAsync(new(term.Due.AddDays(day), TimeOnly.MinValue, TimeSpan.Zero), World.Patience);
            await World.SweepAsync(host);
        }

        Assert.Empty(await RemindersAsync(host, "school-1"));
        var reminder = Assert.Single(await RemindersAsync(host, "school-2"));
        Assert.Equal((term.Exchange, term.Period, term.Due), (reminder.Exchange, reminder.Period, reminder.Due));
        var chased = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Where(record => record.Entry is { Act: "extract.chase", Agency.Text: "school-2" }).ToListAsync();
        Assert.Equal(2, chased.Count);

        var calendar = await api.GetAsync<Expectation[]>("/calendar", World.Patience);
        Assert.Equal([ExpectationState.Overdue, ExpectationState.Awaited], calendar.Select(expectation => expectation.State));
        await World.AssertAccountedForAsync(host);
    }

    private static async Task<List<Reminder>> RemindersAsync(LocalHost host, string agency)
    {
        using var api = World.As(host, agency);
        var reminders = new List<Reminder>();
        foreach (var document in (await OutboxCommand.ListAsync(api, agency, World.Patience)).Where(document => document.Name.StartsWith("reminders/", StringComparison.Ordinal)))
        {
            reminders.Add(JsonSerializer.Deserialize<Reminder>(await OutboxCommand.ReadAsync(api, agency, document.Name, World.Patience), Outbox.Json)!);
        }

        return reminders;
    }
}
