using System.Text.Json;
using System.Text.Json.Serialization;

namespace TfFlow.Linkage;

/// <summary>A <see cref="LinkageModel"/> as JSON.</summary>
public static class ModelJson
{
    private const int Version = 2;

    /// <summary>Writes a model. It holds no value of any record.</summary>
    public static void Write(Stream stream, LinkageModel model)
    {
        var stored = new Stored
        {
            Version = Version,
            Priors = Enum.GetValues<Relation>().ToDictionary(r => r, r => model.Priors[(int)r]),
            Fields = Enum.GetValues<Field>().ToDictionary(f => f, f => Rows(model.Table(f))),
            TermFrequency = Rows(model.TermFrequency),
            StrangerNames = Rows(model.StrangerNames),
        };
        JsonSerializer.Serialize(stream, stored, ModelJsonContext.Default.Stored);
    }

    /// <param name="stream">What <see cref="Write"/> wrote.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="LinkageDataException">It is no model of this version.</exception>
    public static LinkageModel Read(Stream stream, string name)
    {
        try
        {
            var stored = JsonSerializer.Deserialize(stream, ModelJsonContext.Default.Stored);
            if (stored is { Version: Version })
            {
                return new(
                    [.. Enum.GetValues<Relation>().Select(r => stored.Priors[r])],
                    [.. Enum.GetValues<Field>().Select(f => Table(stored, f))],
                    Table(stored.TermFrequency, 2, 16),
                    Table(stored.StrangerNames, 16, 16));
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException)
        {
            throw Refused(name);
        }

        throw Refused(name);
    }

    private static LinkageDataException Refused(string name) => new($"{name} is not a linkage model of version {Version}. Remove it to learn a new one.");

    private static double[][] Rows(double[,] table) =>
        [.. Enumerable.Range(0, table.GetLength(0)).Select(r => Enumerable.Range(0, table.GetLength(1)).Select(c => table[r, c]).ToArray())];

    /// <summary>What a model says of a field; of one that models did not have when it was written, the default.</summary>
    private static double[,] Table(Stored stored, Field field) =>
        field is Field.BirthPlace or Field.Occupation && !stored.Fields.ContainsKey(field) ? DefaultModel.Create(1, 1).Table(field)
        : Table(stored.Fields[field], Relations.Count, 1 << Levels.Bits[(int)field]);

    private static double[,] Table(double[][] rows, int height, int width)
    {
        var table = new double[height, width];
        for (var r = 0; r < height; r++)
        {
            for (var c = 0; c < width; c++)
            {
                table[r, c] = rows.Length == height && rows[r].Length == width ? rows[r][c] : throw new FormatException();
            }
        }

        return table;
    }

    internal sealed record Stored
    {
        public required int Version { get; init; }

        public required Dictionary<Relation, double> Priors { get; init; }

        /// <summary>For each field a row a relation, a column a level.</summary>
        public required Dictionary<Field, double[][]> Fields { get; init; }

        public required double[][] TermFrequency { get; init; }

        public required double[][] StrangerNames { get; init; }
    }
}

[JsonSerializable(typeof(ModelJson.Stored))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
