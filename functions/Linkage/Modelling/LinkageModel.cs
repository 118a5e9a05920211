namespace TfFlow.Linkage;

/// <summary>
/// A Fellegi–Sunter model with five relations: how common each relation is among all pairs, and how likely each level of each field is
/// in it. Holds no value of any record.
/// </summary>
/// <remarks>Fellegi and Sunter, "A theory for record linkage", JASA 1969; the classes follow the latent-class extension of Winkler and of Larsen and Rubin (JASA 2001).</remarks>
public sealed class LinkageModel
{
    private readonly double[][,] probabilities;

    internal LinkageModel(double[] priors, double[][,] probabilities, double[,] termFrequency, double[,] strangerNames)
    {
        Priors = priors;
        this.probabilities = probabilities;
        TermFrequency = termFrequency;
        StrangerNames = strangerNames;
    }

    /// <summary>Share of each <see cref="Relation"/> among all pairs of records; sums to 1.</summary>
    public IReadOnlyList<double> Priors { get; }

    /// <summary>How likely a level of a field is in a relation, given that neither record is silent.</summary>
    public double Probability(Field field, Relation relation, int level) => probabilities[(int)field][(int)relation, level];

    /// <summary>For given name and surname, the mean log share of the rarer name where two strangers' names agree at a level: what a value's own frequency is measured against.</summary>
    internal double[,] TermFrequency { get; }

    /// <summary>
    /// How likely levels of given name and surname are together between strangers: names go together by origin, so two Mohammed Khans
    /// are far less of a coincidence than the product says.
    /// </summary>
    internal double[,] StrangerNames { get; }

    internal LinkageModel Copy() =>
        new([.. Priors], [.. probabilities.Select(p => (double[,])p.Clone())], (double[,])TermFrequency.Clone(), (double[,])StrangerNames.Clone());

    internal LinkageModel WithPriors(IReadOnlyList<double> priors) => new([.. priors], probabilities, TermFrequency, StrangerNames);

    internal double[,] Table(Field field) => probabilities[(int)field];
}
