using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TfFlow.Linkage;

/// <summary>A model laid out for speed: for each level of each field one vector, a lane a relation.</summary>
internal sealed class ScoreTable
{
    private const int Lanes = 8;
    private readonly float[] names;
    private readonly float[] logs;
    private readonly int[] offsets = new int[Levels.FieldCount];
    private readonly float[] most = new float[Levels.FieldCount];

    public ScoreTable(LinkageModel model, TermFrequency termFrequency, bool homes = true, bool named = true)
    {
        Homes = homes;
        Named = named;
        TermFrequency = termFrequency;
        Model = model;
        var total = 0;
        for (var field = 0; field < Levels.FieldCount; field++)
        {
            offsets[field] = total;
            total += 1 << Levels.Bits[field];
        }

        logs = new float[total * Lanes];
        for (var field = 0; field < Levels.FieldCount; field++)
        {
            for (var level = 1; level < 1 << Levels.Bits[field]; level++)
            {
                for (var relation = 0; relation < Relations.Count; relation++)
                {
                    var probability = model.Table((Field)field)[relation, level];
                    logs[((offsets[field] + level) * Lanes) + relation] = probability <= 0 ? -30 : (float)Math.Max(-30, Math.Log(probability));
                }
            }
        }

        names = new float[256 * Lanes];
        for (var given = 1; given < 16; given++)
        {
            for (var surname = 1; surname < 16; surname++)
            {
                for (var relation = 0; relation < Relations.Count; relation++)
                {
                    names[((given << 4 | surname) * Lanes) + relation] = relation == (int)Relation.Strangers
                        ? (float)Math.Max(-30, Math.Log(model.StrangerNames[given, surname]))
                        : this[(int)Field.GivenName, given][relation] + this[(int)Field.Surname, surname][relation];
                }
            }
        }

        Span<float> priors = stackalloc float[Lanes];
        priors.Fill(-1000);
        for (var relation = 0; relation < Relations.Count; relation++)
        {
            priors[relation] = (float)Math.Log(model.Priors[relation]);
        }

        Priors = Vector256.Create<float>(priors);
        for (var field = 0; field < most.Length; field++)
        {
            most[field] = MostFor((Field)field, 0, 2);
            most[field] = Math.Max(most[field], MostFor((Field)field, 1, 3));
        }

        MostTogether = MostFor(Field.Place, 0, 2);
        MostApart = MostFor(Field.Place, 1, 3);
        const int Same = (int)NameAgreement.Same;
        GivenSame = (float)Math.Log(model.Table(Field.GivenName)[4, Same]);
        SurnameSame = (float)Math.Log(model.Table(Field.Surname)[4, Same]);
        BothSame = (float)Math.Log(Math.Max(1e-12, model.StrangerNames[Same, Same]));
        NameLift = Math.Clamp(model.StrangerNames[Same, Same] / Math.Max(1e-12, model.Table(Field.GivenName)[4, Same] * model.Table(Field.Surname)[4, Same]), 1, 20);
        BirthSame = (float)Math.Log(Math.Max(1e-12, model.Table(Field.BirthDate)[4, (int)BirthDateAgreement.Same]));
        BirthSameOfChild = (float)Math.Log(Math.Max(1e-12, model.Table(Field.BirthDate)[4, (int)BirthDateAgreement.SameOfChild]));
    }

    /// <summary>The most that the place can say for one person staying against mates together, as a log ratio.</summary>
    public float MostTogether { get; }

    /// <summary>The same for one person who moved against mates apart.</summary>
    public float MostApart { get; }

    /// <summary>The most that a phone, email or number can say for one person against two of a household. A second phone is read with the first.</summary>
    public float MostOfSlot(int slot) => slot switch
    {
        Slot.Phone or Slot.OtherPhone => most[(int)Field.Phone],
        Slot.Email => most[(int)Field.Email],
        >= Slot.Nhs => most[(int)Field.NhsNumber + slot - Slot.Nhs],
        _ => 0,
    };

    private float MostFor(Field field, int same, int mates)
    {
        var highest = 0f;
        for (var level = 1; level < 1 << Levels.Bits[(int)field]; level++)
        {
            var lanes = this[(int)field, level];
            highest = Math.Max(highest, lanes[same] - lanes[mates]);
        }

        return highest;
    }

