namespace TfFlow.Linkage;

/// <summary>What is known of a pair before learning from it.</summary>
internal enum Known
{
    Nothing,
    Same,
    NotSame,
    Strangers,
}

/// <summary>Pairs that compare alike: their levels, how many pairs of the whole they stand for, and what is known of them.</summary>
internal readonly record struct Pattern(ulong Levels, double Weight, Known Known);

/// <summary>
/// Learns a <see cref="LinkageModel"/> without labels. The data are all pairs of the two files in two strata, those some blocking pass finds and a random
/// sample of the rest, weighted to the whole; the rest are taken to be strangers. So nothing is biased by blocking, and the number of matches comes out as a count.
/// </summary>
/// <remarks>Dempster, Laird and Rubin 1977; with Dirichlet priors at the default model, so the penalised likelihood never falls.</remarks>
/// <param name="start">Defaults, whose level probabilities are the priors.</param>
/// <param name="from">Where to start from.</param>
internal sealed class ExpectationMaximisation(LinkageModel start, LinkageModel from)
{
    /// <summary>How many matched pairs a default weighs.</summary>
    private const double Strength = 60;

    /// <summary>Of one person's pairs of records, the least share whose given names are the same.</summary>
    private const double LeastSameName = 0.5;

    /// <summary>The same of surnames, which change and are filed in more ways than one.</summary>
    private const double LeastSameSurname = 0.2;

    /// <summary>Share of all pairs that the expectation of independent names weighs, against what is seen of names together.</summary>
    private const double NamesStrength = 2e-5;

    /// <summary>Pairs of strangers that are taken to be there besides, different in everything: the pairs of a few records are no sample of strangers.</summary>
    private const double StrangersAtLeast = 50;

    /// <summary>The same of names together.</summary>
    private const double StrangerNamesAtLeast = 1000;

    /// <summary>Patterns worked at one time; sums are made in this order whatever the number of threads.</summary>
    private const int Chunk = 2048;

    private readonly LinkageModel model = from.Copy();
    private readonly double[,] independent = new double[16, 16];
    private readonly ExpectedCounts expected = new();
    private double pairs;

    /// <summary>The penalised log-likelihood before each round.</summary>
    public List<double> Likelihoods { get; } = [];

    /// <summary>Runs until a round gains less than one part in ten million, or <paramref name="rounds"/> are done.</summary>
    public LinkageModel Run(IReadOnlyList<Pattern> patterns, ParallelOptions? parallel = null, int rounds = 60)
    {
        Independent(patterns);
        if (pairs <= 0)
        {
            // Of no pair nothing is learned.
            return model;
        }

        var last = double.NegativeInfinity;
        var places = new ushort[patterns.Count * Levels.FieldCount];
        for (var i = 0; i < patterns.Count; i++)
        {
            ExpectedCounts.Places(patterns[i].Levels, places.AsSpan(i * Levels.FieldCount, Levels.FieldCount));
        }

        var parts = new ExpectedCounts[(patterns.Count + Chunk - 1) / Chunk];
        for (var round = 0; round < rounds; round++)
        {
            var logs = expected.Logs(model);
            Parallel.For(0, parts.Length, parallel ?? new(), part =>
            {
                var its = parts[part] ??= new();
                its.Clear();
                for (var i = part * Chunk; i < Math.Min(patterns.Count, (part + 1) * Chunk); i++)
                {
                    its.Add(patterns[i], places.AsSpan(i * Levels.FieldCount, Levels.FieldCount), logs);
                }
            });
            expected.Clear();
            foreach (var part in parts)
            {
                expected.Add(part);
            }

            var likelihood = Penalty() + expected.Likelihood;
            Likelihoods.Add(likelihood);
            if (Plausible(expected.Counts()[(int)Field.Surname]) is < 1 and var plausible)
            {
                expected.Keep(plausible);
            }

            Maximise(expected.Counts(), expected.Priors());
            MaximiseNames(expected.Names());
            if (likelihood - last < 1e-7 * Math.Abs(likelihood) && round > 4)
            {
                break;
            }

            last = likelihood;
        }

        Apart();
        return model;
    }

