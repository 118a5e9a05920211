using System.Globalization;

namespace TfFlow.TestKit.Authority;

/// <summary>How an invented authority is drawn. Rates are shares from 0 to 1; the same options draw the same people and the same bytes.</summary>
public sealed record AuthorityOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>How many people live there, about.</summary>
    public int People { get; init; } = 4_000;

    public required DateOnly Today { get; init; }

    /// <summary>Households with several problems at once.</summary>
    public double Troubled { get; init; } = 0.14;

    /// <summary>Households that moved within the authority in the last year.</summary>
    public double Movers { get; init; } = 0.08;

    /// <summary>Of a mover's files, those that still have the old address.</summary>
    public double Stale { get; init; } = 0.45;

    /// <summary>Of the homes that movers left, those in which somebody else lives now.</summary>
    public double Reoccupied { get; init; } = 0.5;

    /// <summary>Records whose postcode is mistyped.</summary>
    public double MistypedPostcode { get; init; } = 0.03;

    /// <summary>Couples of whom one has another surname.</summary>
    public double TwoSurnames { get; init; } = 0.3;

    /// <summary>Families with children whose other parent lives elsewhere, and where the children live too.</summary>
    public double Separated { get; init; } = 0.08;

    /// <summary>Of the records of a child with two homes, those that have the other parent's address.</summary>
    public double OtherHome { get; init; } = 0.35;

    /// <summary>Families with two children or more of whom two are twins.</summary>
    public double Twins { get; init; } = 0.06;

    /// <summary>Families with a son who bears his father's name.</summary>
    public double Namesakes { get; init; } = 0.05;

    /// <summary>Records with a slip in a name.</summary>
    public double NameSlip { get; init; } = 0.03;

    /// <summary>Records with a wrong date of birth: day and month changed, or a digit of the year.</summary>
    public double WrongBirth { get; init; } = 0.012;

    /// <summary>Records with a wrong house number.</summary>
    public double WrongHouse { get; init; } = 0.003;

    /// <summary>Records with an address that says nothing of where somebody lives.</summary>
    public double NoAddress { get; init; } = 0.004;

    /// <summary>The rates, a line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}, {People:N0} people; movers {Movers:P0}, of their files out of date {Stale:P0}, of the homes they left taken by others {Reoccupied:P0}; mistyped postcodes {MistypedPostcode:P1}; two surnames {TwoSurnames:P0} of couples; separated parents {Separated:P0}, of their children's records at the other home {OtherHome:P0}; twins {Twins:P0}; father and son of one name {Namesakes:P0}; slips in names {NameSlip:P1}; wrong dates of birth {WrongBirth:P1}; wrong houses {WrongHouse:P1}; no address {NoAddress:P1}; troubled {Troubled:P0}");
}
