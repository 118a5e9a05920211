namespace TfFlow.Programme.Linkage;

/// <summary>Whether the others of two households are linked to each other: families move together, strangers do not share a family.</summary>
internal sealed class Company
{
    /// <summary>Others looked at in a household; hostels hold more, and say less.</summary>
    private const int Others = 12;

    private readonly DwellingIndex leftDwellings;
    private readonly DwellingIndex rightDwellings;
    private readonly int[] links;

    public Company(DwellingIndex left, DwellingIndex right, EdgeGraph graph, double[] probabilities)
    {
        leftDwellings = left;
        rightDwellings = right;
        links = new int[graph.LeftCount];
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
    }

    public CompanyAgreement Of(int l, int r)
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
