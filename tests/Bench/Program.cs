// One line a benchmark: name, what it prints. `dotnet run -c Release --project tests/Bench -- NAME [ARG …]`
var benchmarks = new SortedDictionary<string, Func<string[], Task<int>>>(StringComparer.Ordinal)
{
    ["cohort"] = TfFlow.Bench.CohortBench.RunAsync, // twelve accepted datasets to a prioritised cohort: time, memory, storage requests a household
    ["engine"] = TfFlow.Bench.EngineBench.RunAsync, // three-activity sequences a second on the Durable Task engine; storage requests each
    ["generalisation"] = TfFlow.Bench.GeneralisationBench.RunAsync, // the least lossy levels of a public table, and of a million rows: time, memory
    ["identification"] = TfFlow.Bench.IdentificationBench.RunAsync, // an invented authority's files to a cohort: precision, recall, every disagreement by kind
    ["intake"] = TfFlow.Bench.IntakeBench.RunAsync, // a gibibyte through a host of its own: peak memory
    ["sealing"] = TfFlow.Bench.SealingBench.RunAsync, // AES-GCM segments / one shot; sealed / raw upload; persons per second
    ["validation"] = TfFlow.Bench.ValidationBench.RunAsync,
    ["storage"] = TfFlow.Bench.StorageSpeed.RunAsync,
    ["linkage"] = TfFlow.Bench.LinkageBench.Run, // two CSV files to links: time by phase, pairs a second, peak memory, growth
    ["linkage-quality"] = TfFlow.Bench.LinkageQuality.Run,
    ["linkage-calibration"] = TfFlow.Bench.LinkageCalibration.Run, // expected against true figures, small registers
    ["linkage-coresidents"] = TfFlow.Bench.LinkageCoResidents.Run, // two people of one home taken for one: by kind, now and by an earlier build
    ["linkage-sparse"] = TfFlow.Bench.LinkageSparse.Run, // one file, few fields, several records a person
    ["workbook"] = TfFlow.Bench.WorkbookBench.RunAsync, // prepare on a large .xlsx: peak memory
    ["ledger"] = TfFlow.Bench.LedgerBench.RunAsync,
    ["erasures"] = TfFlow.Bench.ErasureBench.RunAsync, // time an erasure at 1,000, 10,000 and 100,000; ratio to deleting with the official clients
    ["key-rotation"] = TfFlow.Bench.KeyRotationBench.RunAsync, // data keys wrapped anew: seconds, with a stop on the way
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    Console.Error.WriteLine($"Name a benchmark: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}

return await benchmark(args[1..]);
