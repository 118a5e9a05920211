namespace TfFlow.Programme.Linkage;

/// <summary>Whether the others of two households are linked to each other: families move together, strangers do not share a family.</summary>
internal sealed class Company(Records left, Records right, KeyMaker maker)
{
    /// <summary>Others looked at in a household; hostels hold more, and say less.</summary>
    private const int Others = 12;

    private readonly DwellingIndex leftDwellings = new(left, maker);
    private readonly DwellingIndex rightDwellings = new(right, maker);

    /// <summary>Scores every edge again with what its households now say.</summary>
    public void Rescore(EdgeGraph graph, double[] probabilities, Scorer scorer)
    {
        var links = new int[graph.LeftCount];
        Array.Fill(links, -1);
        for (var e = 0; e < probabilities.Length; e++)
        {
            if (probabilities[e] > 0.5)
            {
                links[graph.Edges[e].Left] = graph.Edges[e].Right;
            }
        }

        for (var e = 0; e < graph.Edges.Length; e++)
        {
            ref var edge = ref graph.Edges[e];
            var company = Of(edge.Left, edge.Right, links);
            if (company != CompanyAgreement.Unknown)
            {
                var odds = scorer.LogOdds(left[edge.Left], right[edge.Right], out var levels);
                edge.LogOdds = scorer.LogOdds(left[edge.Left], right[edge.Right], levels | Levels.Pack(Field.Company, (int)company));
            }
        }
    }

    private CompanyAgreement Of(int l, int r, int[] links)
    {
        var ours = leftDwellings.Members(leftDwellings[l]);
        var theirs = rightDwellings[r];
        if (ours.Length < 2 || rightDwellings.Members(theirs).Length < 2)
        {
            return CompanyAgreement.Unknown;
        }

        var linked = 0;
        foreach (var other in ours[..Math.Min(ours.Length, Others)])
        {
            var link = links[other];
            linked += other != l && link >= 0 && link != r && rightDwellings[link] == theirs ? 1 : 0;
        }

        return linked == 0 ? CompanyAgreement.NoneLinked : linked == 1 ? CompanyAgreement.OneLinked : CompanyAgreement.SeveralLinked;
    }
}
