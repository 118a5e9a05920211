namespace TfFlow.Linkage;

/// <summary>Compares where two records live. Not for use by two threads at once.</summary>
internal sealed class PlaceComparer(Vocabulary vocabulary)
{
    private readonly LevelCache texts = new(vocabulary.Places.Count);
    private readonly LevelCache postcodes = new(vocabulary.Postcodes.Count);
    private readonly ulong[] textLetters = Letters.Of(vocabulary.Places);
    private readonly ulong[] postcodeLetters = Letters.Of(vocabulary.Postcodes);

    private enum Likeness
    {
        Missing,
        Differ,
        Near,
        Same,
    }

    public int Compare(ReadOnlySpan<int> a, ReadOnlySpan<int> b) => Levels.Place(Dwelling(a, b), Area(a, b));

    private DwellingAgreement Dwelling(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var street = Text(a[Slot.Street], b[Slot.Street]);
        if (street == Likeness.Differ && Crossed(a, b))
        {
            street = Likeness.Same;
        }

        var number = Number(a, b);
        if (a.Length > Slot.Uprn && a[Slot.Uprn] != 0 && b[Slot.Uprn] != 0)
        {
            if (a[Slot.Uprn] == b[Slot.Uprn])
            {
                return DwellingAgreement.Same;
            }

            // Without their addresses two properties are two places.
            return number == Likeness.Same && street == Likeness.Same ? DwellingAgreement.OtherFlat
                : Streets(number, street) is not DwellingAgreement.Unknown and var streets ? streets : DwellingAgreement.Differ;
        }

        var (one, other) = (a[Slot.Flat], b[Slot.Flat]);
        if (number == Likeness.Same && street >= Likeness.Near)
        {
            return one != 0 && other != 0 && one != other ? DwellingAgreement.OtherFlat
                : one == other && street == Likeness.Same ? DwellingAgreement.Same
                : DwellingAgreement.NearlySame;
        }

        if (number == Likeness.Same && street == Likeness.Missing)
        {
            return one != 0 && other != 0 && one != other ? DwellingAgreement.OtherFlat : DwellingAgreement.NearlySame;
        }

        return number == Likeness.Missing && street == Likeness.Same ? DwellingAgreement.NearlySame : Streets(number, street);
    }

    private static DwellingAgreement Streets(Likeness number, Likeness street) => (number, street) switch
    {
        (Likeness.Missing, Likeness.Missing) => DwellingAgreement.Unknown,
        (Likeness.Near, >= Likeness.Near) => DwellingAgreement.NumberSlip,
        (_, >= Likeness.Near) => DwellingAgreement.SameStreet,
        (Likeness.Same, _) => DwellingAgreement.SameNumber,
        _ => DwellingAgreement.Differ,
    };

    private AreaAgreement Area(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var postcode = Postcodes(a[Slot.Postcode], b[Slot.Postcode]);
        if (postcode is AreaAgreement.SamePostcode or AreaAgreement.PostcodeSlip or AreaAgreement.NearbyPostcode)
        {
            return postcode;
        }

        return Text(a[Slot.Town], b[Slot.Town]) switch
        {
            Likeness.Same or Likeness.Near => AreaAgreement.SameTown,
            Likeness.Differ => AreaAgreement.Differ,
            _ => postcode,
        };
    }

    private AreaAgreement Postcodes(int a, int b)
    {
        if (a == 0 || b == 0 || a == b)
        {
            return a == 0 || b == 0 ? AreaAgreement.Unknown : AreaAgreement.SamePostcode;
        }

        // Postcodes of one sector differ by their last two letters.
        if (Math.Max(Letters.Lacking(postcodeLetters[a], postcodeLetters[b]), Letters.Lacking(postcodeLetters[b], postcodeLetters[a])) > 2)
        {
            return AreaAgreement.Differ;
        }

        ref var slot = ref postcodes.Slot(ref a, ref b, out var level);
        if (level < 0)
        {
            level = (int)(Postcode.Compare(vocabulary.Postcodes[a], vocabulary.Postcodes[b]) switch
            {
                PostcodeNearness.Same => AreaAgreement.SamePostcode,
                PostcodeNearness.Slip => AreaAgreement.PostcodeSlip,
                PostcodeNearness.SameSector => AreaAgreement.NearbyPostcode,
                _ => AreaAgreement.Differ,
            });
            LevelCache.Fill(ref slot, a, b, level);
        }

        return (AreaAgreement)level;
    }

    /// <summary>The house number, or its name where it has no number.</summary>
    private Likeness Number(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (one, other) = (a[Slot.Number], b[Slot.Number]);
        if (one == 0 || other == 0)
        {
            return one == 0 && other == 0 ? Text(a[Slot.Name], b[Slot.Name]) : Likeness.Missing;
        }

        if (one == other)
        {
            return Likeness.Same;
        }

        return one < 0 || other < 0 ? Likeness.Differ
            : (one >> 5) == (other >> 5) || OneDigit(one >> 5, other >> 5) ? Likeness.Near : Likeness.Differ;
    }

    /// <summary>Whether one digit is wrong, missing or added: 12 and 17, 12 and 112.</summary>
    private static bool OneDigit(int a, int b)
    {
        if (a > b)
        {
            (a, b) = (b, a);
        }

        for (var unit = 1; unit <= b; unit *= 10)
        {
            var rest = b / (unit * 10);
            if ((rest * unit) + (b % unit) == a || (a / (unit * 10) == rest && a % unit == b % unit))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Crossed(ReadOnlySpan<int> a, ReadOnlySpan<int> b) =>
        (a[Slot.Street] == b[Slot.Name] && a[Slot.Street] != 0) || (a[Slot.Name] == b[Slot.Street] && a[Slot.Name] != 0);

    private Likeness Text(int a, int b)
    {
        if (a == 0 || b == 0 || a == b)
        {
            return a == 0 || b == 0 ? Likeness.Missing : Likeness.Same;
        }

        // Alike is a start, which lacks nothing, or two edits at most.
        var (ours, theirs) = (Letters.Lacking(textLetters[a], textLetters[b]), Letters.Lacking(textLetters[b], textLetters[a]));
        if (ours > 0 && theirs > 0 && Math.Max(ours, theirs) > 2)
        {
            return Likeness.Differ;
        }

        ref var slot = ref texts.Slot(ref a, ref b, out var level);
        if (level < 0)
        {
            level = (int)(Alike(vocabulary.Places[a], vocabulary.Places[b]) ? Likeness.Near : Likeness.Differ);
            LevelCache.Fill(ref slot, a, b, level);
        }

        return (Likeness)level;
    }

    private static bool Alike(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var shorter = Math.Min(a.Length, b.Length);
        if (shorter >= 4 && (a.StartsWith(b) || b.StartsWith(a)))
        {
            return true;
        }

        return Math.Abs(a.Length - b.Length) <= 2 && shorter >= 3 && DamerauLevenshtein.Distance(a, b) <= (shorter >= 7 ? 2 : 1);
    }
}
