namespace TfFlow.Linkage;

/// <summary>
/// What keeps each relation what its name says. Classes learned without labels drift to whatever is numerous and alike: neighbours become the household,
/// strangers with one common name become people who moved, fathers and sons of one name become one. So each relation may disagree on what defines it
/// only so often. Within the bounds the likelihood decides, and still never falls.
/// </summary>
internal static class Bounds
{
    /// <summary>The most likely a level may be in a relation.</summary>
    public static double Most(Field field, Relation relation, int level)
    {
        var same = Relations.IsSame(relation);
        return field switch
        {
            Field.Place when relation is Relation.SameStaying or Relation.MatesTogether => Staying(Levels.Dwelling(level)),
            Field.Place when relation != Relation.Strangers => Levels.Dwelling(level) is DwellingAgreement.Same or DwellingAgreement.NearlySame ? 0.02 : 1,
            Field.GivenName => Given((NameAgreement)level, same),
            Field.Surname when same => (NameAgreement)level switch { NameAgreement.Differ => 0.06, NameAgreement.DifferWomen => 0.2, _ => 1 },
            Field.MiddleName when same && level == (int)PairComparer.MiddleDiffer => 0.2,
            Field.BirthDate => Birth((BirthDateAgreement)level, relation),
            Field.Sex when same => (SexAgreement)level switch { SexAgreement.Differ => 0.05, SexAgreement.DifferWithName => 0.03, _ => 1 },
            >= Field.NhsNumber and <= Field.OtherNumber when same && level >= (int)CodeAgreement.Differ => 0.05,
            >= Field.NhsNumber and <= Field.OtherNumber when relation is Relation.MatesTogether or Relation.MatesApart && level == (int)CodeAgreement.Same => 0.02,
            _ => 1,
        };
    }

    /// <summary>Lowers levels that are beyond their bound and raises the rest in proportion: the likeliest distribution within the bounds.</summary>
    public static void Apply(Field field, Relation relation, Span<double> level)
    {
        for (var round = 0; round < 4; round++)
        {
            var (bounded, free) = (0.0, 0.0);
            var over = false;
            for (var i = 1; i < level.Length; i++)
            {
                var most = Most(field, relation, i);
                over |= level[i] > most + 1e-12;
                (bounded, free) = level[i] >= most ? (bounded + most, free) : (bounded, free + level[i]);
            }

            if (!over || free == 0)
            {
                return;
            }

            for (var i = 1; i < level.Length; i++)
            {
                var most = Most(field, relation, i);
                level[i] = level[i] >= most ? most : level[i] * (1 - bounded) / free;
            }
        }
    }

    private static double Given(NameAgreement level, bool same) => same
        ? level switch
        {
            NameAgreement.Differ => 0.05,
            NameAgreement.SameInitial => 0.03,
            NameAgreement.Faint => 0.1,
            NameAgreement.OtherName => 0.004,
            _ => 1,
        }
        : level switch
        {
            // Parents do not give two of their children one name, nor names a slip apart.
            NameAgreement.Same or NameAgreement.ShortForm or NameAgreement.Faint => 0.05,
            NameAgreement.Sound or NameAgreement.Slip or NameAgreement.Near => 0.03,
            NameAgreement.Swapped => 0.004,
            _ => 1,
        };

    private static double Birth(BirthDateAgreement level, Relation relation) => relation switch
    {
        Relation.SameStaying or Relation.SameMoved => level switch
        {
            BirthDateAgreement.GenerationApart => 0.003,
            BirthDateAgreement.Differ => 0.04,
            BirthDateAgreement.Year => 0.05,
            _ => 1,
        },
        Relation.MatesTogether or Relation.MatesApart => level switch
        {
            BirthDateAgreement.Same => 0.03,
            BirthDateAgreement.SameOfChild or BirthDateAgreement.YearOnly or BirthDateAgreement.TwoParts => 0.05,
            BirthDateAgreement.Swapped => 0.003,
            BirthDateAgreement.Slip => 0.02,
            BirthDateAgreement.Year => 0.1,
            _ => 1,
        },
        _ => 1,
    };

    private static double Staying(DwellingAgreement level) => level switch
    {
        DwellingAgreement.SameStreet => 0.01,
        DwellingAgreement.NumberSlip => 0.03,
        DwellingAgreement.OtherFlat or DwellingAgreement.SameNumber or DwellingAgreement.Differ => 0.02,
        _ => 1,
    };
}