    private void Maximise(double[][,] counts, double[] priors)
    {
        var all = 0.0;
        for (var relation = 0; relation < Relations.Count; relation++)
        {
            priors[relation] += relation == (int)Relation.MatesApart ? 0 : 1;
            all += priors[relation];
        }

        // One person's records mostly bear one name. A class of matches that does not is one of twins and namesakes: it is no larger than the names allow.
        var (same, named) = OfOneName(counts[(int)Field.GivenName]);
        var share = named == 0 ? 1 : Math.Min(1, (same + 0.01) / (LeastSameName * named));
        for (var relation = 0; relation < (int)Relation.MatesTogether; relation++)
        {
            priors[(int)Relation.MatesTogether] += priors[relation] * (1 - share);
            priors[relation] *= share;
        }

        for (var relation = 0; relation < Relations.Count; relation++)
        {
            ((double[])model.Priors)[relation] = priors[relation] / all;
        }

        for (var field = Field.GivenName; field <= Field.Household; field++)
        {
            var groups = Relations.Groups(field);
            for (var relation = 0; relation < Relations.Count && !Fixed(field, relation); relation++)
            {
                foreach (var (from, to) in Blocks(field))
                {
                    Maximise(field, counts[(int)field], groups, relation, from, to);
                }
            }
        }
    }

    /// <summary>The share of the matches that surnames allow: in a file whose people are all alike, strangers are what most of them are.</summary>
    private static double Plausible(double[,] surnames) => OfOneName(surnames) is var (same, named) && named == 0 ? 1 : Math.Min(1, (same + 1) / (LeastSameSurname * named));

    /// <summary>Matches whose names are the same, and those that have both.</summary>
    private static (double Same, double Named) OfOneName(double[,] counts)
    {
        var named = 0.0;
        for (var level = 1; level < counts.GetLength(1); level++)
        {
            named += counts[0, level] + counts[1, level];
        }

        return (counts[0, (int)NameAgreement.Same] + counts[1, (int)NameAgreement.Same], named);
    }

    private void Maximise(Field field, double[,] counts, ReadOnlySpan<byte> groups, int relation, int from, int to)
    {
        Span<double> level = stackalloc double[to];
        var sum = 0.0;
        for (var i = from; i < to; i++)
        {
            level[i] = Prior(field, relation, i);
            for (var other = 0; other < Relations.Count; other++)
            {
                level[i] += groups[other] == groups[relation] ? counts[other, i] : 0;
            }

            sum += level[i];
        }

        for (var i = from; i < to; i++)
        {
            level[i] = sum == 0 ? 0 : level[i] / sum;
        }

        Bounds.Apply(field, (Relation)relation, level);

        for (var i = from; i < to; i++)
        {
            model.Table(field)[relation, i] = level[i];
        }
    }

    /// <summary>Pseudo-counts; strangers, who are counted in millions, keep a few pairs' worth.</summary>
    private double Prior(Field field, int relation, int level) =>
        start.Table(field)[relation, level] is var its && relation == (int)Relation.Strangers ? its == 0 ? 0 : 0.1 + (Different(field, level) ? StrangersAtLeast : 0) : its * Strength;

    private double NamesPrior(int given, int surname) => independent[given, surname] * ((pairs * NamesStrength) + StrangerNamesAtLeast);

    /// <summary>The level of a field at which most strangers are.</summary>
    private static bool Different(Field field, int level) => field switch
    {
        Field.GivenName or Field.Surname => level == (int)NameAgreement.Differ,
        Field.MiddleName => level == (int)PairComparer.MiddleDiffer,
        Field.BirthDate => level is (int)BirthDateAgreement.Differ or (int)BirthDateAgreement.GenerationApart,
        Field.Sex or Field.Household => false,
        Field.Place => Levels.Dwelling(level) is DwellingAgreement.Unknown or DwellingAgreement.Differ && Levels.Area(level) is AreaAgreement.Unknown or AreaAgreement.Differ && level != 0,
        Field.Email => level is (int)EmailAgreement.Differ or (int)EmailAgreement.DifferWithNames,
        _ => level == (int)CodeAgreement.Differ,
    };

