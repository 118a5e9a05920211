namespace TfFlow.Linkage;

/// <summary>Which passes to run: of each family the broadest that stays within its share of pairs.</summary>
internal static class BlockingPlan
{
    /// <summary>Pairs a family may bring however small the files.</summary>
    private const double PairsAtLeast = 1_000_000;

    /// <summary>Pairs a single block may bring.</summary>
    private const long PairsPerBlock = 40_000;

    private const KeyPart B = KeyPart.Birth, Y = KeyPart.BirthYear, D = KeyPart.BirthDayMonth, G = KeyPart.GivenSound, g = KeyPart.GivenInitial,
        S = KeyPart.SurnameSound, P = KeyPart.Postcode, N = KeyPart.HouseNumber, R = KeyPart.Street;

    /// <summary>
    /// Families of passes, each from broad to narrow, and the pairs a family may bring per record of the larger file: as many as its links are worth. Of the narrowest pass,
    /// where it brings more, only blocks small enough are compared, so that pairs a record do not grow with the files. What is worth 0 is for files small enough for all of it.
    /// </summary>
    private static readonly (double PairsPerRecord, KeyPart[] Passes)[] Families =
    [
        (3, [KeyPart.NhsNumber]), (3, [KeyPart.Nino]), (3, [KeyPart.Upn]), (3, [KeyPart.OtherNumber]),
        (3, [KeyPart.Email]), (3, [KeyPart.Phone]), (1, [KeyPart.Uprn, KeyPart.Uprn | g]),
        (3, [B, B | g, B | G]),
        (1, [P, P | g]),
        (0.2, [S, S | Y, S | g | Y]),
        (1, [KeyPart.BothNames]),
        (2, [B | S]),
        (1, [B | KeyPart.BothInitials]),
        (3, [P | S]),
        (3, [P | Y]),
        (0.75, [N | R, N | R | g]),
        (0.75, [G | D, G | S | D]),
        (0, [S | D]), (0, [R | S]), (0, [R | g]),
    ];

    /// <summary>Pairs a family may bring per new record, where few records meet a large population.</summary>
    private const double PairsPerNewRecord = 400;

    public static List<BlockingPass> Choose(KeyMaker maker, Records left, Records right, ParallelOptions parallel)
    {
        var chosen = new BlockingPass?[Families.Length];
        Parallel.For(0, Families.Length, parallel, i =>
        {
            var (share, passes) = Families[i];
            var budget = Math.Min(Math.Max(PairsAtLeast, share * Math.Max(left.Count, right.Count)), PairsPerNewRecord * Math.Min(left.Count, right.Count));
            foreach (var parts in passes)
            {
                var blocks = Blocks(maker, left, right, parts, out var sampled);
                if (blocks.Count == 0)
                {
                    break;
                }

                if (blocks.Sum() * sampled <= budget)
                {
                    chosen[i] = new(parts, Refinement(parts), PairsPerBlock);
                    break;
                }

                if (parts == passes[^1] && share > 0)
                {
                    chosen[i] = new(parts, Refinement(parts), Largest(blocks, budget / sampled));
                }
            }
        });
        var plan = new List<BlockingPass>();
        foreach (var pass in chosen)
        {
            // A pass within a broader one already chosen would bring nothing.
            if (pass is not null && plan.Count < KeyTable.Width && !plan.Exists(p => (pass.Parts & p.Parts) == p.Parts))
            {
                plan.Add(pass);
            }
        }

        return plan;
    }

    private static KeyPart Refinement(KeyPart parts) =>
        parts == KeyPart.BothNames ? Y : !parts.HasFlag(G) ? G : !parts.HasFlag(Y) && !parts.HasFlag(B) ? Y : P;

    /// <summary>Pairs of the largest block such that all up to its size bring no more than <paramref name="budget"/>.</summary>
    private static long Largest(List<long> blocks, double budget)
    {
        blocks.Sort();
        var at = 0;
        for (var pairs = 0L; at < blocks.Count && (pairs += blocks[at]) <= budget; at++)
        {
        }

        return at < blocks.Count ? blocks[at] : PairsPerBlock;
    }

    /// <summary>Pairs of each block of records that agree on all parts, of the keys that fall in a sample: of one in <paramref name="sampled"/>.</summary>
    private static List<long> Blocks(KeyMaker maker, Records left, Records right, KeyPart parts, out double sampled)
    {
        var mask = Math.Max(left.Count, right.Count) > 200_000 ? 63u : Math.Max(left.Count, right.Count) > 20_000 ? 7u : 0u;
        uint Sampled(Records records, int record) => maker.Key(records[record], parts) is var key && ((key >> 7) & mask) == 0 ? key : 0;
        var one = KeyIndex.Of(left.Count, i => Sampled(left, i));
        var other = ReferenceEquals(left, right) ? one : KeyIndex.Of(right.Count, i => Sampled(right, i));
        var blocks = new List<long>();
        for (int i = 0, j = 0; i < one.Count && j < other.Count;)
        {
            if (one.Key(i) != other.Key(j))
            {
                (i, j) = one.Key(i) < other.Key(j) ? (i + 1, j) : (i, j + 1);
                continue;
            }

            var (endI, endJ) = (one.EndOfBlock(i), other.EndOfBlock(j));
            if (Math.Min(PairsPerBlock, ReferenceEquals(left, right) ? (endI - i) * (endI - i - 1L) / 2 : (endI - i) * (long)(endJ - j)) is var pairs and > 0)
            {
                blocks.Add(pairs);
            }

            (i, j) = (endI, endJ);
        }

        sampled = mask + 1;
        return blocks;
    }
}