    /// <summary>Log share of strangers who bear the same given name.</summary>
    public float GivenSame { get; }

    /// <summary>The same of the surname.</summary>
    public float SurnameSame { get; }

    /// <summary>Log share of strangers who bear the same two names.</summary>
    public float BothSame { get; }

    /// <summary>How many times likelier than chance two strangers share both names.</summary>
    public double NameLift { get; }

    /// <summary>Log share of strangers born on one day.</summary>
    public float BirthSame { get; }

    /// <summary>The same for children.</summary>
    public float BirthSameOfChild { get; }

    public LinkageModel Model { get; }

    /// <summary>Whether people of the files may share homes.</summary>
    public bool Homes { get; }

    /// <summary>Whether the files hold given names.</summary>
    public bool Named { get; }

    public TermFrequency TermFrequency { get; }

    public Vector256<float> Priors { get; }

    /// <summary>Given name and surname together.</summary>
    public Vector256<float> Names(int given, int surname) => given == 0 || surname == 0
        ? this[(int)Field.GivenName, given] + this[(int)Field.Surname, surname]
        : Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(names), (nuint)((given << 4 | surname) * Lanes));

    public Vector256<float> this[int field, int level] =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(logs), (nuint)((offsets[field] + level) * Lanes));
}

/// <summary>Scores pairs by a table. Not for use by two threads at once.</summary>
internal sealed class Scorer(ScoreTable table, Vocabulary vocabulary, int stride)
{
    /// <summary>A name's frequency moves a score by this much at most (natural log): beyond it, data are too thin to say.</summary>
    private const float TermFrequencyLimit = 5;

    /// <summary>Log-odds of a pair that is no more than a doubt, at most: two to three.</summary>
    private const float Doubt = -0.4f;

    /// <summary>Log-odds of a pair of which nothing is known that is a person's own, at most: one in fifty.</summary>
    private const float Nobody = -4;

    private static readonly Vector256<float> StrangersLane = Vector256.Create(0f, 0, 0, 0, 1, 0, 0, 0);
    private static readonly Vector256<float> OthersLanes = Vector256.Create(0f, 0, 1, 1, 1, 0, 0, 0);
    private readonly PairComparer comparer = new(vocabulary, stride);

    /// <summary>Natural log of the odds that the pair is one person.</summary>
    public float LogOdds(ReadOnlySpan<int> a, ReadOnlySpan<int> b, HouseholdAgreement household) =>
        LogOdds(a, b, comparer.Compare(a, b), household, out _);

    /// <summary>The same, where how the two compare is known.</summary>
    /// <param name="a">One record.</param>
    /// <param name="b">The other.</param>
    /// <param name="levels">How the two compare.</param>
    /// <param name="household">Whether the others of the two households are linked.</param>
    /// <param name="unrelated">See <see cref="Edge.Unrelated"/>.</param>
    public float LogOdds(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ulong levels, HouseholdAgreement household, out float unrelated)
    {
        var lanes = Lanes(a, b, levels | Levels.Pack(Field.Household, (int)household));
        return Told(a, b, levels, Odds(lanes), lanes, out unrelated);
    }

    /// <summary>The same, the rest of the household unknown; or less than <paramref name="floor"/>, as soon as that is certain.</summary>
    /// <param name="a">One record.</param>
    /// <param name="b">The other.</param>
    /// <param name="floor">Least odds of interest.</param>
    /// <param name="levels">How the two compare, as far as was asked.</param>
    /// <param name="unrelated">See <see cref="Edge.Unrelated"/>.</param>
    public float LogOdds(ReadOnlySpan<int> a, ReadOnlySpan<int> b, float floor, out ulong levels, out float unrelated)
    {
        unrelated = 1;
        var person = levels = comparer.Person(a, b);
        var lanes = Add(table.Priors + table.Names((int)(person & 15), (int)((person >> 4) & 15)), person, 2) + TermFrequencies(a, b, person);

        // The odds are at most the better of one person against two of a household, at one place or at two: whatever the place, both say it alike.
        var most = Math.Max(lanes[0] - lanes[2] + table.MostTogether, lanes[1] - lanes[3] + table.MostApart);
        if (most + MostOfCodes(a, b) < floor)
        {
            return float.NegativeInfinity;
        }

        var rest = comparer.Rest(a, b, person);
        levels |= rest;
        lanes = Add(lanes, rest, 0);
        var odds = Odds(lanes);
        return odds > floor ? Told(a, b, levels, odds, lanes, out unrelated) : odds;
    }

