namespace TfFlow.Linkage;

/// <summary>The little of a name that tells it from most others at a glance.</summary>
internal readonly struct NameSketch
{
    private readonly ulong letters;
    private readonly ulong kin;
    private readonly int parts;

    public NameSketch(ReadOnlySpan<char> name, NameBook.Entry entry)
    {
        letters = Letters.Of(name);
        foreach (var family in (int[])[.. entry.Families, .. entry.NearFamilies])
        {
            kin |= 1UL << (family & 63);
        }

        parts = entry.Parts.Length;
        Sound = entry.Sound;
        Length = name.Length;
        First = name[0];
    }

    public uint Sound { get; }

    public int Length { get; }

    public char First { get; }

    /// <summary>
    /// Whether two names are so far apart that nothing but their initials can be alike: too few letters in common for a slip, for a likeness or for the start of the other,
    /// another sound, no nickname of one family, no parts.
    /// </summary>
    public static bool Apart(in NameSketch a, in NameSketch b)
    {
        var (ours, theirs) = (Letters.Lacking(a.letters, b.letters), Letters.Lacking(b.letters, a.letters));
        if (ours == 0 || theirs == 0 || (a.kin & b.kin) != 0 || a.Sound == b.Sound || (a.parts | b.parts) != 0 || Math.Min(a.Length, b.Length) == 1)
        {
            return false;
        }

        // The bounds are those of NameComparer: of edits, 1 and two fifths of the longer name; of Jaro–Winkler 0.88, from as many letters in common and a like start.
        var (edits, longer, common) = (Math.Max(ours, theirs), Math.Max(a.Length, b.Length), Math.Min(a.Length - ours, b.Length - theirs));
        return (Math.Abs(a.Length - b.Length) > 3 ? longer < 10 : edits > 1 && edits * 5 > longer * 2)
            && 50 * common * (a.Length + b.Length) < (a.First == b.First ? 70 : 82) * a.Length * b.Length;
    }
}