    /// <summary>What names would be together between strangers if they were independent, from the random pairs; where the joint levels start.</summary>
    private void Independent(IReadOnlyList<Pattern> patterns)
    {
        var (given, surname) = (new double[16], new double[16]);
        foreach (var pattern in patterns)
        {
            pairs += pattern.Weight;
            if (pattern.Known == Known.Strangers)
            {
                given[Levels.Of(pattern.Levels, Field.GivenName)] += pattern.Weight;
                surname[Levels.Of(pattern.Levels, Field.Surname)] += pattern.Weight;
            }
        }

        given[(int)NameAgreement.Differ] += StrangersAtLeast;
        surname[(int)NameAgreement.Differ] += StrangersAtLeast;
        for (var level = 1; level < 16; level++)
        {
            given[level] += 0.1;
            surname[level] += 0.1;
        }

        var (allGiven, allSurname) = (Math.Max(1, given[1..].Sum()), Math.Max(1, surname[1..].Sum()));
        for (var g = 1; g < 16; g++)
        {
            for (var s = 1; s < 16; s++)
            {
                var used = start.Table(Field.GivenName)[0, g] > 0 && start.Table(Field.Surname)[0, s] > 0;
                independent[g, s] = used ? Math.Max(1e-9, given[g] / allGiven * (surname[s] / allSurname)) : 0;
            }
        }

        // Start from pairs that live apart and were born apart: hardly one person, hardly of one household.
        var names = new double[16, 16];
        foreach (var pattern in patterns)
        {
            if ((BirthDateAgreement)Levels.Of(pattern.Levels, Field.BirthDate) is BirthDateAgreement.Differ or BirthDateAgreement.GenerationApart
                && Levels.Dwelling(Levels.Of(pattern.Levels, Field.Place)) is DwellingAgreement.Unknown or DwellingAgreement.Differ or DwellingAgreement.SameNumber)
            {
                names[Levels.Of(pattern.Levels, Field.GivenName), Levels.Of(pattern.Levels, Field.Surname)] += pattern.Weight;
            }
        }

        if (ReferenceEquals(start, from))
        {
            MaximiseNames(names);
        }
    }

    private void MaximiseNames(double[,] names)
    {
        var sum = 0.0;
        for (var g = 1; g < 16; g++)
        {
            for (var s = 1; s < 16; s++)
            {
                names[g, s] += NamesPrior(g, s);
                sum += names[g, s];
            }
        }

        for (var g = 1; g < 16; g++)
        {
            for (var s = 1; s < 16; s++)
            {
                model.StrangerNames[g, s] = names[g, s] / sum;
            }
        }
    }

    /// <summary>
    /// Of a family some of whom moved, the others' pairs agree on little but the surname, and blocking does not look for them: they cannot be counted.
    /// Their number follows from how many mates there are and how many people moved; their names and births are those of mates.
    /// </summary>
    private void Apart()
    {
        var priors = (double[])model.Priors;
        var moved = priors[1] / (priors[0] + priors[1]);
        priors[3] = priors[2] * Math.Clamp(1.5 * moved, 0.02, 0.5);
        priors[3] = Math.Min(priors[3], priors[4] / 2);
        priors[4] = 1 - priors[0] - priors[1] - priors[2] - priors[3];
        var surname = model.Table(Field.Surname);
        for (var level = 0; level < 16; level++)
        {
            surname[3, level] = surname[2, level];
        }
    }

    /// <summary>The rest of the household between strangers or a scattered family cannot be learned: blocking looks at too few of either.</summary>
    private static bool Fixed(Field field, int relation) => field == Field.Household && relation >= (int)Relation.MatesApart;

    private double Penalty()
    {
        var penalty = 0.0;
        for (var g = 1; g < 16; g++)
        {
            for (var s = 1; s < 16; s++)
            {
                penalty += independent[g, s] == 0 ? 0 : NamesPrior(g, s) * Math.Log(model.StrangerNames[g, s]);
            }
        }

        for (var relation = 0; relation < Relations.Count; relation++)
        {
            penalty += relation == (int)Relation.MatesApart ? 0 : Math.Log(model.Priors[relation]);
        }

        for (var field = Field.GivenName; field <= Field.Household; field++)
        {
            var groups = Relations.Groups(field);
            for (var relation = 0; relation < Relations.Count && !Fixed(field, relation); relation++)
            {
                if (groups[..relation].Contains(groups[relation]))
                {
                    continue;
                }

                for (var level = 1; level < 1 << Levels.Bits[(int)field]; level++)
                {
                    var prior = Prior(field, relation, level);
                    penalty += prior == 0 ? 0 : prior * Math.Log(model.Table(field)[relation, level]);
                }
            }
        }

        return penalty;
    }

    /// <summary>Levels that share one distribution: sex and email have one where the names agree and one where they do not.</summary>
    private static IEnumerable<(int From, int To)> Blocks(Field field) => field switch
    {
        Field.Sex => [(1, 3), (3, 5)],
        Field.Email => [(1, 4), (4, 7)],
        _ => [(1, 1 << Levels.Bits[(int)field])],
    };
}
