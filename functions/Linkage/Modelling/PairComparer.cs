namespace TfFlow.Linkage;

/// <summary>Compares two records on every field both files have. Not for use by two threads at once.</summary>
internal sealed class PairComparer(Vocabulary vocabulary, int stride)
{
    private readonly NameComparer names = new(vocabulary.Names);
    private readonly PlaceComparer places = new(vocabulary);
    private readonly LevelCache codes = new(vocabulary.Codes.Count);

    /// <summary>The packed <see cref="Levels"/> of the pair; the rest of the household is left unknown.</summary>
    public ulong Compare(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var person = Person(a, b);
        return person | Rest(a, b, person);
    }

    /// <summary>Names, birth and sex.</summary>
    public ulong Person(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var given = names.Given(a[Slot.Given], b[Slot.Given]);
        var surname = stride > Slot.Surname ? names.Surname(a[Slot.Surname], b[Slot.Surname]) : NameAgreement.Missing;
        var middle = MiddleAgreement(a, b, ref given);
        if (Unlike(given) && surname is NameAgreement.Differ or NameAgreement.Faint && Swapped(a, b))
        {
            // One event, counted once: the surname has nothing more to say.
            given = NameAgreement.Swapped;
            surname = NameAgreement.Missing;
        }

        if (surname == NameAgreement.Missing && Unlike(given) && stride > Slot.Surname && Misplaced(a, b) is var misplaced and not NameAgreement.Missing)
        {
            // A surname written where the given name belongs.
            (given, surname) = (NameAgreement.Missing, misplaced);
        }

        if (stride > Slot.Previous && surname is NameAgreement.Differ or NameAgreement.Faint or NameAgreement.Part && Previous(a, b))
        {
            surname = NameAgreement.Previous;
        }

        var levels = Levels.Pack(Field.MiddleName, (int)middle);
        if (stride > Slot.Birth)
        {
            var birth = Birth(unchecked((uint)a[Slot.Birth]), unchecked((uint)b[Slot.Birth]));
            levels |= Levels.Pack(Field.BirthDate, (int)birth);
            if (given == NameAgreement.Same && birth == BirthDateAgreement.Differ && middle != NameAgreement.Same && vocabulary.Names.Shared(a[Slot.Given]))
            {
                // Brothers may both be Mohammed, and one of them be written without the name he is called by.
                given = NameAgreement.Part;
            }
        }

        if (stride > Slot.Sex)
        {
            var (one, other) = (a[Slot.Sex], b[Slot.Sex]);
            if (one != 0 && other != 0)
            {
                var alike = given is >= NameAgreement.Same and <= NameAgreement.Near;
                levels |= Levels.Pack(Field.Sex, (int)(one == other ? alike ? SexAgreement.SameWithName : SexAgreement.Same : alike ? SexAgreement.DifferWithName : SexAgreement.Differ));
                if (surname == NameAgreement.Differ && one == 2 && other == 2)
                {
                    surname = NameAgreement.DifferWomen;
                }
            }
        }

        return levels | Levels.Pack(Field.GivenName, (int)given) | Levels.Pack(Field.Surname, (int)surname);
    }

    /// <summary>Place, contacts and numbers.</summary>
    /// <param name="a">One record.</param>
    /// <param name="b">The other.</param>
    /// <param name="person">What <see cref="Person"/> said of them.</param>
    public ulong Rest(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ulong person)
    {
        var levels = stride > Slot.Postcode ? Levels.Pack(Field.Place, places.Compare(a, b)) : 0;
        var named = Levels.Of(person, Field.GivenName) is >= (int)NameAgreement.Same and <= (int)NameAgreement.Near
            && Levels.Of(person, Field.Surname) is >= (int)NameAgreement.Same and <= (int)NameAgreement.Near;
        return stride > Slot.Phone ? levels | Contacts(a, b, named) : levels;
    }

    private NameAgreement MiddleAgreement(ReadOnlySpan<int> a, ReadOnlySpan<int> b, ref NameAgreement given)
    {
        var (one, other) = (a[Slot.Middle], b[Slot.Middle]);
        if (Unlike(given))
        {
            var (forth, back) = (names.Given(one, b[Slot.Given]), names.Given(other, a[Slot.Given]));
            if (Whole(forth) || Whole(back) || (forth == NameAgreement.Initial && back == NameAgreement.Initial))
            {
                // Known by the middle name.
                given = NameAgreement.Swapped;
                return NameAgreement.Missing;
            }
        }

        if (one != 0 && other != 0 && given is NameAgreement.Same or NameAgreement.ShortForm && vocabulary.Names.Shared(a[Slot.Given]) && names.Given(one, other) is var called && Unlike(called))
        {
            // Mohammed Omar and Mohammed Ali are called Omar and Ali.
            given = called;
            return NameAgreement.Missing;
        }

        return names.Given(one, other) switch
        {
            NameAgreement.Missing => NameAgreement.Missing,
            NameAgreement.Same => NameAgreement.Same,
            NameAgreement.Initial => MiddleInitial,
            NameAgreement.ShortForm or NameAgreement.Part or NameAgreement.Sound or NameAgreement.Slip or NameAgreement.Near or NameAgreement.Faint => MiddleNear,
            _ => MiddleDiffer,
        };
    }

