namespace TfFlow.Linkage.Tests.Population;

/// <summary>How a household population is invented and how badly it is recorded.</summary>
public sealed record PopulationOptions
{
    public int People { get; init; } = 25_000;

    public int Seed { get; init; } = 1;

    /// <summary>Multiplies every error rate: 0.4 a careful register, 1 an ordinary one, 2 a bad one.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>Share of people who moved between the snapshots.</summary>
    public double Movers { get; init; } = 0.12;

    /// <summary>Share of the people alive at a snapshot whom its register holds.</summary>
    public double Coverage { get; init; } = 0.9;

    public int YearsBetween { get; init; } = 3;

    /// <summary>Few distinct names, so that many strangers share one.</summary>
    public bool NarrowNames { get; init; }

    /// <summary>Phone and email columns.</summary>
    public bool Contacts { get; init; } = true;

    /// <summary>NHS number and UPRN columns.</summary>
    public bool Identifiers { get; init; }

    /// <summary>0–3: how the columns are named and formatted.</summary>
    public int LeftLayout { get; init; }

    public int RightLayout { get; init; } = 1;
}
