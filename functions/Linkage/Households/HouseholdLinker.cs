namespace TfFlow.Linkage;

/// <summary>What a record says of who it is about. Personal data.</summary>
/// <param name="Born">Null when it is not known.</param>
/// <param name="Sex">As a dataset specification normalises it; null when it is not known.</param>
public sealed record PersonIdentity(string Surname, string Forenames, DateOnly? Born, string? Sex);

/// <summary>Two records of a household that may be of one person.</summary>
/// <param name="One">Place of the first in the list that was linked.</param>
/// <param name="Other">Place of the second.</param>
/// <param name="Probability">That they are of one person, from 0 to 1.</param>
public readonly record struct LinkDoubt(int One, int Other, double Probability);

/// <summary>Who is who among the records of one household.</summary>
/// <param name="Persons">For each record, the place of the first record of its person.</param>
/// <param name="Doubts">Pairs of different persons here that may be one.</param>
public sealed record HouseholdLinks(IReadOnlyList<int> Persons, IReadOnlyList<LinkDoubt> Doubts)
{
    /// <summary>As <see cref="Persons"/>, if every doubt were resolved as one person.</summary>
    public IReadOnlyList<int> Joined()
    {
        int[] joined = [.. Persons];
        foreach (var doubt in Doubts)
        {
            var (from, to) = (Math.Max(joined[doubt.One], joined[doubt.Other]), Math.Min(joined[doubt.One], joined[doubt.Other]));
            for (var i = 0; i < joined.Length; i++)
            {
                joined[i] = joined[i] == from ? to : joined[i];
            }
        }

        return joined;
    }
}

/// <summary>Finds which records of one household are of one person.</summary>
/// <remarks>Two records at one address are of one person or of two who live together: strangers and movers are out of the question, and the address says nothing.
/// So a pair is weighed between those two relations of the model alone, by what is a person's own: names, birth, sex. Nothing is learned: a household is too few.</remarks>
public static class HouseholdLinker
{
    /// <summary>At least so likely, two records are taken for one person.</summary>
    public const double Sure = 0.95;

    /// <summary>At least so likely, somebody must look, where it decides.</summary>
    public const double Possible = 0.3;

    /// <summary>Of two records at one address picked at random, how often they are of one person; ours, for a household of three or four.</summary>
    private const double Prior = 0.3;

    private const int Stride = Slot.Sex + 1;

    private static readonly LinkageModel Model = DefaultModel.Create(1, 0.4);
    private static readonly Field[] Own = [Field.GivenName, Field.Surname, Field.MiddleName, Field.BirthDate, Field.Sex];

    /// <summary>Says which of a household's identities are one person, and which may be.</summary>
    public static HouseholdLinks Link(IReadOnlyList<PersonIdentity> records)
    {
        var (vocabulary, n) = (new Vocabulary(), records.Count);
        var cells = records.Select(record => Cells(record, new NameSplitter(vocabulary.Names, surname: _ => false), vocabulary)).ToArray();
        if (records.Max(record => record.Born) is { } youngest)
        {
            // Twins live together while they are children: a shared birthday says less of them.
            vocabulary.ChildrenFrom = BirthDate.Pack(youngest.Year - 17, 1, 1);
        }

        var comparer = new PairComparer(vocabulary, Stride);
        var probabilities = new double[n, n];
        var pairs = new List<LinkDoubt>();
        for (var one = 0; one < n; one++)
        {
            for (var other = one + 1; other < n; other++)
            {
                probabilities[one, other] = probabilities[other, one] = Probability(comparer.Compare(cells[one], cells[other]));
                if (probabilities[one, other] >= Possible)
                {
                    pairs.Add(new(one, other, probabilities[one, other]));
                }
            }
        }

        // The surest first; a pair that would put together two records that cannot be of one person stays a doubt.
        int[] persons = [.. Enumerable.Range(0, n)];
        foreach (var pair in pairs.Where(pair => pair.Probability >= Sure).OrderByDescending(pair => pair.Probability).ThenBy(pair => pair.One).ThenBy(pair => pair.Other))
        {
            var (to, from) = (Math.Min(persons[pair.One], persons[pair.Other]), Math.Max(persons[pair.One], persons[pair.Other]));
            if (to != from && Members(to).All(a => Members(from).All(b => probabilities[a, b] >= Possible)))
            {
                foreach (var member in Members(from).ToList())
                {
                    persons[member] = to;
                }
            }
        }

        return new(persons, [.. pairs.Where(pair => persons[pair.One] != persons[pair.Other])]);

        IEnumerable<int> Members(int person) => Enumerable.Range(0, n).Where(i => persons[i] == person);
    }

    private static int[] Cells(PersonIdentity record, NameSplitter splitter, Vocabulary vocabulary)
    {
        var cells = new int[Stride];
        (cells[Slot.Given], cells[Slot.Middle], _) = splitter.Given(record.Forenames);
        cells[Slot.Surname] = record.Surname.Length == 0 ? 0 : vocabulary.Names.AddSurname(record.Surname);
        cells[Slot.Birth] = record.Born is { } born ? unchecked((int)BirthDate.Pack(born.Year, born.Month, born.Day)) : 0;
        cells[Slot.Sex] = record.Sex switch { "1" => 1, "2" => 2, _ => 0 };
        return cells;
    }

    private static double Probability(ulong levels)
    {
        var odds = Math.Log(Prior / (1 - Prior));
        foreach (var field in Own)
        {
            var level = Levels.Of(levels, field);
            var (same, mates) = (Model.Table(field)[(int)Relation.SameStaying, level], Model.Table(field)[(int)Relation.MatesTogether, level]);
            odds += same > 0 && mates > 0 ? Math.Log(same / mates) : 0;
        }

        return 1 / (1 + Math.Exp(-odds));
    }
}
