using System.Collections.Frozen;

namespace TfFlow.Linkage;

/// <summary>What a word of an address may mean. All words are folded.</summary>
internal static class AddressWords
{
    /// <summary>Words that end a street's name, by their full form.</summary>
    public static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Types = Pairs("""
        ST=STREET STREET=STREET STR=STREET RD=ROAD ROAD=ROAD AVE=AVENUE AV=AVENUE AVENUE=AVENUE LN=LANE LANE=LANE DR=DRIVE DRV=DRIVE DRIVE=DRIVE CL=CLOSE CLS=CLOSE CLOSE=CLOSE
        CRES=CRESCENT CRESC=CRESCENT CR=CRESCENT CRESCENT=CRESCENT CT=COURT CRT=COURT COURT=COURT TERR=TERRACE TER=TERRACE TCE=TERRACE TERRACE=TERRACE GDNS=GARDENS GDN=GARDENS GARDENS=GARDENS GARDEN=GARDENS
        PL=PLACE PLACE=PLACE SQ=SQUARE SQUARE=SQUARE CIRCUIT=CIRCUIT CCT=CIRCUIT CIRCLE=CIRCLE BOULEVARD=BOULEVARD BLVD=BOULEVARD PARADE=PARADE PDE=PARADE HWY=HIGHWAY HIGHWAY=HIGHWAY
        """);

    /// <summary>Words that end a street's name where no better one follows.</summary>
    public static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> WeakTypes = Pairs("""
        GROVE=GROVE GRV=GROVE GR=GROVE WAY=WAY WY=WAY HILL=HILL PARK=PARK PK=PARK VIEW=VIEW MEWS=MEWS RISE=RISE WALK=WALK WLK=WALK ROW=ROW GREEN=GREEN GRN=GREEN MOUNT=MOUNT MT=MOUNT VALE=VALE BANK=BANK
        DALE=DALE FOLD=FOLD CROFT=CROFT END=END YARD=YARD GATE=GATE BROW=BROW WYND=WYND LOAN=LOAN BRAE=BRAE PATH=PATH QUAY=QUAY WHARF=WHARF APPROACH=APPROACH CHASE=CHASE DELL=DELL DENE=DENE DRIVEWAY=DRIVE
        HEIGHTS=HEIGHTS HTS=HEIGHTS MEADOW=MEADOW MEADOWS=MEADOWS RIDGE=RIDGE SIDE=SIDE VILLAS=VILLAS COTTAGES=COTTAGES EAST=EAST WEST=WEST NORTH=NORTH SOUTH=SOUTH CRESENT=CRESCENT LOOP=LOOP PLAZA=PLAZA
        """);

    /// <summary>Words for a home within a house.</summary>
    public static readonly HashSet<string> Units = Set("FLAT FLT FL APARTMENT APPARTMENT APPT APT UNIT ROOM RM STUDIO MAISONETTE BEDSIT BEDSITTER BED SUITE FLATLET PENTHOUSE");

    /// <summary>Of those, the ones a house has one of.</summary>
    public static readonly HashSet<string> OneOfAHouse = Set("PENTHOUSE");

    /// <summary>Of those, the ones within a flat.</summary>
    public static readonly HashSet<string> Rooms = Set("ROOM RM BED");

    /// <summary>Homes without a house.</summary>
    public static readonly HashSet<string> Pitches = Set("PITCH PLOT BERTH CARAVAN MOORING");

    /// <summary>Words for a part of a building, several homes large.</summary>
    public static readonly HashSet<string> Blocks = Set("BLOCK WING STAIR STAIRCASE");

    public static readonly HashSet<string> FloorWords = Set("FLOOR FLR");

    public static readonly HashSet<string> Positions = Set("FRONT REAR BACK LEFT RIGHT MIDDLE CENTRE");

    /// <summary>Words that only join.</summary>
    public static readonly HashSet<string> Joins = Set("OF AT IN ON THE HAND SIDE");

    public static readonly FrozenDictionary<string, string> Floors = Pairs("""
        GROUND=GROUND GND=GROUND GRND=GROUND G=GROUND GFF=GROUND GF=GROUND LGF=LOWERGROUND FFF=FIRST FF=FIRST SFF=SECOND TFF=TOP FIRST=FIRST 1ST=FIRST SECOND=SECOND 2ND=SECOND THIRD=THIRD 3RD=THIRD
        FOURTH=FOURTH 4TH=FOURTH FIFTH=FIFTH 5TH=FIFTH SIXTH=SIXTH 6TH=SIXTH SEVENTH=SEVENTH 7TH=SEVENTH EIGHTH=EIGHTH 8TH=EIGHTH NINTH=NINTH 9TH=NINTH TENTH=TENTH 10TH=TENTH
        TOP=TOP ATTIC=ATTIC LOFT=ATTIC BASEMENT=BASEMENT LOWER=LOWER UPPER=UPPER GARDEN=GARDEN HALL=HALL MEZZANINE=MEZZANINE UPSTAIRS=UPSTAIRS DOWNSTAIRS=DOWNSTAIRS
        """).Dictionary;

    /// <summary>Homes beside a house that bear its number.</summary>
    public static readonly HashSet<string> Beside = Set("""
        ANNEXE ANNEX ANEXE GRANNYANNEXE GRANNYANNEX GRANNYFLAT COACHHOUSE STABLES STABLE GARAGE OUTBUILDING OUTHOUSE SUMMERHOUSE SHED CHALET CABIN LOGCABIN MOBILEHOME CARAVAN GATEHOUSE
        """);

