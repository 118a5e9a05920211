namespace TfFlow.Linkage;

/// <summary>Which passes to run: of each family the broadest that stays within its share of pairs.</summary>
internal static class BlockingPlan
{
    /// <summary>Pairs a family may bring however small the files.</summary>
    private const double PairsAtLeast = 1_000_000;

    /// <summary>Pairs a single block may bring.</summary>
    private const long PairsPerBlock = 40_000;

    private const KeyPart B = KeyPart.Birth, Y = KeyPart.BirthYear, D = KeyPart.BirthDayMonth, G = KeyPart.GivenSound, g = KeyPart.GivenInitial,
        S = KeyPart.SurnameSound, P = KeyPart.Postcode, N = KeyPart.HouseNumber, R = KeyPart.Street, Z = KeyPart.PostcodeSector;

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
        (0, [S | D]), (0, [R | S]), (0, [R | g]), (0, [S | g]), (0, [Z | G]), (0, [Z | S]), (0, [G | Y]),
    ];

    /// <summary>Pairs a family may bring per new record, where few records meet a large population.</summary>
    private const double PairsPerNewRecord = 400;

    /// <summary>Passes of which a sample of the broadest's keys tells: what else they ask for hardly changes which of them are large. Of few and unequal keys, as surnames are, each pass has a sample of its own.</summary>
    private static readonly KeyPart[] Spread = [B, P, N | R, G | D];

    /// <summary>Records beyond which a pass that is worth 0 would bring too many pairs in any file.</summary>
    private const int SmallEnough = 300_000;

    /// <summary>Records looked at by one thread at a time.</summary>
    private const int Chunk = 1 << 14;

    /// <param name="left">What the left records' keys are made of.</param>
    /// <param name="right">The same of the right ones; the same table within one file.</param>
    /// <param name="parallel">Threads.</param>
    public static List<BlockingPass> Choose(KeyTable left, KeyTable right, ParallelOptions parallel)
    {
        var larger = Math.Max(left.Records.Count, right.Records.Count);
        var mask = larger > 200_000 ? 63u : larger > 20_000 ? 7u : 0u;
        var families = larger > SmallEnough ? Array.FindAll(Families, f => f.PairsPerRecord > 0) : Families;
        var sampling = families.SelectMany(f => f.Passes).Select(SampledBy).Distinct().ToArray();
        var ours = Samples(left, sampling, mask, parallel);
        var theirs = ReferenceEquals(left, right) ? ours : Samples(right, sampling, mask, parallel);
        var chosen = new BlockingPass?[families.Length];
        Parallel.For(0, families.Length, parallel, i =>
        {
            var (share, passes) = families[i];
            var budget = Math.Min(Math.Max(PairsAtLeast, share * larger), PairsPerNewRecord * Math.Min(left.Records.Count, right.Records.Count));
            foreach (var parts in passes)
            {
                var sample = Array.IndexOf(sampling, SampledBy(parts));
                var blocks = Blocks(left, right, ours[sample], theirs[sample], parts);
                if (blocks.Count == 0)
                {
                    break;
                }

                if (blocks.Sum() * (mask + 1.0) <= budget)
                {
                    chosen[i] = new(parts, Refinement(parts), PairsPerBlock);
                    break;
                }

                if (parts == passes[^1] && share > 0)
                {
                    chosen[i] = new(parts, Refinement(parts), Largest(blocks, budget / (mask + 1.0)));
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

    private static KeyPart SampledBy(KeyPart parts) => Array.Find(Spread, broad => (parts & broad) == broad) is not KeyPart.None and var its ? its : parts;

    /// <summary>For each way of sampling, the records whose key falls in the sample: of one key in as many as the mask has.</summary>
    private static int[][] Samples(KeyTable table, KeyPart[] sampling, uint mask, ParallelOptions parallel)
    {
        var chunks = new List<int>[(table.Records.Count + Chunk - 1) / Chunk][];
        Parallel.For(0, chunks.Length, parallel, chunk =>
        {
            var sampled = chunks[chunk] = [.. sampling.Select(_ => new List<int>())];
            for (var record = chunk * Chunk; record < Math.Min(table.Records.Count, (chunk + 1) * Chunk); record++)
            {
                var parts = table.Row(record);
                for (var i = 0; i < sampling.Length; i++)
                {
                    if (KeyMaker.Key(parts, sampling[i]) is not 0 and var key && ((key >> 7) & mask) == 0)
                    {
                        sampled[i].Add(record);
                    }
                }
            }
        });
        return [.. sampling.Select((_, i) => chunks.SelectMany(chunk => chunk[i]).ToArray())];
    }

    /// <summary>Pairs of each block of sampled records that agree on all parts.</summary>
    private static List<long> Blocks(KeyTable left, KeyTable right, int[] ours, int[] theirs, KeyPart parts)
    {
        var one = KeyIndex.Of(ours.Length, i => KeyMaker.Key(left.Row(ours[i]), parts));
        var within = ReferenceEquals(left, right);
        var other = within ? one : KeyIndex.Of(theirs.Length, i => KeyMaker.Key(right.Row(theirs[i]), parts));
        var blocks = new List<long>();
        KeyIndex.Meet(one, other, (i, endI, j, endJ) =>
        {
            if (Math.Min(PairsPerBlock, within ? (endI - i) * (endI - i - 1L) / 2 : (endI - i) * (long)(endJ - j)) is var pairs and > 0)
            {
                blocks.Add(pairs);
            }
        });
        return blocks;
    }
}
