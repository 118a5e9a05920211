namespace TfFlow.Linkage.Tests.Population;

/// <summary>Dwellings of one local authority: streets with postcodes of about fifteen homes, some of them blocks of flats.</summary>
internal sealed class Places
{
    private static readonly string[] Towns = ["Barnwell", "Hexford", "Stonebridge", "Castle Marden", "Oakhampton", "Ravensby"];
    private static readonly string[] StreetStarts = "High Church Station Park Victoria Green Manor Queens Kings Mill Albert Grange School North South West New York London Springfield Highfield Chester Alexandra Stanley George Grove Windsor Woodland Orchard Broad Cedar Beech Elm Oak Ash Chestnut Hawthorn Willow Lime Poplar Meadow Brook River Lake Hill Valley Abbey Priory Bishop Castle Market Bridge Wellington Nelson Clarence Cambridge Oxford Lancaster Warwick Salisbury Devonshire Norfolk Cornwall Derby Richmond Grosvenor Balmoral Sandringham Osborne Marlborough Churchill Gladstone Cromwell Raleigh Drake Tudor Stuart Hanover Saxon Roman Viking Harrow Eton Rugby Kestrel Falcon Heron Swallow Robin Linnet".Split(' ');
    private static readonly string[] StreetEnds = ["Street", "Road", "Avenue", "Close", "Lane", "Drive", "Crescent", "Way", "Court", "Gardens", "Terrace", "Place", "Grove", "Hill"];
    private static readonly string[] Inward = "A B D E F G H J L N P Q R S T U W X Y Z".Split(' ');

    /// <summary>Dwellings, about four hundred thousand people's, beyond which most new streets have names of their own: a country has many High Streets, but not only those.</summary>
    private const int CommonStreets = 200_000;

    private readonly List<Dwelling> dwellings = [];
    private readonly HashSet<string> postcodes = [];
    private readonly Random random;

    public Places(Random random) => this.random = random;

    public IReadOnlyList<Dwelling> All => dwellings;

    /// <summary>At least <paramref name="count"/> dwellings more, street by street.</summary>
    public void Build(int count)
    {
        var target = dwellings.Count + count;
        while (dwellings.Count < target)
        {
            var town = Towns[Math.Min(random.Next(Towns.Length), random.Next(Towns.Length))];
            var street = $"{(dwellings.Count >= CommonStreets && random.NextDouble() < 0.75 ? NamePools.OfPlace(random) : StreetStarts[random.Next(StreetStarts.Length)])} {StreetEnds[random.Next(StreetEnds.Length)]}";
            var postcode = Postcode(town);
            if (random.NextDouble() < 0.12)
            {
                Block(street, town, postcode);
                continue;
            }

            var first = 1 + (2 * random.Next(60));
            var homes = 6 + random.Next(20);
            for (var home = 0; home < homes; home++)
            {
                Add(0, "", first + (2 * home), street, town, postcode);
            }
        }
    }

    private void Block(string street, string town, string postcode)
    {
        var number = 1 + random.Next(150);
        var building = random.NextDouble() < 0.5 ? $"{StreetStarts[random.Next(StreetStarts.Length)]} House" : "";
        var flats = 4 + random.Next(30);
        for (var flat = 1; flat <= flats; flat++)
        {
            Add(flat, building, number, street, town, postcode);
        }
    }

    private void Add(int flat, string building, int number, string street, string town, string postcode) =>
        dwellings.Add(new(dwellings.Count, flat, building, number, street, town, postcode, $"01632{random.Next(100_000, 1_000_000)}", 100_000_000_000 + (dwellings.Count * 7919L % 9_000_000_000)));

    private string Postcode(string town)
    {
        while (true)
        {
            var area = "BHSCOR"[Array.IndexOf(Towns, town)] is var letter && letter == 'C' ? "CM" : $"{letter}N";
            var code = $"{area}{random.Next(1, 30)} {random.Next(1, 10)}{Inward[random.Next(Inward.Length)]}{Inward[random.Next(Inward.Length)]}";
            if (postcodes.Add(code))
            {
                return code;
            }
        }
    }
}
