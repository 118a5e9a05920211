using System.Numerics;

namespace TfFlow.Linkage;

/// <summary>Blocking keys from what records say, never from where they stand in a file: the same values make the same key in any order of rows.</summary>
internal sealed class KeyMaker
{
    /// <summary>Places of a record's parts; see <see cref="Parts"/>.</summary>
    private const int Birth = 0, Given = 1, GivenFirst = 2, Surname = 3, SurnameFirst = 4, Area = 5, House = 6, Street = 7, Codes = 8, Sector = 15;

    private static readonly int[] CodeSlots = [Slot.Phone, Slot.Email, Slot.Nhs, Slot.Nino, Slot.Upn, Slot.Other, Slot.Uprn];

    private readonly NameBook names;
    private readonly uint[] postcodes;
    private readonly uint[] sectors;
    private readonly uint[] places;
    private readonly uint[] codes;

    public KeyMaker(Vocabulary vocabulary)
    {
        names = vocabulary.Names;
        postcodes = Hashes(vocabulary.Postcodes);
        sectors = Hashes(vocabulary.Postcodes, but: 2);
        places = Hashes(vocabulary.Places);
        codes = Hashes(vocabulary.Codes);
    }

    /// <summary>What the keys of a record are made of, each worked out once: birth, sounds, initials, postcode, house, street, contacts and numbers; 0 where it is silent.</summary>
    /// <param name="record">The record.</param>
    /// <param name="parts">As wide as a row of a <see cref="KeyTable"/>.</param>
    public void Parts(ReadOnlySpan<int> record, Span<uint> parts)
    {
        parts.Clear();
        parts[Birth] = unchecked((uint)Cell(record, Slot.Birth));
        (parts[Given], parts[GivenFirst]) = Named(record[Slot.Given]);
        (parts[Surname], parts[SurnameFirst]) = Named(Cell(record, Slot.Surname));
        if (record.Length > Slot.Postcode)
        {
            var number = record[Slot.Number];
            parts[Area] = postcodes[record[Slot.Postcode]];
            parts[Sector] = sectors[record[Slot.Postcode]];
            parts[House] = number > 0 ? (uint)number : number < 0 ? places[-number] : places[record[Slot.Name]];
            parts[Street] = places[record[Slot.Street]];
        }

        for (var code = 0; code < CodeSlots.Length && record.Length > Slot.Phone; code++)
        {
            parts[Codes + code] = codes[Cell(record, CodeSlots[code])];
        }
    }

    /// <summary>The key of a record, or 0 if a part is missing.</summary>
    public uint Key(ReadOnlySpan<int> record, KeyPart parts)
    {
        Span<uint> its = stackalloc uint[KeyTable.Width];
        Parts(record, its);
        return Key(its, parts);
    }

    /// <summary>The same from a record's <see cref="Parts"/>.</summary>
    public static uint Key(ReadOnlySpan<uint> its, KeyPart parts)
    {
        var hash = (ulong)parts;
        for (var rest = (uint)parts; rest != 0; rest &= rest - 1)
        {
            var part = Part(its, BitOperations.TrailingZeroCount(rest));
            if (part == 0)
            {
                return 0;
            }

            hash = Hash.Join(hash, part);
        }

        // Keys of one postcode stand together, as its records do.
        return ((parts & KeyPart.Postcode) == 0 ? (uint)(hash >> 32) : (its[Area] & 0xFFFF0000) | ((uint)(hash >> 32) & 0xFFFF)) | 1;
    }

    /// <summary>Postcode, or the street where there is none; 0 where neither is known.</summary>
    public uint AreaOf(ReadOnlySpan<int> record) => postcodes[record[Slot.Postcode]] is not 0 and var postcode ? postcode : places[record[Slot.Street]];

    private static uint Part(ReadOnlySpan<uint> its, int bit) => (KeyPart)(1u << bit) switch
    {
        KeyPart.Birth => (its[Birth] & 0xFFFF) == 0xFFFF ? 0 : BirthDate.SwapFree(its[Birth]),
        KeyPart.BirthYear => its[Birth] >> 16,
        KeyPart.BirthDayMonth => (its[Birth] & 0xFFFF) is 0xFFFF or 0x0101 ? 0 : BirthDate.SwapFree(its[Birth]) & 0xFFFF,
        KeyPart.GivenSound => its[Given],
        KeyPart.GivenInitial => its[GivenFirst],
        KeyPart.SurnameSound => its[Surname],
        KeyPart.BothNames => Both(its[Given], its[Surname]),
        KeyPart.BothInitials => Both(its[GivenFirst], its[SurnameFirst]),
        KeyPart.Postcode => its[Area],
        KeyPart.HouseNumber => its[House],
        KeyPart.Street => its[Street],
        KeyPart.PostcodeSector => its[Sector],
        _ => its[Codes + bit - FirstCode],
    };

    private static readonly int FirstCode = BitOperations.TrailingZeroCount((uint)KeyPart.Phone);

    private static int Cell(ReadOnlySpan<int> record, int slot) => slot < record.Length ? record[slot] : 0;

    private static uint Both(uint a, uint b) => a == 0 || b == 0 ? 0 : Hash.Short(Hash.Join(Math.Min(a, b), Math.Max(a, b))) | 1;

    /// <summary>How a name sounds, if it is more than an initial, and its initial.</summary>
    private (uint Sound, uint Initial) Named(int name)
    {
        if (name == 0)
        {
            return default;
        }

        ref readonly var sketch = ref names.Sketch(name);
        return (sketch.Length == 1 ? 0 : sketch.Sound, sketch.First);
    }

    /// <summary>Hashes of a pool's texts, without so many letters at their ends; 0 for a text that is then empty.</summary>
    public static uint[] Hashes(TextPool<char> pool, int but = 0)
    {
        var hashes = new uint[pool.Count];
        for (var id = 1; id < hashes.Length; id++)
        {
            hashes[id] = pool[id].Length <= but ? 0 : Hash.Short(Hash.Of(pool[id][..^but])) | 1;
        }

        return hashes;
    }
}
