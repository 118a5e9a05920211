using System.Buffers;
using System.Text;

namespace TfFlow.Programme.Extracts;

/// <summary>Some columns of a row as bytes: for each, its length as LEB128 and its UTF-8. Facts and persons are written and read in this form.</summary>
/// <remarks>The order is that of <see cref="DatasetSpecification.IdentityColumns"/> or <see cref="DatasetSpecification.IndicatorColumns"/> of the
/// specification's id and version, which the caller keeps beside the records.</remarks>
public static class FieldRecord
{
    public static void Write(ExtractRow row, IReadOnlyList<int> columns, IBufferWriter<byte> into)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var value = row[columns[i]];
            var destination = into.GetSpan(value.Length + 5);
            var length = 0;
            for (var rest = (uint)value.Length; ; rest >>= 7)
            {
                destination[length++] = (byte)(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
                if (rest < 0x80)
                {
                    break;
                }
            }

            value.CopyTo(destination[length..]);
            into.Advance(length + value.Length);
        }
    }

    /// <summary>The values, in the order they were written; empty for blank.</summary>
    /// <exception cref="FormatException">Not a record of so many fields.</exception>
    public static string[] Read(ReadOnlySpan<byte> record, int fields)
    {
        var values = new string[fields];
        for (var i = 0; i < fields; i++)
        {
            values[i] = Encoding.UTF8.GetString(Next(ref record));
        }

        return record.IsEmpty ? values : throw new FormatException($"The record has more than {fields} fields.");
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> record)
    {
        var (length, shift, at) = (0L, 0, 0);
        do
        {
            if (at == record.Length || at == 5)
            {
                throw new FormatException("The record ends within a field.");
            }

            length |= (long)(record[at] & 0x7F) << shift;
            shift += 7;
        }
        while (record[at++] >= 0x80);

        if (length > record.Length - at)
        {
            throw new FormatException("The record ends within a field.");
        }

        var value = record.Slice(at, (int)length);
        record = record[(at + (int)length)..];
        return value;
    }
}