    // Middle names have three bits: the same words, renumbered.
    public const NameAgreement MiddleInitial = (NameAgreement)2, MiddleNear = (NameAgreement)3, MiddleDiffer = (NameAgreement)4;

    private BirthDateAgreement Birth(uint a, uint b) =>
        BirthDate.Compare(a, b) is var level && level == BirthDateAgreement.Same && a >= vocabulary.ChildrenFrom ? BirthDateAgreement.SameOfChild : level;

    private static bool Unlike(NameAgreement given) => given is NameAgreement.Differ or NameAgreement.SameInitial or NameAgreement.Faint or NameAgreement.OtherName;

    private bool Swapped(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var (forth, back) = (Crossed(a[Slot.Given], b[Slot.Surname]), Crossed(b[Slot.Given], a[Slot.Surname]));
        return (Whole(forth) && Alike(back)) || (Whole(back) && Alike(forth));
    }

    /// <summary>How the only name of one record, written as its given name, agrees with the other's surname.</summary>
    private NameAgreement Misplaced(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var level = a[Slot.Surname] == 0 ? names.Surname(a[Slot.Given], b[Slot.Surname]) : names.Surname(b[Slot.Given], a[Slot.Surname]);
        return Whole(level) ? level : NameAgreement.Missing;
    }

    /// <summary>More than an initial says the one is the other.</summary>
    private static bool Whole(NameAgreement level) => level is >= NameAgreement.Same and <= NameAgreement.Near;

    private static bool Alike(NameAgreement level) => level is >= NameAgreement.Same and <= NameAgreement.Initial;

    /// <summary>A given name against a surname that may be one: Harry White is White, Henry.</summary>
    private NameAgreement Crossed(int given, int surname) => names.Given(given, surname);

    private bool Previous(ReadOnlySpan<int> a, ReadOnlySpan<int> b) =>
        names.Surname(a[Slot.Previous], b[Slot.Surname]) is NameAgreement.Same or NameAgreement.Slip
        || names.Surname(a[Slot.Surname], b[Slot.Previous]) is NameAgreement.Same or NameAgreement.Slip;

    private ulong Contacts(ReadOnlySpan<int> a, ReadOnlySpan<int> b, bool named)
    {
        var phone = Code(a[Slot.Phone], b[Slot.Phone], Field.Phone);
        if (stride > Slot.OtherPhone && phone != CodeAgreement.Same)
        {
            var (one, other) = (a[Slot.OtherPhone], b[Slot.OtherPhone]);
            phone = (one != 0 && (one == other || one == b[Slot.Phone])) || (other != 0 && other == a[Slot.Phone]) ? CodeAgreement.Same : phone;
        }

        var levels = Levels.Pack(Field.Phone, (int)phone);
        if (stride > Slot.Email)
        {
            var email = (int)Code(a[Slot.Email], b[Slot.Email], Field.Email);
            levels |= Levels.Pack(Field.Email, email == 0 || !named ? email : email + (int)EmailAgreement.SameWithNames - (int)EmailAgreement.Same);
        }

        for (var slot = Slot.Nhs; slot < stride; slot++)
        {
            var field = Field.NhsNumber + (slot - Slot.Nhs);
            levels |= Levels.Pack(field, (int)Code(a[slot], b[slot], field));
        }

        return levels;
    }

    private CodeAgreement Code(int a, int b, Field field)
    {
        if (a == 0 || b == 0 || a == b)
        {
            return a == 0 || b == 0 ? CodeAgreement.Missing : CodeAgreement.Same;
        }

        ref var slot = ref codes.Slot(ref a, ref b, out var level);
        if (level < 0)
        {
            level = (int)Compare(vocabulary.Codes[a], vocabulary.Codes[b], field);
            LevelCache.Fill(ref slot, a, b, level);
        }

        return (CodeAgreement)level;
    }

    private static CodeAgreement Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b, Field field)
    {
        if (DamerauLevenshtein.Distance(a, b) <= (field == Field.Email ? 2 : 1))
        {
            return CodeAgreement.Slip;
        }

        var valid = field switch
        {
            Field.NhsNumber => CheckDigits.IsNhsNumber(a) && CheckDigits.IsNhsNumber(b),
            Field.Nino => CheckDigits.IsNino(a) && CheckDigits.IsNino(b),
            Field.Upn => CheckDigits.IsUpn(a) && CheckDigits.IsUpn(b),
            _ => true,
        };
        return valid ? CodeAgreement.Differ : CodeAgreement.DifferMiscopied;
    }
}
