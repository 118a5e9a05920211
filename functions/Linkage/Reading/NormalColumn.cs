using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>Which vocabulary a column's values go to.</summary>
internal enum NormalKind
{
    Names,
    Places,
    Codes,
}

/// <summary>A column with each distinct value normalised.</summary>
internal sealed class NormalColumn(RawColumn raw)
{
    public ColumnRole Role { get; } = raw.Role;

    /// <summary>Whether some value was read as Windows-1252.</summary>
    public bool OfWindows { get; private set; }

    public ReadOnlySpan<int> Rows => CollectionsMarshal.AsSpan(raw.Rows);

    /// <summary>By the number of the value as read: a name, code, date or sex; of a full name, the given name.</summary>
    public int[] First { get; private set; } = [];

    /// <summary>The middle name, where one was written with the given name.</summary>
    public int[] Second { get; private set; } = [];

    /// <summary>The surname of a full name.</summary>
    public int[] Third { get; private set; } = [];

    public AddressParts[] Address { get; private set; } = [];

    public NormalKind Kind { get; } = raw.Role switch
    {
        ColumnRole.GivenName or ColumnRole.MiddleName or ColumnRole.Surname or ColumnRole.PreviousSurname or ColumnRole.FullName => NormalKind.Names,
        ColumnRole.Address or ColumnRole.Flat or ColumnRole.HouseNumber or ColumnRole.Street or ColumnRole.Town or ColumnRole.County or ColumnRole.Postcode => NormalKind.Places,
        _ => NormalKind.Codes,
    };

    public int LastSlot { get; } = raw.Role switch
    {
        ColumnRole.GivenName => Slot.Middle,
        ColumnRole.MiddleName => Slot.Middle,
        ColumnRole.Surname or ColumnRole.FullName => Slot.Surname,
        ColumnRole.PreviousSurname => Slot.Previous,
        ColumnRole.BirthDate or ColumnRole.BirthDay or ColumnRole.BirthMonth or ColumnRole.BirthYear => Slot.Birth,
        ColumnRole.Sex or ColumnRole.Title => Slot.Sex,
        ColumnRole.Phone => Slot.Phone,
        ColumnRole.Email => Slot.Email,
        ColumnRole.Uprn => Slot.Uprn,
        ColumnRole.NhsNumber => Slot.Nhs,
        ColumnRole.Nino => Slot.Nino,
        ColumnRole.Upn => Slot.Upn,
        ColumnRole.OtherNumber => Slot.Other,
        ColumnRole.BirthPlace => Slot.BirthPlace,
        ColumnRole.Occupation => Slot.Occupation,
        _ => Slot.Postcode,
    };

    /// <summary>Gives the parts of addresses the numbers they have in another vocabulary.</summary>
    /// <param name="places">By number in this column's.</param>
    /// <param name="postcodes">By number in this column's.</param>
    public void Renumber(int[] places, int[] postcodes)
    {
        foreach (ref var address in Address.AsSpan())
        {
            address = new(Code(address.Flat), Code(address.Number), places[address.Street], places[address.Name], places[address.Town], postcodes[address.Postcode]);
        }

        int Code(int code) => code < 0 ? -places[-code] : code;
    }

    /// <summary>Normalises every distinct value.</summary>
    public void Normalise(Vocabulary vocabulary)
    {
        var count = raw.Values.Count;
        if (Kind == NormalKind.Places)
        {
            Address = new AddressParts[count];
            var parser = new AddressParser(vocabulary.Places, vocabulary.Postcodes);
            Each((id, text) => Address[id] = Role switch
            {
                ColumnRole.Address or ColumnRole.Street or ColumnRole.HouseNumber or ColumnRole.Town when Fillers.IsAddress(text) => default,
                ColumnRole.Address => parser.Parse(text),
                ColumnRole.Street => parser.ParseStreet(text),
                ColumnRole.HouseNumber => parser.ParseHouse(text),
                ColumnRole.Flat => new(parser.ParseFlat(text), 0, 0, 0, 0, 0),
                ColumnRole.Postcode => new(0, 0, 0, 0, 0, parser.PostcodeOf(text)),
                _ => new(0, 0, 0, 0, parser.Town(text), 0),
            });
            return;
        }

        First = new int[count];
        if (Kind == NormalKind.Names)
        {
            Second = new int[count];
            Third = new int[count];
            var splitter = new NameSplitter(vocabulary.Names, Role == ColumnRole.FullName ? Surnames() : _ => false);
            Each((id, text) => (First[id], Second[id], Third[id]) = Fillers.IsName(text) ? default : Role switch
            {
                ColumnRole.FullName => splitter.Full(text),
                ColumnRole.GivenName or ColumnRole.MiddleName => splitter.Given(text),
                _ => (vocabulary.Names.AddSurname(text), 0, 0),
            });
            return;
        }

        if (Role == ColumnRole.BirthDate)
        {
            var all = new string[count];
            Each((id, text) => all[id] = text);
            var layout = BirthDate.Layouts(all.Skip(1));
            Each((id, text) => First[id] = unchecked((int)BirthDate.Parse(text, layout)));
            return;
        }

        Each((id, text) => First[id] = Codes.Normalise(Role, text, vocabulary));
    }

    /// <summary>A name alone is a surname where others are written "Surname, Given", or where it is so oftener than not in names of several words.</summary>
    private Func<string, bool> Surnames()
    {
        var commas = 0;
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        Each((_, text) =>
        {
            if (text.Contains(',', StringComparison.Ordinal))
            {
                commas++;
            }
            else if (NameSplitter.Words(text) is [var first, .., var last])
            {
                ends[first] = ends.GetValueOrDefault(first) - 1;
                ends[last] = ends.GetValueOrDefault(last) + 1;
            }
        });
        return commas * 2 > raw.Values.Count ? _ => true : word => ends.GetValueOrDefault(word) > 0;
    }

    private void Each(Action<int, string> act)
    {
        for (var id = 1; id < raw.Values.Count; id++)
        {
            act(id, RawTable.Decode(raw.Values[id], out var windows));
            OfWindows |= windows;
        }
    }
}
