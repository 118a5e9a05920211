using System.Buffers.Binary;

namespace TfFlow.Linkage;

/// <summary>Turns files as read into records: each distinct value is normalised once, each row then is a few look-ups.</summary>
internal sealed class RecordsBuilder(Vocabulary vocabulary, Work work)
{
    /// <summary>Builds the records of all files over one vocabulary.</summary>
    public Records[] Build(IReadOnlyList<RawTable> tables)
    {
        var columns = tables.Select(t => t.Columns.Select(c => new NormalColumn(c)).ToArray()).ToArray();
        Normalise(columns);
        for (var i = 0; i < tables.Count; i++)
        {
            if (Array.Exists(columns[i], c => c.OfWindows))
            {
                tables[i].Notes.Add($"{tables[i].Name}: not all of it is UTF-8; what is not was read as Windows-1252, as Excel's CSV is.");
            }
        }

        var stride = 1 + columns.SelectMany(c => c).Select(c => c.LastSlot).Append(Slot.Both).Max();
        var records = new Records[tables.Count];
        var repeated = new int[tables.Count];
        Parallel.For(0, tables.Count, work.Parallel, i => records[i] = Assemble(tables[i], columns[i], stride, tables.Count == 1 ? 3 : 2, out repeated[i]));
        if (Array.FindIndex(repeated, row => row >= 0) is >= 0 and var file)
        {
            throw tables[file].Repeats(repeated[file]);
        }

        vocabulary.ChildrenFrom = ChildrenFrom(records);
        vocabulary.Names.Bearers = Bearers(records, vocabulary.Names.Count);
        NamesTogether.Number(records, vocabulary.Names.Count);
        return records;
    }

    /// <summary>Names, places and codes have vocabularies of their own, so each kind is worked by one thread, files in turn. Places are the longest work: there each file has a thread and a vocabulary.</summary>
    private void Normalise(NormalColumn[][] columns)
    {
        var ofFile = columns.Select((_, file) => file == 0 ? vocabulary : new()).ToArray();
        var all = columns.SelectMany(c => c).ToArray();
        Parallel.Invoke(work.Parallel, [.. columns.Select((its, file) => Each(its, NormalKind.Places, ofFile[file])), Each(all, NormalKind.Names, vocabulary), Each(all, NormalKind.Codes, vocabulary)]);
        for (var file = 1; file < columns.Length; file++)
        {
            var (places, postcodes) = (vocabulary.Places.Join(ofFile[file].Places), vocabulary.Postcodes.Join(ofFile[file].Postcodes));
            foreach (var column in columns[file].Where(c => c.Kind == NormalKind.Places))
            {
                column.Renumber(places, postcodes);
            }
        }
    }

    private static Action Each(NormalColumn[] columns, NormalKind kind, Vocabulary words) => () => Array.ForEach(Array.FindAll(columns, c => c.Kind == kind), c => c.Normalise(words));

