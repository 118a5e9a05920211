namespace TfFlow.Linkage;

/// <summary>How two given names or two surnames agree, best first.</summary>
public enum NameAgreement
{
    /// <summary>One of the two records is silent.</summary>
    Missing,

    /// <summary>The same.</summary>
    Same,

    /// <summary>A nickname, or the start of the other: Liz, Sam.</summary>
    ShortForm,

    /// <summary>One part of a double-barrelled name.</summary>
    Part,

    /// <summary>Sounds alike or is transliterated otherwise: Muhammad, Mohamed.</summary>
    Sound,

    /// <summary>One letter wrong, missing, added, or two swapped.</summary>
    Slip,

    /// <summary>Jaro–Winkler at least 0.88, or two slips in a long name.</summary>
    Near,

    /// <summary>One is the other's initial.</summary>
    Initial,

    /// <summary>Given name and surname changed places; or given and middle name did.</summary>
    Swapped,

    /// <summary>A surname that is the other's previous one.</summary>
    Previous,

    /// <summary>Different names with one initial.</summary>
    SameInitial,

    /// <summary>Different.</summary>
    Differ,

    /// <summary>Different surnames of two women: marriage changes them.</summary>
    DifferWomen,

    /// <summary>What two errors at once leave of a name: more than half of it, or a misspelt nickname. Between twins it is rare, between a person's records it is not.</summary>
    Faint,

    /// <summary>Two names that people bear, however alike they are written: Hassan and Hussein, Ellie and Elsie. Twins are often named so.</summary>
    OtherName,
}

/// <summary>Compares names of a <see cref="NameBook"/>; results are kept per pair of distinct names. Not for use by two threads at once.</summary>
internal sealed class NameComparer(NameBook names)
{
    private readonly LevelCache given = new(names.Count);
    private readonly LevelCache surnames = new(names.Count);

    public NameAgreement Given(int a, int b)
    {
        if (a == b || a == 0 || b == 0)
        {
            return a == 0 || b == 0 ? NameAgreement.Missing : NameAgreement.Same;
        }

        if (NameSketch.Apart(in names.Sketch(a), in names.Sketch(b)))
        {
            return names.Sketch(a).First == names.Sketch(b).First ? NameAgreement.SameInitial : NameAgreement.Differ;
        }

        ref var slot = ref given.Slot(ref a, ref b, out var level);
        if (level < 0)
        {
            level = (int)CompareGiven(a, b);
            LevelCache.Fill(ref slot, a, b, level);
        }

        return (NameAgreement)level;
    }

    public NameAgreement Surname(int a, int b)
    {
        if (a == b || a == 0 || b == 0)
        {
            return a == 0 || b == 0 ? NameAgreement.Missing : NameAgreement.Same;
        }

        if (NameSketch.Apart(in names.Sketch(a), in names.Sketch(b)))
        {
            return NameAgreement.Differ;
        }

        ref var slot = ref surnames.Slot(ref a, ref b, out var level);
        if (level < 0)
        {
            level = (int)CompareSurname(a, b);
            LevelCache.Fill(ref slot, a, b, level);
        }

        return (NameAgreement)level;
    }

    private NameAgreement CompareGiven(int a, int b)
    {
        var left = names.Text(a);
        var right = names.Text(b);
        var (one, other) = (names[a], names[b]);
        if (left.Length == 1 || right.Length == 1)
        {
            // B is Bill, who is William.
            return left[0] == right[0] || InitialOf(left, other.Families) || InitialOf(right, one.Families) ? NameAgreement.Initial : NameAgreement.Differ;
        }

        if (OtherSecond(one.Parts, other.Parts))
        {
            return NameAgreement.OtherName;
        }

        // Jess is Jessica, but Louis is not Louise.
        var start = Math.Min(left.Length, right.Length) >= 3 && Starts(left, right);
        if ((Nicknames.Related(one.Families, other.Families) && !Nicknames.Unrelated(left, right)) || (start && Math.Abs(left.Length - right.Length) >= 3))
        {
            return NameAgreement.ShortForm;
        }

        if (names.Distinct(a, b))
        {
            return NameAgreement.OtherName;
        }

        if (start)
        {
            return NameAgreement.ShortForm;
        }

        var near = Near(a, b);
        return near is not (NameAgreement.Differ or NameAgreement.Faint) ? near
            : SharePart(a, b) ? NameAgreement.Part
            : near == NameAgreement.Faint || Nicknames.Related(one.Families, other.NearFamilies) || Nicknames.Related(one.NearFamilies, other.Families) ? NameAgreement.Faint
            : left[0] == right[0] ? NameAgreement.SameInitial : NameAgreement.Differ;
    }

    /// <summary>Lily-Rose and Lily-Mae: the first of two parts is one, the second is two.</summary>
    private bool OtherSecond(int[] one, int[] other) => one.Length == 2 && other.Length == 2 && one[0] == other[0]
        && Given(one[1], other[1]) is NameAgreement.Differ or NameAgreement.SameInitial or NameAgreement.OtherName;

    private static bool InitialOf(ReadOnlySpan<char> name, int[] families) =>
        name.Length == 1 && name[0] is >= 'A' and <= 'Z' && (Nicknames.InitialsOf(families) >> (name[0] - 'A') & 1) != 0;

    private NameAgreement CompareSurname(int a, int b)
    {
        var left = names.Text(a);
        var right = names.Text(b);
        if (left.Length == 1 || right.Length == 1)
        {
            return left[0] == right[0] ? NameAgreement.Initial : NameAgreement.Differ;
        }

        return SharePart(a, b) ? NameAgreement.Part : Near(a, b);
    }

    private NameAgreement Near(int a, int b)
    {
        var left = names.Text(a);
        var right = names.Text(b);
        var shorter = Math.Min(left.Length, right.Length);
        var longer = Math.Max(left.Length, right.Length);
        var edits = longer - shorter > 3 ? 4 : DamerauLevenshtein.Distance(left, right);
        if (edits <= 1 && shorter >= 3)
        {
            return NameAgreement.Slip;
        }

        if (names[a].Sound == names[b].Sound && shorter >= 3 && names[a].Parts.Length == 0 && names[b].Parts.Length == 0 && edits <= 3)
        {
            return NameAgreement.Sound;
        }

        return (edits == 2 && shorter >= 6) || JaroWinkler.Similarity(left, right) >= 0.88 ? NameAgreement.Near
            : edits * 5 <= longer * 2 ? NameAgreement.Faint
            : NameAgreement.Differ;
    }

    private bool SharePart(int a, int b)
    {
        var (one, other) = (names[a].Parts, names[b].Parts);
        if (one.Length == 0 && other.Length == 0)
        {
            return false;
        }

        foreach (var part in one.Length == 0 ? [a] : one.AsSpan())
        {
            foreach (var counterpart in other.Length == 0 ? [b] : other.AsSpan())
            {
                if (part == counterpart || (names.Text(part).Length > 3 && names.Text(counterpart).Length > 3 && DamerauLevenshtein.Distance(names.Text(part), names.Text(counterpart)) <= 1))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Starts(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => a.Length < b.Length ? b.StartsWith(a) : a.StartsWith(b);
}