    /// <summary>
    /// How much a pair speaks for one person against two of a family, the log of a ratio of likelihoods. Of records that share little to compare it says nothing, where
    /// <see cref="LogOdds(ReadOnlySpan{int}, ReadOnlySpan{int}, HouseholdAgreement)"/> says what is said of any two strangers.
    /// </summary>
    public float Contrast(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var lanes = Lanes(a, b, comparer.Compare(a, b)) - table.Priors;
        return Math.Max(lanes[0], lanes[1]) - Math.Max(lanes[2], lanes[3]);
    }

    /// <summary>Log-likelihood and prior of each relation.</summary>
    public Vector256<float> Lanes(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ulong levels) =>
        Add(table.Priors + table.Names((int)(levels & 15), (int)((levels >> 4) & 15)), levels, 2) + TermFrequencies(a, b, levels);

    private Vector256<float> Add(Vector256<float> lanes, ulong levels, int from)
    {
        var rest = levels >> Levels.Shifts[from];
        for (var field = from; rest != 0; field++)
        {
            var bits = Levels.Bits[field];
            var level = (int)(rest & ((1UL << bits) - 1));
            rest >>= bits;
            if (level != 0)
            {
                lanes += table[field, level];
            }
        }

        return lanes;
    }

    /// <summary>The most that contacts and numbers both records hold can say for one person.</summary>
    private float MostOfCodes(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var most = 0f;
        for (var slot = (int)Slot.Phone; slot < stride; slot++)
        {
            most += a[slot] == 0 || b[slot] == 0 ? 0 : table.MostOfSlot(slot);
        }

        return most;
    }

    public static float Odds(Vector256<float> lanes)
    {
        var same = Math.Max(lanes[0], lanes[1]);
        var other = Math.Max(Math.Max(lanes[2], lanes[3]), lanes[4]);
        if (same < other - 20)
        {
            return same - other;
        }

        var top = MathF.Exp(lanes[0] - same) + MathF.Exp(lanes[1] - same);
        var bottom = MathF.Exp(lanes[2] - other) + MathF.Exp(lanes[3] - other) + MathF.Exp(lanes[4] - other);
        return same - other + MathF.Log(top / bottom);
    }

    /// <summary>For a pair of one family that is told apart, it says nothing that both ends have no partner.</summary>
    private float Told(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ulong levels, float odds, Vector256<float> lanes, out float unrelated)
    {
        unrelated = 1;
        if ((levels & 0xF) == 0 && Levels.Nameless(levels))
        {
            unrelated = 0;
            return Math.Min(odds, Nobody);
        }

        if (Levels.MeetNowhere(levels) && Levels.BornApart(levels))
        {
            // A name is all they share.
            unrelated = 0;
            return Math.Min(odds, Doubt);
        }

        if (Levels.LiveApart(levels) && ((table.Homes && Levels.BornApart(levels)) || (table.Named && a[Slot.Given] == 0 && b[Slot.Given] == 0)))
        {
            unrelated = 0;
            return Math.Min(odds, Doubt);
        }

        if (Siblings(a, b, levels))
        {
            unrelated = 0;
            return Math.Min(odds, Doubt);
        }

        if (!Levels.ToldApart(levels))
        {
            return odds;
        }

        if (!table.Homes)
        {
            var home = OfOneHome(a, b, levels);
            unrelated = home ? 0 : 1;
            return home ? Math.Min(odds, Doubt) : odds;
        }

        unrelated = Unrelated(lanes);
        return unrelated < 1 && Levels.Doubtful(levels, vocabulary.Names.Distinct(a[Slot.Given], b[Slot.Given])) ? Math.Min(odds, Doubt) : odds;
    }

