using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable;

/// <summary>An instance's events on their way to others: one after the other, each until its receiver has it.</summary>
internal sealed class Outgoing(string sender)
{
    private readonly Lock gate = new();
    private readonly HashSet<OutgoingEvent> underWay = [];
    private Task last = Task.CompletedTask;

    public Task DeliverAsync(IReadOnlyList<OutgoingEvent> outbox, Runtime runtime)
    {
        lock (gate)
        {
            foreach (var sent in outbox.Where(underWay.Add))
            {
                last = DeliverAsync(last, sent, runtime);
            }

            return last;
        }
    }

    private async Task DeliverAsync(Task before, OutgoingEvent sent, Runtime runtime)
    {
        await before;
        var arrival = new Arrival(new EventRaised(sent.Name, sent.Payload), runtime.Time.GetUtcNow()) { From = new IncomingMark(sent.Sender, sent.Sequence) };
        try
        {
            await runtime.Post(sent.To, arrival);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Lost, as in Durable Functions: nobody of that id, or it has finished.
            runtime.Log.EventLost(sender, sent.To, e.GetType().Name);
        }

        await runtime.Post(sender, new Delivered(sent));
        lock (gate)
        {
            underWay.Remove(sent);
        }
    }
}
