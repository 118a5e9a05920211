namespace TfFlow.Linkage;

/// <summary>Whether the others of two households are linked to each other: families move together, strangers do not share a family.</summary>
internal sealed class HouseholdEvidence
{
    /// <summary>Others looked at in a household; hostels hold more, and say less.</summary>
    private const int Others = 12;

    private readonly DwellingIndex leftDwellings;
    private readonly DwellingIndex rightDwellings;
    private readonly Linked[] households;

    public HouseholdEvidence(DwellingIndex left, DwellingIndex right, EdgeGraph graph, double[] probabilities, ParallelOptions parallel)
    {
        const int Chunk = 1 << 14;
        leftDwellings = left;
        rightDwellings = right;
        var links = new int[graph.LeftCount];
        Array.Fill(links, -1);
        for (var e = 0; e < probabilities.Length; e++)
        {
            if (probabilities[e] > 0.5)
            {
                links[graph.Edges[e].Left] = graph.Edges[e].Right;
                if (ReferenceEquals(left, right))
                {
                    links[graph.Edges[e].Right] = graph.Edges[e].Left;
                }
            }
        }

        households = new Linked[left.Settled.Length];
        Parallel.For(0, (households.Length + Chunk - 1) / Chunk, parallel, chunk =>
        {
            for (var at = chunk * Chunk; at < Math.Min(households.Length, (chunk + 1) * Chunk); at++)
            {
                var record = left.Settled[at];
                households[at] = new(record, links[record], links[record] < 0 ? 0 : right[links[record]]);
            }
        });
    }

    /// <summary>A left record, the right one it is linked to or −1, and where that one lives. Households stand together.</summary>
    private readonly record struct Linked(int Record, int Link, int Dwelling);

    public HouseholdAgreement Of(int l, int r)
    {
        var theirs = rightDwellings[r];
        if (theirs == 0 || leftDwellings[l] == 0)
        {
            return HouseholdAgreement.Unknown;
        }

        var ours = leftDwellings.Household(leftDwellings[l]);
        var linked = 0;
        foreach (var other in households.AsSpan(ours.First, Math.Min(ours.Count, Others)))
        {
            linked += other.Record != l && other.Link >= 0 && other.Link != r && other.Dwelling == theirs ? 1 : 0;
        }

        return linked == 0 ? HouseholdAgreement.NoneLinked : linked == 1 ? HouseholdAgreement.OneLinked : HouseholdAgreement.SeveralLinked;
    }
}
