namespace TfFlow.Programme.Research.Counts;

/// <summary>How a count is blurred before it is published.</summary>
public abstract record CountRounding
{
    /// <summary>To the nearest multiple of five.</summary>
    public static CountRounding ToFive { get; } = new Nearest(5);

    /// <summary>ceil(x/6)·6 − 3, and 0 for 0: each published count stands for six, or for none.</summary>
    public static CountRounding MidpointSix { get; } = new Midpoint(6);

    public static CountRounding None { get; } = new Nearest(1);

    public abstract long Apply(long count);

    /// <summary>The lowest and highest count that is published as <paramref name="published"/>.</summary>
    public abstract (long Low, long High) Behind(long published);

    public bool IsRounded(long published) => published >= 0 && Apply(Behind(published).Low) == published;

    /// <summary>To the nearest multiple of the base; half-way goes up.</summary>
    public sealed record Nearest(long Base) : CountRounding
    {
        public override long Apply(long count) => (count + (Base / 2)) / Base * Base;

        public override (long Low, long High) Behind(long published) => (Math.Max(published - (Base / 2), 0), published + ((Base - 1) / 2));
    }

    /// <summary>To the middle of the step of <paramref name="Step"/> counts it falls in; 0 stays 0.</summary>
    public sealed record Midpoint(long Step) : CountRounding
    {
        public override long Apply(long count) => count == 0 ? 0 : ((count + Step - 1) / Step * Step) - (Step / 2);

        public override (long Low, long High) Behind(long published) =>
            published == 0 ? (0, 0) : (published - (Step - (Step / 2)) + 1, published + (Step / 2));
    }
}
