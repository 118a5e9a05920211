using System.Globalization;
using System.Text;
using TfFlow.Linkage;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Rights;

/// <summary>An address at which somebody says that they live or lived. Personal data.</summary>
public sealed record SoughtAddress(string Address, string Postcode)
{
    private string Compact { get; } = Linkage.Postcode.Normalise(Postcode);

    /// <summary>It places a household: it is no filler, and no part of it that tells homes apart was not understood.</summary>
    public bool Places { get; } = HouseholdAddress.TryCanonicalise(
        Encoding.UTF8.GetBytes(Address), Encoding.UTF8.GetBytes(Postcode), new byte[HouseholdAddress.MaxLength], out _);

    /// <summary>How near a record's address is.</summary>
    internal Nearness To(SoughtAddress other)
    {
        if (Compact.Length == 0 || other.Compact.Length == 0 || Linkage.Postcode.IsPseudo(Compact)
            || Linkage.Postcode.IsPseudo(other.Compact))
        {
            return Nearness.Elsewhere;
        }

        return Places && other.Places && Key == other.Key ? Nearness.SameHome
            : Compact == other.Compact ? Nearness.SamePlace
            : HouseholdAddress.IsSlip(Compact, other.Compact) && Street.Length > 0 && Street == other.Street ? Nearness.SamePlace
            : Nearness.Elsewhere;
    }

    private string Street => HouseholdAddress.Street(Address, Postcode);

    private string Key
    {
        get
        {
            var key = new byte[HouseholdAddress.MaxLength];
            HouseholdAddress.TryCanonicalise(Encoding.UTF8.GetBytes(Address), Encoding.UTF8.GetBytes(Postcode), key, out var length);
            return Encoding.UTF8.GetString(key, 0, length);
        }
    }
}

/// <summary>How near two addresses are: <see cref="SamePlace"/> is one postcode, or one that a slip makes of it in one street.</summary>
internal enum Nearness
{
    Elsewhere,
    SamePlace,
    SameHome,
}

/// <summary>Whom a request is about, as they say it themselves. Personal data: in memory only.</summary>
/// <param name="Addresses">The one they live at first, then earlier ones.</param>
/// <param name="OtherSurnames">A maiden name, a former one.</param>
public sealed record PersonSought(
    string Surname, string Forenames, DateOnly Born, IReadOnlyList<SoughtAddress> Addresses, IReadOnlyList<string> OtherSurnames)
{
    /// <summary>Addresses, and other surnames, that one search takes. Ours.</summary>
    public const int Most = 10;

    /// <summary>Reads what was typed as every file is read: the same names, dates and postcodes are understood.</summary>
    /// <param name="dateOfBirth">31/12/2012, 31-Dec-2012 or 2012-12-31.</param>
    /// <returns>The person, or what has to be said better; no obstacle quotes what was typed.</returns>
    public static (PersonSought? Person, IReadOnlyList<Obstacle> Obstacles) Read(
        string? surname, string? forenames, string? dateOfBirth, IReadOnlyList<(string? Address, string? Postcode)> addresses,
            IReadOnlyList<string?> otherSurnames)
    {
        var obstacles = new List<Obstacle>();
        string Cell(string what, string? typed, Validator validator)
        {
            var into = new ValueWriter();
            var value = Encoding.UTF8.GetBytes((typed ?? "").Trim());
            if (value.Length == 0)
            {
                obstacles.Add(new($"{what}", "ours"));
            }
            else if (validator.Normalise(value, into) is { } rule
                && (rule.Consequence is Consequence.Refusal || rule == NameValidator.Filler))
            {
                obstacles.Add(new($"{what}: {rule.Expected}", "ours"));
            }

            return Encoding.UTF8.GetString(into.Written);
        }

        var (names, places) = (new NameValidator(), new PostcodeValidator());
        var last = Cell("the surname", surname, names);
        var first = Cell("the forenames", forenames, names);
        var others = otherSurnames.Select(other => Cell("each other surname", other, names)).ToList();
        var born = Cell("the date of birth", dateOfBirth, new DateValidator());
        var homes = addresses.Select(home =>
            new SoughtAddress((home.Address ?? "").Trim(), Cell("a postcode with each address", home.Postcode, places))).ToList();
        obstacles.AddRange(Obstacle.Unless(
            (homes.Count is > 0 and <= Most && others.Count <= Most,
                $"an address or more, and at most {Most} of addresses and of other surnames", "ours")));
        if (obstacles.Count > 0)
        {
            return (null, obstacles);
        }

        var day = DateOnly.ParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Fillers.IsBirthDate(day)
            ? (null, [new("the date of birth: this is a date that is written where none is known", "ours")])
            : (new(last, first, day, homes, others), []);
    }

    /// <summary>What the search cannot go by; for whoever searches.</summary>
    public IReadOnlyList<string> Remarks =>
    [
        .. Addresses.Index().Where(home => !home.Item.Places).Select(home =>
            $"Address {home.Index + 1} places no home: {(Fillers.IsAddress(home.Item.Address) ? "it is what is written where none is known" : "a part of it was not understood")}. "
            + "There the person is looked for by name and date of birth alone."),
    ];

    /// <summary>The person under each surname.</summary>
    public IReadOnlyList<PersonIdentity> Identities =>
        [.. OtherSurnames.Prepend(Surname).Distinct().Select(surname => new PersonIdentity(surname, Forenames, Born, Sex: null))];
}
