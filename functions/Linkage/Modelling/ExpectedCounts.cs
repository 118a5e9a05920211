namespace TfFlow.Linkage;

/// <summary>One round's expectations: how much of the pairs belongs to each relation, by level of each field. Laid flat, five relations a level.</summary>
internal sealed class ExpectedCounts
{
    private const int Relations = Linkage.Relations.Count;

    /// <summary>Given name and surname together, for strangers, come after the fields.</summary>
    private const int NamesAt = 208;

    private const int Size = NamesAt + 256;

    private static readonly int[] Offsets = Offset();

    private readonly double[] counts = new double[Size * Relations];
    private readonly double[] priors = new double[Relations];

    /// <summary>Log-likelihood of the pairs added.</summary>
    public double Likelihood { get; private set; }

    /// <summary>Where a pattern's levels stand; fields that are silent point at place 0, where nothing is.</summary>
    public static void Places(ulong levels, Span<ushort> places)
    {
        for (var field = 0; field < Levels.FieldCount; field++)
        {
            var level = Levels.Of(levels, (Field)field);
            places[field] = (ushort)(level == 0 ? 0 : Offsets[field] + level);
        }
    }

    /// <summary>The logs of a model's probabilities, laid out as the counts are; the last five are the priors'.</summary>
    public double[] Logs(LinkageModel model)
    {
        var logs = new double[counts.Length + Relations];
        for (var field = 0; field < Levels.FieldCount; field++)
        {
            var table = model.Table((Field)field);
            for (var level = 1; level < 1 << Levels.Bits[field]; level++)
            {
                for (var relation = 0; relation < Relations; relation++)
                {
                    logs[((Offsets[field] + level) * Relations) + relation] = Math.Log(table[relation, level]);
                }
            }
        }

        for (var names = 0; names < 256; names++)
        {
            logs[((NamesAt + names) * Relations) + (int)Relation.Strangers] = Math.Log(model.StrangerNames[names >> 4, names & 15]);
        }

        for (var relation = 0; relation < Relations; relation++)
        {
            logs[counts.Length + relation] = Math.Log(model.Priors[relation]);
        }

        return logs;
    }

    public void Clear()
    {
        Array.Clear(counts);
        Array.Clear(priors);
        Likelihood = 0;
    }

    /// <summary>Shares a pattern's pairs among the relations and adds them.</summary>
    public void Add(Pattern pattern, ReadOnlySpan<ushort> places, ReadOnlySpan<double> logs)
    {
        const int Strangers = (int)Relation.Strangers;
        Span<double> share = stackalloc double[Relations];
        logs[^Relations..].CopyTo(share);
        var (given, surname) = (Levels.Of(pattern.Levels, Field.GivenName), Levels.Of(pattern.Levels, Field.Surname));
        var names = NamesAt + (given << 4 | surname);
        var together = given != 0 && surname != 0;
        for (var field = 0; field < places.Length; field++)
        {
            if (places[field] == 0)
            {
                continue;
            }

            var its = logs.Slice(places[field] * Relations, Relations);
            for (var relation = 0; relation < Strangers; relation++)
            {
                share[relation] += its[relation];
            }

            share[Strangers] += together && field == (int)Field.Surname ? 0
                : together && field == (int)Field.GivenName ? logs[(names * Relations) + Strangers] : its[Strangers];
        }

        var most = double.NegativeInfinity;
        for (var relation = 0; relation < Relations; relation++)
        {
            share[relation] = Possible((Relation)relation, pattern.Known) ? share[relation] : double.NegativeInfinity;
            most = Math.Max(most, share[relation]);
        }

        var sum = 0.0;
        for (var relation = 0; relation < Relations; relation++)
        {
            sum += share[relation] = Math.Exp(share[relation] - most);
        }

        Likelihood += pattern.Weight * (most + Math.Log(sum));
        for (var relation = 0; relation < Relations; relation++)
        {
            priors[relation] += share[relation] *= pattern.Weight / sum;
        }

        foreach (var place in places)
        {
            if (place != 0)
            {
                var its = counts.AsSpan(place * Relations, Relations);
                for (var relation = 0; relation < Relations; relation++)
                {
                    its[relation] += share[relation];
                }
            }
        }

        for (var relation = 0; relation < Relations; relation++)
        {
            counts[(names * Relations) + relation] += share[relation];
        }
    }

    /// <summary>Takes what is beyond a share of the pairs of one person to be pairs of strangers.</summary>
    public void Keep(double share)
    {
        for (var at = 0; at < counts.Length; at += Relations)
        {
            Keep(counts.AsSpan(at, Relations));
        }

        Keep(priors);
        void Keep(Span<double> its)
        {
            for (var relation = 0; relation < (int)Relation.MatesTogether; relation++)
            {
                its[^1] += its[relation] * (1 - share);
                its[relation] *= share;
            }
        }
    }

    public void Add(ExpectedCounts other)
    {
        Likelihood += other.Likelihood;
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += other.counts[i];
        }

        for (var relation = 0; relation < Relations; relation++)
        {
            priors[relation] += other.priors[relation];
        }
    }

    public double[] Priors() => [.. priors];

    /// <summary>By field, relation and level.</summary>
    public double[][,] Counts()
    {
        var tables = new double[Levels.FieldCount][,];
        for (var field = 0; field < tables.Length; field++)
        {
            tables[field] = new double[Relations, 1 << Levels.Bits[field]];
            for (var level = 1; level < 1 << Levels.Bits[field]; level++)
            {
                for (var relation = 0; relation < Relations; relation++)
                {
                    tables[field][relation, level] = counts[((Offsets[field] + level) * Relations) + relation];
                }
            }
        }

        return tables;
    }

    /// <summary>Strangers by the levels of given name and surname.</summary>
    public double[,] Names()
    {
        var names = new double[16, 16];
        for (var i = 0; i < 256; i++)
        {
            names[i >> 4, i & 15] = counts[((NamesAt + i) * Relations) + (int)Relation.Strangers];
        }

        return names;
    }

    private static bool Possible(Relation relation, Known known) => relation != Relation.MatesApart && known switch
    {
        Known.Same => Linkage.Relations.IsSame(relation),
        Known.NotSame => !Linkage.Relations.IsSame(relation),
        Known.Strangers => relation == Relation.Strangers,
        _ => true,
    };

    private static int[] Offset()
    {
        var offsets = new int[Levels.FieldCount];
        for (var field = 1; field < offsets.Length; field++)
        {
            offsets[field] = offsets[field - 1] + (1 << Levels.Bits[field - 1]);
        }

        return offsets;
    }
}
