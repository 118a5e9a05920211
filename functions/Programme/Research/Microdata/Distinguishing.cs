namespace TfFlow.Programme.Research.Microdata;

/// <summary>How well a column, or several together, tell records apart.</summary>
/// <param name="Distinction">Distinct values divided by records.</param>
/// <param name="Separation">Pairs of records that differ divided by all pairs; 0 when there is no pair.</param>
/// <remarks>Motwani and Xu 2007, §2: α-distinct and α-separation quasi-identifiers.</remarks>
public sealed record Distinguishing(double Distinction, double Separation)
{
    public static Distinguishing Of(EquivalenceClasses classes)
    {
        var (records, alike) = ((long)classes.ClassOf.Length, classes.Sizes.Sum(size => (long)size * (size - 1)));
        var pairs = records * (records - 1);
        return new(records == 0 ? 0 : (double)classes.Count / records, pairs == 0 ? 0 : (double)(pairs - alike) / pairs);
    }
}
