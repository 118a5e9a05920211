// One line a benchmark: name, what it prints. `dotnet run -c Release --project tests/Bench -- NAME [ARG …]`
var benchmarks = new SortedDictionary<string, Func<string[], Task<int>>>(StringComparer.Ordinal);
benchmarks.Add("linkage-quality", TfFlow.Bench.LinkageQuality.Run);

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    Console.Error.WriteLine($"Name a benchmark: {string.Join(", ", benchmarks.Keys)}");
    return 2;
}

return await benchmark(args[1..]);
