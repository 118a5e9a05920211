using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsvHelper;
using TfFlow.Programme.Extracts;

namespace TfFlow.Bench;

/// <summary>Validating an extract of twenty columns, cross-row rules on, against a bare CsvHelper pass that reads every field as a string: same file, same run.</summary>
internal static class ValidationBench
{
    private const string Specification = """
        dataset: bench
        version: 1
        title: Twenty columns
        source: ours
        refusals: { max_percent: 0 }
        unique: [surname, forenames, date_of_birth, address, postcode, offence_date]
        nda: ours
        columns:
          - { name: role, header: Role, type: code, codes: { perpetrator: [P], other: [O] }, required: true, role: check, sensitivity: sensitive, description: d, example: P, source: ours }
          - { name: offence_date, header: Offence date, type: date, required: true, role: indicator, sensitivity: sensitive, description: d, example: 01/01/2013, source: ours }
          - { name: total, header: Total, type: whole-number, required: true, role: indicator, sensitivity: sensitive, description: d, example: "1", source: ours }
          - { name: month_<n>, repeat: 12, header: Month <n>, type: whole-number, required: true, role: indicator, sensitivity: sensitive, description: d, example: "1", source: ours }
        rules:
          - { rule: sum, total: total, of: ["month_<n>"] }
          - { rule: window, column: offence_date, months: 12 }
          - { rule: order, earlier: date_of_birth, later: offence_date }
        """;

    /// <remarks>Two files: one of values that come again and again, one in which hardly a name, a date or an address comes twice.</remarks>
    public static async Task<int> RunAsync(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var specification = SpecificationParser.Parse("bench.yaml", new StringReader(Specification));
        return await IsFastAsync(specification, rows, distinct: false) & await IsFastAsync(specification, rows, distinct: true) ? 0 : 1;
    }

    private static async Task<bool> IsFastAsync(DatasetSpecification specification, int rows, bool distinct)
    {
        var file = Path.Combine(Path.GetTempPath(), $"validation-{Environment.ProcessId}.csv");
        try
        {
            Generate(file, rows, distinct);
            Console.WriteLine($"{rows:N0} rows of {specification.Columns.Count} columns, {(distinct ? "distinct" : "repeated")} values, {new FileInfo(file).Length / 1048576.0:N0} MiB");
            var before = Peak();
            var (bare, validating) = (new List<Cost>(), new List<Cost>());
            for (var round = 1; round <= 11; round++)
            {
                var allocated = GC.GetTotalAllocatedBytes();
                var checking = await MeasureAsync(() => ValidateAsync(file, specification, rows));
                allocated = GC.GetTotalAllocatedBytes() - allocated;
                if (round == 1)
                {
                    Console.WriteLine($"peak working set while validating: {Peak() / 1048576.0:N0} MiB ({before / 1048576.0:N0} MiB before it); {(double)allocated / rows:N1} bytes allocated a row");
                }

                var reading = await MeasureAsync(() => Task.Run(() => Read(file, rows)));
                Console.WriteLine($"round {round}: bare {reading}, validating {checking}, ratio of processor time {checking.Processor / reading.Processor:N2}{(round == 1 ? " (warming up, not counted)" : "")}");
                if (round > 1)
                {
                    bare.Add(reading);
                    validating.Add(checking);
                }
            }

            // Processor time, since other work on the machine stretches the elapsed time of either; the two of one round are neighbours in time.
            var ratios = bare.Zip(validating, (reading, checking) => checking.Processor / reading.Processor).Order().ToList();
            var (median, all) = (ratios[ratios.Count / 2], Sum(validating) / Sum(bare));
            Console.WriteLine($"ratio of processor time, validating to bare: median of {ratios.Count} rounds {median:N2}, of all rounds together {all:N2} (at most 3)");
            return all <= 3;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<Cost> MeasureAsync(Func<Task> act)
    {
        using var process = Process.GetCurrentProcess();
        var (watch, processor) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        await act();
        process.Refresh();
        return new Cost(watch.Elapsed, process.TotalProcessorTime - processor);
    }

    private static async Task ValidateAsync(string file, DatasetSpecification specification, int rows)
    {
        await using var stream = File.OpenRead(file);
        var accepted = 0L;
        var outcome = await ExtractReader.ReadAsync(stream, specification, new() { AsOf = new(2013, 10, 31) }, (_, _) =>
        {
            accepted++;
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        if (outcome.State != ExtractState.Accepted || accepted != rows)
        {
            throw new InvalidOperationException($"{outcome.State}: {string.Join(", ", outcome.Counts)}");
        }
    }

    private static void Read(string file, int rows)
    {
        using var stream = File.OpenRead(file);
        using var reader = CsvReader.Create(stream, new CsvReaderOptions { Separator = ',' });
        var (read, characters) = (0, 0L);
        while (reader.Read())
        {
            read++;
            for (var i = 0; i < reader.FieldCount; i++)
            {
                characters += reader.GetString(i).Length;
            }
        }

        if (read != rows || characters == 0)
        {
            throw new InvalidOperationException("The bare pass read something else.");
        }
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    // Every row another person; every seventh address quoted for its comma.
    // Where asked for, hardly a name, a date or an address comes twice.
    private static void Generate(string file, int rows, bool distinct)
    {
        string[] surnames = ["Marlowe", "O'Hara-Quince", "Featherby", "Ngozi-Bright", "Lindqvist", "Przybyla", "Achterberg", "Vane"];
        string[] forenames = ["Edith Anne", "Tobias", "Mairéad", "Zoë", "Ottoline", "Kwabena", "Ifor", "Saoirse"];
        using var text = new StreamWriter(file, append: false, new UTF8Encoding(false), 1 << 16);
        text.WriteLine("Surname,Forenames,Date of birth,Address,Postcode,Role,Offence date,Total," + string.Join(',', Enumerable.Range(1, 12).Select(n => $"Month {n}")));
        for (var i = 0; i < rows; i++)
        {
            var street = distinct ? $"{i % 199 + 1} {Letters(i * 7919L)} Road" : $"{i % 199 + 1} Wharf Street";
            var (surname, forename, day) = distinct ? (Letters(i), Letters(i * 31L), i * 37 % 10_000) : (surnames[i % 8], forenames[i / 8 % 8], i);
            text.Write($"{surname},{forename},{day % 28 + 1:00}/{day % 12 + 1:00}/{1950 + day % 50},");
            text.Write(i % 7 == 0 ? $"\"{street}, Leicester\"," : $"{street},");
            text.Write($"LE{i % 9 + 1} {i / 9 % 9}{(char)('A' + (distinct ? i / 7 : i) % 2)}{"ABDEFGHJ"[(distinct ? i / 3 : i) % 8]},P,{i / 3 % 28 + 1:00}/{i % 9 + 1:00}/2013,{12 * (i % 3)}");
            for (var month = 0; month < 12; month++)
            {
                text.Write(',');
                text.Write(i % 3);
            }

            text.WriteLine();
        }
    }

    private static string Letters(long number)
    {
        var letters = new char[8];
        for (var at = 0; at < letters.Length; at++, number /= 26)
        {
            letters[at] = (char)((at == 0 ? 'A' : 'a') + (number % 26));
        }

        return new(letters);
    }

    private static TimeSpan Sum(List<Cost> costs) => costs.Aggregate(TimeSpan.Zero, (sum, cost) => sum + cost.Processor);

    private sealed record Cost(TimeSpan Elapsed, TimeSpan Processor)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Processor.TotalSeconds:N3} s ({Elapsed.TotalSeconds:N3} s elapsed)");
    }
}