    /// <summary>By the year after which one in a thousand was born, and in small files three: the last years hold slips too.</summary>
    private static uint ChildrenFrom(Records[] files)
    {
        const int Adult = 18;
        var (years, all) = (new int[10_000], 0);
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                if (unchecked((uint)file.Cell(record, Slot.Birth)) is var date and not 0 && BirthDate.Year(date) is >= 1850 and < 2200 and var year)
                {
                    years[year]++;
                    all++;
                }
            }
        }

        var (last, after) = (years.Length - 1, 0);
        var slips = Math.Max(all / 1000, Math.Min(3, all / 20));
        while (last > 0 && (after += years[last]) <= slips)
        {
            last--;
        }

        return all == 0 ? uint.MaxValue : BirthDate.Pack(last - Adult + 1, 1, 1);
    }

    private static int[] Bearers(Records[] files, int names)
    {
        var bearers = new int[names];
        foreach (var file in files)
        {
            for (var record = 0; record < file.Count; record++)
            {
                bearers[file.Cell(record, Slot.Given)]++;
            }
        }

        return bearers;
    }

    private Records Assemble(RawTable table, NormalColumn[] columns, int stride, int bearers, out int repeated)
    {
        var order = Order(table.Ids, out repeated);
        var places = Places(columns, order);
        var cells = new AlignedRows<int>(table.RowCount, stride);
        var hasTown = columns.Any(c => c.Role == ColumnRole.Town);
        var records = new int[order.Length];
        for (var record = 0; record < records.Length; record++)
        {
            records[order[places[record]]] = record;
        }

        // By row of the file, as the columns stand, each to the record it becomes.
        for (var from = 0; from < records.Length; from++)
        {
            var row = cells[records[from]];
            var address = default(AddressParts);
            uint day = 0, month = 0, year = 0;
            foreach (var column in columns)
            {
                var value = column.Rows[from];
                if (value == 0)
                {
                    continue;
                }

                switch (column.Kind)
                {
                    case NormalKind.Places:
                        address = column.Role is ColumnRole.Address ? address.Then(column.Address[value]) : Merge(address, column.Address[value], column.Role, row);
                        break;
                    case NormalKind.Names:
                        Names(row, column, value);
                        break;
                    default:
                        switch (column.Role)
                        {
                            case ColumnRole.BirthDay:
                                day = (uint)column.First[value];
                                break;
                            case ColumnRole.BirthMonth:
                                month = (uint)column.First[value];
                                break;
                            case ColumnRole.BirthYear:
                                year = (uint)column.First[value];
                                break;
                            case ColumnRole.Title:
                                row[Slot.Sex] = row[Slot.Sex] == 0 ? column.First[value] : row[Slot.Sex];
                                break;
                            case ColumnRole.Phone when row[Slot.Phone] != 0:
                                row[Slot.OtherPhone] = row[Slot.OtherPhone] == 0 ? column.First[value] : row[Slot.OtherPhone];
                                break;
                            case ColumnRole.Sex:
                                row[Slot.Sex] = column.First[value] == 0 ? row[Slot.Sex] : column.First[value];
                                break;
                            default:
                                row[column.LastSlot] = column.First[value];
                                break;
                        }

                        break;
                }
            }

            if (year != 0 && row[Slot.Birth] == 0)
            {
                row[Slot.Birth] = unchecked((int)((year << 16) | ((month == 0 ? 0xFF : month) << 8) | (day == 0 ? 0xFF : day)));
            }

            Place(row, address, hasTown);
        }

        FileFillers.Blank(cells, vocabulary.Names, bearers);
        return new(table.Name, table.Ids, order, places, cells);
    }

    /// <summary>The places in the order of ids such that one postcode's stand together.</summary>
    private int[] Places(NormalColumn[] columns, int[] order)
    {
        var postcodes = KeyMaker.Hashes(vocabulary.Postcodes);
        var ofRow = new uint[order.Length];
        foreach (var column in columns.Where(c => c.Kind == NormalKind.Places))
        {
            var rows = column.Rows;
            for (var row = 0; row < rows.Length; row++)
            {
                ofRow[row] = column.Address[rows[row]].Postcode is not 0 and var postcode ? postcodes[postcode] : ofRow[row];
            }
        }

        var sorted = KeyIndex.Of(order.Length, place => ofRow[order[place]] | 1);
        var places = new int[order.Length];
        for (var record = 0; record < places.Length; record++)
        {
            places[record] = sorted.Record(record);
        }

        return places;
    }

    private static AddressParts Merge(AddressParts address, AddressParts next, ColumnRole role, Span<int> row)
    {
        switch (role)
        {
            case ColumnRole.Town:
                row[Slot.Town] = next.Town;
                return address;
            case ColumnRole.County:
                row[Slot.Town] = row[Slot.Town] == 0 ? next.Town : row[Slot.Town];
                return address;
            case ColumnRole.Postcode:
                row[Slot.Postcode] = next.Postcode;
                return address;
            default:
                return new(
                    address.Flat != 0 ? address.Flat : next.Flat,
                    address.Number != 0 ? address.Number : next.Number,
                    role == ColumnRole.Street && next.Street != 0 ? next.Street : address.Street != 0 ? address.Street : next.Street,
                    address.Name != 0 ? address.Name : next.Name,
                    address.Town,
                    address.Postcode);
        }
    }

    private static void Place(Span<int> row, AddressParts address, bool hasTown)
    {
        if (row.Length <= Slot.Flat)
        {
            return;
        }

        row[Slot.Flat] = address.Flat;
        row[Slot.Number] = address.Number;
        row[Slot.Street] = address.Street;
        row[Slot.Name] = address.Name;
        if (row[Slot.Town] == 0)
        {
            row[Slot.Town] = address.Town;
        }
        else if (address.Name == 0 && hasTown)
        {
            row[Slot.Name] = address.Town;
        }

        if (row[Slot.Postcode] == 0)
        {
            row[Slot.Postcode] = address.Postcode;
        }
    }

    private static void Names(Span<int> row, NormalColumn column, int value)
    {
        if (column.Role is ColumnRole.Surname or ColumnRole.PreviousSurname or ColumnRole.MiddleName)
        {
            row[column.LastSlot] = column.First[value];
            return;
        }

        row[Slot.Given] = column.First[value];
        row[Slot.Middle] = row[Slot.Middle] == 0 ? column.Second[value] : row[Slot.Middle];
        if (column.Role == ColumnRole.FullName)
        {
            row[Slot.Surname] = row[Slot.Surname] == 0 ? column.Third[value] : row[Slot.Surname];
        }
    }

    /// <summary>Rows by ordinal order of their ids.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="repeated">The first row whose id an earlier one has, or −1.</param>
    private static int[] Order(IdList ids, out int repeated)
    {
        var order = new int[ids.Count];
        var keys = new ulong[ids.Count];
        var (sorted, last) = (true, 0UL);
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
            var key = Prefix(ids[row]);
            sorted &= key >= last;
            keys[row] = last = key;
        }

        if (!sorted)
        {
            Array.Sort(keys, order);
        }

        repeated = int.MaxValue;
        var comparer = Comparer<int>.Create((a, b) => ids[a].SequenceCompareTo(ids[b]) is not 0 and var unlike ? unlike : a.CompareTo(b));
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && keys[to] == keys[from]; to++)
            {
            }

            if (to - from > 1)
            {
                Array.Sort(order, from, to - from, comparer);
            }

            for (var at = from + 1; at < to; at++)
            {
                repeated = order[at] < repeated && ids[order[at]].SequenceEqual(ids[order[at - 1]]) ? order[at] : repeated;
            }
        }

        repeated = repeated == int.MaxValue ? -1 : repeated;
        return order;
    }

    /// <summary>The first eight bytes as a number in their order.</summary>
    private static ulong Prefix(ReadOnlySpan<byte> id)
    {
        if (id.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(id);
        }

        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        id.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}
