using System.Numerics;

namespace TfFlow.Linkage;

/// <summary>Blocking keys from what records say, never from where they stand in a file: the same values make the same key in any order of rows.</summary>
internal sealed class KeyMaker
{
    private readonly NameBook names;
    private readonly uint[] postcodes;
    private readonly uint[] places;
    private readonly uint[] codes;

    public KeyMaker(Vocabulary vocabulary)
    {
        names = vocabulary.Names;
        postcodes = Hashes(vocabulary.Postcodes);
        places = Hashes(vocabulary.Places);
        codes = Hashes(vocabulary.Codes);
    }

    /// <summary>The key of a record, or 0 if a part is missing.</summary>
    public uint Key(ReadOnlySpan<int> record, KeyPart parts)
    {
        var hash = (ulong)parts;
        for (var rest = (uint)parts; rest != 0; rest &= rest - 1)
        {
            var part = Part(record, (KeyPart)(1u << BitOperations.TrailingZeroCount(rest)));
            if (part == 0)
            {
                return 0;
            }

            hash = Hash.Join(hash, part);
        }

        return (uint)(hash >> 32) | 1;
    }

    private uint Part(ReadOnlySpan<int> record, KeyPart part)
    {
        switch (part)
        {
            case KeyPart.Birth:
                return Birth(record) is var date && (date & 0xFFFF) == 0xFFFF ? 0 : BirthDate.SwapFree(date);
            case KeyPart.BirthYear:
                return Birth(record) >> 16;
            case KeyPart.BirthDayMonth:
                return Birth(record) is var day && (day & 0xFFFF) is 0xFFFF or 0x0101 ? 0 : BirthDate.SwapFree(day) & 0xFFFF;
            case KeyPart.GivenSound:
                return Sound(record[Slot.Given]);
            case KeyPart.GivenInitial:
                return Initial(record[Slot.Given]);
            case KeyPart.SurnameSound:
                return Sound(Cell(record, Slot.Surname));
            case KeyPart.BothNames:
                return Both(Sound(record[Slot.Given]), Sound(Cell(record, Slot.Surname)));
            case KeyPart.BothInitials:
                return Both(Initial(record[Slot.Given]), Initial(Cell(record, Slot.Surname)));
            case KeyPart.Postcode:
                return postcodes[Cell(record, Slot.Postcode)];
            case KeyPart.HouseNumber:
                return Cell(record, Slot.Number) is var number and not 0 ? number > 0 ? (uint)number : places[-number] : places[Cell(record, Slot.Name)];
            case KeyPart.Street:
                return places[Cell(record, Slot.Street)];
            case KeyPart.Town:
                return places[Cell(record, Slot.Town)];
            default:
                return codes[Cell(record, CodeSlot(part))];
        }
    }

    private static int CodeSlot(KeyPart part) => part switch
    {
        KeyPart.Phone => Slot.Phone,
        KeyPart.Email => Slot.Email,
        KeyPart.NhsNumber => Slot.Nhs,
        KeyPart.Nino => Slot.Nino,
        KeyPart.Upn => Slot.Upn,
        KeyPart.Uprn => Slot.Uprn,
        _ => Slot.Other,
    };

    private static int Cell(ReadOnlySpan<int> record, int slot) => slot < record.Length ? record[slot] : 0;

    private static uint Birth(ReadOnlySpan<int> record) => unchecked((uint)Cell(record, Slot.Birth));

    private static uint Both(uint a, uint b) => a == 0 || b == 0 ? 0 : Hash.Short(Hash.Join(Math.Min(a, b), Math.Max(a, b))) | 1;

    private uint Sound(int name) => name == 0 || names.Sketch(name).Length == 1 ? 0 : names.Sketch(name).Sound;

    private uint Initial(int name) => name == 0 ? 0u : names.Sketch(name).First;

    private static uint[] Hashes(TextPool<char> pool)
    {
        var hashes = new uint[pool.Count];
        for (var id = 1; id < hashes.Length; id++)
        {
            hashes[id] = Hash.Short(Hash.Of(pool[id])) | 1;
        }

        return hashes;
    }
}
