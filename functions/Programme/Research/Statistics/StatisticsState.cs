namespace TfFlow.Programme.Research.Statistics;

/// <summary>Where a table of statistics stands, from its building to its release.</summary>
/// <remarks>seeds/000 §2: statistical data will be freely shared. The two people are ours.</remarks>
public enum StatisticsState
{
    /// <summary>Counted and protected, waiting for two people.</summary>
    Built,

    /// <summary>It is compared for the last time with what is out. Another release that begins now reckons with it.</summary>
    Releasing,

    /// <summary>Anyone may read it; every later table is compared with it.</summary>
    Released,

    /// <summary>It never went out.</summary>
    Discarded,
}

public static class StatisticsStates
{
    public static TransitionTable<StatisticsState> Transitions { get; } = new(
        StatisticsState.Built,
        (StatisticsState.Built, StatisticsState.Releasing),
        (StatisticsState.Built, StatisticsState.Discarded),
        (StatisticsState.Releasing, StatisticsState.Released),
        (StatisticsState.Releasing, StatisticsState.Built));

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(StatisticsState state) => state switch
    {
        StatisticsState.Built => "the table is built and waits for two people who release it ('tfflow statistics release ID').",
        StatisticsState.Releasing => "the table is being released. Whoever began it has it go on ('tfflow statistics release ID').",
        StatisticsState.Released => "the table is released already, and cannot be taken back.",
        _ => "the table was discarded. Build it again ('tfflow statistics build').",
    };
}
