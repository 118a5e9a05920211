namespace TfFlow.Programme.Governance;

/// <summary>How likely a risk is and how hard it would hit, before its countermeasure and after it.</summary>
/// <remarks>seeds/001 App B: 1 low, 2 medium, 3 high, 4 very high; the priority is the product.</remarks>
public sealed record RiskLevels(int Likelihood, int Impact, int ResidualLikelihood, int ResidualImpact)
{
    public int Priority => Likelihood * Impact;

    public int ResidualPriority => ResidualLikelihood * ResidualImpact;

    /// <summary>Each is 1 to 4.</summary>
    public bool AreValid => new[] { Likelihood, Impact, ResidualLikelihood, ResidualImpact }.All(level => level is >= 1 and <= 4);

    /// <summary>Red 12–16, red/amber 6–9, amber/green 3–4, green 1–2.</summary>
    public static string Colour(int priority) => priority switch
    {
        >= 12 => "red",
        >= 6 => "red-amber",
        >= 3 => "amber-green",
        _ => "green",
    };
}
