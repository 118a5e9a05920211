namespace TfFlow.Programme.Retention;

/// <summary>When the events happened, or are known to be going to happen, that retention is counted from. What is not known has not happened.</summary>
public sealed class RetentionClocks
{
    private readonly Dictionary<ClockEvent, DateTimeOffset> known;

    private RetentionClocks(Dictionary<ClockEvent, DateTimeOffset> known) => this.known = known;

    public static RetentionClocks None { get; } = new([]);

    public DateTimeOffset? this[ClockEvent clock] => known.TryGetValue(clock, out var at) ? at : null;

    /// <summary>The same, and that an event happened.</summary>
    public RetentionClocks With(ClockEvent clock, DateTimeOffset? at) =>
        at is { } moment ? new(new Dictionary<ClockEvent, DateTimeOffset>(known) { [clock] = moment }) : this;

    /// <summary>The same, and that an event happens then unless it is known to be otherwise.</summary>
    internal RetentionClocks Or(ClockEvent clock, DateTimeOffset? at) => this[clock] is null ? With(clock, at) : this;
}
