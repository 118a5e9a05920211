namespace TfFlow.Programme.Linkage;

/// <summary>Finds which records of two files, or of one, are the same person.</summary>
public static class RecordLinkage
{
    /// <summary>Links two files.</summary>
    /// <exception cref="LinkageDataException">A file cannot be linked; the message says why.</exception>
    public static LinkageResult Link(LinkageInput left, LinkageInput right, LinkageOptions options, Action<LinkageProgress>? progress = null, CancellationToken cancelled = default)
    {
        var work = Work.With(options.Threads, progress, cancelled);
        var (vocabulary, records, files) = Read([left, right], work);
        var linker = new Linker(vocabulary, records[0], records[1], work);
        var scored = linker.Run(options.Model, Decided(options, records[0], records[1]));
        var table = new ScoreTable(scored.Model, linker.Rarity);
        var (pairs, threshold) = Assigner.Between(scored, options, new Scorer(table, vocabulary, records[0].Stride), records[0], records[1]);
        return new(records[0], records[1], pairs, scored.Model, Reporter.Report(files, linker, pairs, scored, threshold), null);
    }

    /// <summary>Finds the duplicates of one file.</summary>
    /// <exception cref="LinkageDataException">The file cannot be linked; the message says why.</exception>
    public static LinkageResult Dedupe(LinkageInput file, LinkageOptions options, Action<LinkageProgress>? progress = null, CancellationToken cancelled = default)
    {
        var work = Work.With(options.Threads, progress, cancelled);
        var (vocabulary, records, files) = Read([file], work);
        var linker = new Linker(vocabulary, records[0], records[0], work);
        var scored = linker.Run(options.Model, Decided(options, records[0], records[0]));
        var table = new ScoreTable(scored.Model, linker.Rarity);
        var (pairs, clusters, threshold) = Assigner.Within(scored, options, new Scorer(table, vocabulary, records[0].Stride), records[0]);
        return new(records[0], records[0], pairs, scored.Model, Reporter.Report(files, linker, pairs, scored, threshold), clusters);
    }

    private static (Vocabulary Vocabulary, Records[] Records, FileReport[] Files) Read(LinkageInput[] inputs, Work work)
    {
        var tables = new RawTable[inputs.Length];
        var total = inputs.Sum(i => i.Stream.CanSeek ? i.Stream.Length : 0);
        var read = new long[inputs.Length];
        try
        {
            Parallel.For(0, inputs.Length, work.Parallel, i => tables[i] = RawTable.Read(inputs[i].Stream, inputs[i].Name, inputs[i].Columns, position =>
            {
                read[i] = position;
                work.Tell(LinkagePhase.Reading, read.Sum(), total);
            }));
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions is [var first, ..] && first is LinkageDataException or OperationCanceledException)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        work.Tell(LinkagePhase.Normalising, 0, 1);
        var files = Array.ConvertAll(tables, t => new FileReport(t.Name, t.RowCount, t.IdHeader, [.. t.Columns.Select(c => KeyValuePair.Create(c.Header, c.Role))]));
        var vocabulary = new Vocabulary();
        return (vocabulary, new RecordsBuilder(vocabulary, work).Build(tables), files);
    }

    private static Dictionary<(int Left, int Right), bool> Decided(LinkageOptions options, Records left, Records right)
    {
        var decided = new Dictionary<(int, int), bool>();
        foreach (var decision in options.Decisions)
        {
            var (l, r) = (left.Find(System.Text.Encoding.UTF8.GetBytes(decision.Left)), right.Find(System.Text.Encoding.UTF8.GetBytes(decision.Right)));
            if (l < 0 || r < 0)
            {
                // The record is gone, and the decision with it.
                continue;
            }

            decided[ReferenceEquals(left, right) && l > r ? (r, l) : (l, r)] = decision.Same;
        }

        return decided;
    }
}