    /// <summary>
    /// Whether two are plainly two although hardly anybody on the files shares a home: a child and somebody a generation older, or children of one address under two names that people bear.
    /// There a name that nobody else bears is oftener a misspelt one than a twin's, and a wrong date of an adult commoner than a parent of the same name.
    /// </summary>
    private bool OfOneHome(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ulong levels) =>
        Math.Max(unchecked((uint)a[Slot.Birth]), unchecked((uint)b[Slot.Birth])) >= vocabulary.ChildrenFrom
        && (Levels.Of(levels, Field.BirthDate) == (int)BirthDateAgreement.GenerationApart
            || (Levels.Of(levels, Field.BirthDate) == (int)BirthDateAgreement.SameOfChild && Levels.Dwelling(Levels.Of(levels, Field.Place)) is DwellingAgreement.Same or DwellingAgreement.NearlySame && vocabulary.Names.Distinct(a[Slot.Given], b[Slot.Given])));

    /// <summary>Whether two are no more alike than siblings: born on one day under short forms of a third name, or of one home, one of them without a name, and born on another day.</summary>
    private bool Siblings(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ulong levels) =>
        ((NameAgreement)Levels.Of(levels, Field.GivenName), (BirthDateAgreement)Levels.Of(levels, Field.BirthDate)) switch
        {
            (NameAgreement.Missing, BirthDateAgreement.Differ) => Levels.Dwelling(Levels.Of(levels, Field.Place)) is DwellingAgreement.Same or DwellingAgreement.NearlySame
                && !Levels.NumberSame(levels),
            (NameAgreement.ShortForm, BirthDateAgreement.SameOfChild) => Levels.Of(levels, Field.MiddleName) != (int)NameAgreement.Same
                && vocabulary.Names.OfSiblings(a[Slot.Given], b[Slot.Given]) && !Levels.NumberSame(levels),
            _ => false,
        };

    private static float Unrelated(Vector256<float> lanes)
    {
        var most = Math.Max(Math.Max(lanes[2], lanes[3]), lanes[4]);
        var (family, strangers) = (MathF.Exp(lanes[2] - most) + MathF.Exp(lanes[3] - most), MathF.Exp(lanes[4] - most));
        return strangers / (family + strangers);
    }

    private Vector256<float> TermFrequencies(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ulong levels)
    {
        var strangers = 0f;
        var others = 0f;
        var given = Levels.Of(levels, Field.GivenName);
        var surname = Levels.Of(levels, Field.Surname);
        if (given == (int)NameAgreement.Same && surname == (int)NameAgreement.Same)
        {
            strangers += Math.Clamp(table.TermFrequency.Both(a[Slot.Given], a[Slot.Surname], a[Slot.Both], table.NameLift) - table.BothSame, -2 * TermFrequencyLimit, TermFrequencyLimit);
        }
        else
        {
            Singly(a, b, given, surname, ref strangers, ref others);
        }

        var birth = (BirthDateAgreement)Levels.Of(levels, Field.BirthDate);
        if (birth is BirthDateAgreement.Same or BirthDateAgreement.SameOfChild)
        {
            strangers += Limit(table.TermFrequency.Birth(a[Slot.Birth], a[Slot.Given]) - (birth == BirthDateAgreement.Same ? table.BirthSame : table.BirthSameOfChild));
        }

        return (StrangersLane * strangers) + (OthersLanes * others);
    }

    private void Singly(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int given, int surname, ref float strangers, ref float others)
    {
        if (given is >= (int)NameAgreement.Same and <= (int)NameAgreement.Near)
        {
            Add(0, given, table.TermFrequency.Given(a[Slot.Given], b[Slot.Given]), ref strangers, ref others);
        }

        if (surname is >= (int)NameAgreement.Same and <= (int)NameAgreement.Near)
        {
            Add(1, surname, table.TermFrequency.Surname(a[Slot.Surname], b[Slot.Surname]), ref strangers, ref others);
        }
    }

    private void Add(int name, int level, float log, ref float strangers, ref float others)
    {
        if (level == (int)NameAgreement.Same)
        {
            strangers += Limit(log - (name == 0 ? table.GivenSame : table.SurnameSame));
            return;
        }

        var adjustment = Limit(log - (float)table.Model.TermFrequency[name, level]);
        if (name == 0)
        {
            // Two given names that merely resemble each other are as telling between brothers as between strangers.
            others += adjustment;
        }
        else
        {
            strangers += adjustment;
        }
    }

    private static float Limit(float value) => Math.Clamp(value, -TermFrequencyLimit, TermFrequencyLimit);
}
