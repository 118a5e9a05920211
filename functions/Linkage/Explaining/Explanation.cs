namespace TfFlow.Linkage;

/// <summary>Why two records are taken for one person or for two: from how rare a match is at all, field by field, to the probability.</summary>
/// <param name="Start">Natural log-odds that any two records of the files are one person.</param>
/// <param name="Steps">What each field adds, in order; start and steps sum to <paramref name="LogOdds"/>.</param>
/// <param name="LogOdds">Natural log-odds of the pair by itself.</param>
/// <param name="Probability">Among its rivals, where two files were linked: what the pairs file holds. Zero if the pair was never a candidate.</param>
/// <param name="Passes">The blocking passes that bring the two together; if there are none, the linkage never compared them.</param>
/// <param name="Rivals">How many other records either was weighed against.</param>
public sealed record Explanation(double Start, IReadOnlyList<ExplanationStep> Steps, double LogOdds, double Probability, IReadOnlyList<string> Passes, int Rivals);

/// <summary>One field's part.</summary>
/// <param name="What">The field.</param>
/// <param name="Left">What the left record says, as compared; empty if it is silent or the field has no value of its own.</param>
/// <param name="Right">What the right record says.</param>
/// <param name="Words">How they compare.</param>
/// <param name="Weight">Natural log of how much likelier the field makes it that they are one person; below zero, less.</param>
public sealed record ExplanationStep(string What, string Left, string Right, string Words, double Weight);