    /// <summary>Words that end a house's name.</summary>
    public static readonly HashSet<string> Houses = Set("""
        COURT HOUSE COTTAGE COTTAGES LODGE BUNGALOW FARM FARMHOUSE MANOR HALL TOWER TOWERS POINT HEIGHTS BUILDING BUILDINGS MANSIONS APARTMENTS FLATS VILLA VILLAS RECTORY VICARAGE BARN MILL CHAPEL GRANGE
        """);

    /// <summary>Of those, the ones that are many homes: without a flat they place nobody.</summary>
    public static readonly HashSet<string> ManyHomes = Set("COURT TOWER TOWERS POINT HEIGHTS BUILDING BUILDINGS MANSIONS APARTMENTS FLATS COTTAGES VILLAS");

    /// <summary>Words that begin a street's name in Welsh.</summary>
    public static readonly HashSet<string> WelshStreets = Set("HEOL FFORDD LON STRYD RHODFA CLOS");

    /// <summary>Words that begin a house's name in Welsh.</summary>
    public static readonly HashSet<string> WelshHouses = Set("TY TYDDYN BWTHYN FFERM PLAS LLYS");

    /// <summary>Places where people stay, or where somebody recorded them; they place nobody unless a room is named.</summary>
    public static readonly FrozenDictionary<string, string[][]> Institutions = Phrases(
        "HOSPITAL", "INFIRMARY", "PRISON", "HMP", "YOI", "HOSTEL", "REFUGE", "BARRACKS", "HOTEL", "GUEST HOUSE", "BED AND BREAKFAST", "NIGHT SHELTER", "SHELTER", "DAY CENTRE", "CIVIC CENTRE", "CIVIC OFFICES", "CIVIC OFFICE",
        "TOWN HALL", "CITY HALL", "COUNTY HALL", "SHIRE HALL", "GUILDHALL", "COUNCIL OFFICES", "COUNCIL OFFICE", "COUNCIL HOUSE", "SOCIAL SERVICES", "CHILDRENS SERVICES", "JOB CENTRE", "JOBCENTRE", "JOBCENTRE PLUS", "POLICE STATION",
        "PROBATION OFFICE", "MAGISTRATES COURT", "CROWN COURT", "COUNTY COURT", "HEALTH CENTRE", "MEDICAL CENTRE", "SURGERY", "HOUSING OFFICE", "HOUSING OPTIONS", "CHILDRENS CENTRE", "FAMILY HUB", "COMMUNITY CENTRE");

    /// <summary>Words that say that somebody does not live, or no longer lives, at what follows.</summary>
    public static readonly FrozenDictionary<string, string[][]> Elsewhere = Phrases(
        "C O", "CARE OF", "NFA", "N F A", "HOMELESS", "NO FIXED", "NO SETTLED", "NO PERMANENT", "LAST KNOWN", "LAST ADDRESS", "PREVIOUSLY", "PREVIOUS ADDRESS", "PREV", "FORMERLY", "FORMER ADDRESS", "OLD ADDRESS", "EX ADDRESS",
        "MOVED", "STAYING", "STAYS", "SOFA", "ROUGH SLEEPER", "ROUGH SLEEPING", "SLEEPING ROUGH", "SLEEPS", "GONE AWAY", "UNKNOWN", "NOT KNOWN", "WITHHELD", "CONFIDENTIAL", "REFUSED", "PO BOX", "P O BOX", "BFPO", "BOX NUMBER", "POSTE RESTANTE",
        "OPPOSITE", "OPP", "ADJACENT", "ADJ", "ADJOINING", "NEXT DOOR", "NEXT TO", "NEAR", "NR", "BEHIND", "BETWEEN", "OUTSIDE", "LAND AT", "CAR PARK", "TENT", "CORRESPONDENCE");

    private static readonly Dictionary<string, string> Numerals =
        "ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE".Split(' ').Select((word, i) => (word, Number: $"{i + 1}")).ToDictionary(w => w.word, w => w.Number, StringComparer.Ordinal);

    /// <summary>Words because of which an address is more than a number, a street and a town.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Special = Units.Concat(Pitches).Concat(Blocks).Concat(FloorWords).Concat(Positions).Concat(Floors.Keys).Concat(Beside).Concat(Houses)
        .Concat(["ABOVE", "OVER", "BELOW", "UNDER", "UPON", "AND", "TO", "NO", "NUMBER"]).Concat(Institutions.Keys).Concat(Elsewhere.Keys).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word may mean more than the name of a street or a town.</summary>
    public static bool IsSpecial(ReadOnlySpan<char> word) => Special.Contains(word);

    /// <summary>Whether a word ends a street's name.</summary>
    public static bool EndsStreet(ReadOnlySpan<char> word) => Types.ContainsKey(word) || WeakTypes.ContainsKey(word);

    /// <summary>Two as 2; other words as they are.</summary>
    public static string Figure(string word) => Numerals.GetValueOrDefault(word, word);

    private static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Pairs(string text) => text
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('='))
        .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Phrases by their first word.</summary>
    private static FrozenDictionary<string, string[][]> Phrases(params string[] phrases) =>
        phrases.Select(phrase => phrase.Split(' ')).GroupBy(words => words[0], StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static HashSet<string> Set(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
