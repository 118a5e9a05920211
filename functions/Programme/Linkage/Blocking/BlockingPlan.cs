namespace TfFlow.Programme.Linkage;

/// <summary>Which passes to run: of each family the broadest that stays within its share of pairs.</summary>
internal static class BlockingPlan
{
    /// <summary>Pairs a family may bring, per record of the larger file.</summary>
    private const double PairsPerRecord = 3;

    /// <summary>Pairs a family may bring however small the files.</summary>
    private const double PairsAtLeast = 1_000_000;

    /// <summary>Pairs a single block may bring.</summary>
    private const long PairsPerBlock = 40_000;

    /// <summary>The same where only what is rare is worth comparing: a name, with nothing else to go by.</summary>
    private const long PairsPerRareBlock = 60;

    private const KeyPart B = KeyPart.Birth, Y = KeyPart.BirthYear, D = KeyPart.BirthDayMonth, G = KeyPart.GivenSound, g = KeyPart.GivenInitial,
        S = KeyPart.SurnameSound, P = KeyPart.Postcode, N = KeyPart.HouseNumber, R = KeyPart.Street, T = KeyPart.Town;

    /// <summary>Families of passes, each from broad to narrow.</summary>
    private static readonly KeyPart[][] Families =
    [
        [KeyPart.NhsNumber], [KeyPart.Nino], [KeyPart.Upn], [KeyPart.OtherNumber],
        [KeyPart.Email], [KeyPart.Phone],
        [B, B | g, B | G],
        [P, P | g, P | G],
        [S, S | Y, S | g | Y, S | G | Y],
        [G | S, KeyPart.BothNames, KeyPart.BothNames | Y],
        [B | S],
        [B | KeyPart.BothInitials],
        [P | S],
        [P | Y],
        [N | R, N | R | g, N | R | G],
        [G | D, G | S | D],
    ];

    /// <summary>Pairs a family may bring per new record, where few records meet a large population.</summary>
    private const double PairsPerNewRecord = 400;

    public static List<BlockingPass> Choose(KeyMaker maker, Records left, Records right, ParallelOptions parallel)
    {
        var budget = Math.Min(Math.Max(PairsAtLeast, PairsPerRecord * Math.Max(left.Count, right.Count)), PairsPerNewRecord * Math.Min(left.Count, right.Count));
        var chosen = new KeyPart[Families.Length];
        Parallel.For(0, Families.Length, parallel, i =>
        {
            foreach (var parts in Families[i])
            {
                var pairs = Estimate(maker, left, right, parts);
                if (pairs == 0)
                {
                    break;
                }

                if (pairs <= budget || parts == Families[i][^1])
                {
                    chosen[i] = parts;
                    break;
                }
            }
        });
        var passes = new List<BlockingPass>();
        foreach (var parts in chosen)
        {
            // A pass within a broader one already chosen would bring nothing.
            if (parts != KeyPart.None && passes.Count < KeyTable.Width && !passes.Exists(p => (parts & p.Parts) == p.Parts))
            {
                passes.Add(new(parts, Refinement(parts), PairsPerBlock));
            }
        }

        if (passes.Count < KeyTable.Width && !passes.Exists(p => (KeyPart.BothNames & p.Parts) == p.Parts) && Estimate(maker, left, right, KeyPart.BothNames) > 0)
        {
            passes.Add(new(KeyPart.BothNames, T, PairsPerRareBlock));
        }

        return passes;
    }

    private static KeyPart Refinement(KeyPart parts) =>
        !parts.HasFlag(G) && !parts.HasFlag(KeyPart.BothNames) ? G : !parts.HasFlag(Y) && !parts.HasFlag(B) ? Y : P;

    /// <summary>Pairs that agree on all parts, from the keys that fall in a sample of keys.</summary>
    private static double Estimate(KeyMaker maker, Records left, Records right, KeyPart parts)
    {
        var mask = Math.Max(left.Count, right.Count) > 200_000 ? 63u : Math.Max(left.Count, right.Count) > 20_000 ? 7u : 0u;
        uint Sampled(Records records, int record) => maker.Key(records[record], parts) is var key && ((key >> 7) & mask) == 0 ? key : 0;
        var one = KeyIndex.Of(left.Count, i => Sampled(left, i));
        var other = ReferenceEquals(left, right) ? one : KeyIndex.Of(right.Count, i => Sampled(right, i));
        double pairs = 0;
        for (int i = 0, j = 0; i < one.Count && j < other.Count;)
        {
            if (one.Key(i) != other.Key(j))
            {
                (i, j) = one.Key(i) < other.Key(j) ? (i + 1, j) : (i, j + 1);
                continue;
            }

            var (endI, endJ) = (one.EndOfBlock(i), other.EndOfBlock(j));
            pairs += Math.Min(PairsPerBlock, ReferenceEquals(left, right) ? (endI - i) * (endI - i - 1.0) / 2 : (endI - i) * (double)(endJ - j));
            (i, j) = (endI, endJ);
        }

        return pairs * (mask + 1);
    }
}
