using System.Runtime.ExceptionServices;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>Finds which records of two files, or of one, are the same person. Nothing is kept between calls.</summary>
public static class RecordLinkage
{
    /// <summary>Links two files.</summary>
    /// <exception cref="LinkageDataException">A file cannot be linked; the message says why.</exception>
    public static LinkageResult Link(LinkageInput left, LinkageInput right, LinkageOptions options, Action<LinkageProgress>? progress = null, CancellationToken cancelled = default) =>
        Link(work => Read([left, right], work), options, Work.With(options.Threads, progress, cancelled));

    /// <summary>Links two sets of records.</summary>
    /// <exception cref="LinkageDataException">Ids are empty or repeat within a set.</exception>
    public static LinkageResult Link(IReadOnlyCollection<PersonRecord> left, IReadOnlyCollection<PersonRecord> right, LinkageOptions options, CancellationToken cancelled = default) =>
        Link(_ => [RawTable.Of(left, "left"), RawTable.Of(right, "right")], options, Work.With(options.Threads, null, cancelled));

    /// <summary>Finds the duplicates of one file.</summary>
    /// <exception cref="LinkageDataException">The file cannot be linked; the message says why.</exception>
    public static LinkageResult Dedupe(LinkageInput file, LinkageOptions options, Action<LinkageProgress>? progress = null, CancellationToken cancelled = default) =>
        Link(work => Read([file], work), options, Work.With(options.Threads, progress, cancelled));

    /// <summary>Finds the duplicates in a set of records.</summary>
    /// <exception cref="LinkageDataException">Ids are empty or repeat.</exception>
    public static LinkageResult Dedupe(IReadOnlyCollection<PersonRecord> records, LinkageOptions options, CancellationToken cancelled = default) =>
        Link(_ => [RawTable.Of(records, "records")], options, Work.With(options.Threads, null, cancelled));

    /// <summary>Says why two records of two files are linked or not, as <see cref="Link(LinkageInput, LinkageInput, LinkageOptions, Action{LinkageProgress}?, CancellationToken)"/> sees it.</summary>
    /// <param name="left">A file.</param>
    /// <param name="right">Another; null for the first against itself.</param>
    /// <param name="pair">Ids of the two records.</param>
    /// <param name="options">As the linkage was or would be run.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancelled">Stops it.</param>
    /// <exception cref="LinkageDataException">A file cannot be linked, or has no such record.</exception>
    public static Explanation Explain(
        LinkageInput left,
        LinkageInput? right,
        (string Left, string Right) pair,
        LinkageOptions options,
        Action<LinkageProgress>? progress = null,
        CancellationToken cancelled = default)
    {
        var work = Work.With(options.Threads, progress, cancelled);
        var prepared = Prepare(Read(right is null ? [left] : [left, right], work), work);
        var (one, other) = (prepared.Records[0], prepared.Records[^1]);
        var (l, r) = (Place(one, pair.Left), Place(other, pair.Right));
        if (right is null && l > r)
        {
            (l, r) = (r, l);
        }

        var scored = prepared.Linker.Run(options.Model, Decided(options, one, other));
        return new Explainer(prepared.Vocabulary, one, other, prepared.Linker, scored).Explain(l, r);
    }

    /// <summary>Links, and writes what was found and what it rests on as one HTML page with charts: files and figures, weights by level, expected precision and recall by threshold, records that no link could reach, and a pair's weights.</summary>
    /// <param name="page">Where to; UTF-8.</param>
    /// <param name="left">A file.</param>
    /// <param name="right">Another; null for the first against itself.</param>
    /// <param name="pair">Ids of two records whose weights are shown; null for none. The page then holds what the two say: personal data.</param>
    /// <param name="options">As for linking.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancelled">Stops it.</param>
    /// <exception cref="LinkageDataException">A file cannot be linked, or has no such record.</exception>
    public static void WriteReport(
        Stream page,
        LinkageInput left,
        LinkageInput? right,
        (string Left, string Right)? pair,
        LinkageOptions options,
        Action<LinkageProgress>? progress = null,
        CancellationToken cancelled = default)
    {
        var work = Work.With(options.Threads, progress, cancelled);
        var prepared = Prepare(Read(right is null ? [left] : [left, right], work), work);
        var (one, other) = (prepared.Records[0], prepared.Records[^1]);
        var (result, scored) = Decide(prepared, options);
        var why = pair is { } ids ? new Explainer(prepared.Vocabulary, one, other, prepared.Linker, scored).Explain(Place(one, ids.Left), Place(other, ids.Right)) : null;
        var scorer = new Scorer(prepared.Linker.Table(scored.Model), prepared.Vocabulary, one.Stride);
        var reach = Enumerable.Range(0, one.Count).Select(r => 1 / (1 + Math.Exp(-(double)scorer.LogOdds(one[r], one[r], HouseholdAgreement.Unknown)))).Order().ToArray();
        var comparer = new PairComparer(prepared.Vocabulary, one.Stride);
        var held = prepared.Records.Select(file => Enumerable.Range(0, file.Count).Aggregate(0UL, (levels, r) => levels | comparer.Compare(file[r], file[r]))).ToArray();
        new ReportPage(result, scored, reach, Both(held[0], held[^1]), why).Write(page);
    }

    /// <summary>Adds new records to a population whose records are grouped into people already.</summary>
    /// <exception cref="LinkageDataException">A file cannot be linked, or no model is given.</exception>
    public static LinkedPopulation Extend(
        LinkageInput population,
        IReadOnlyDictionary<string, string> clusters,
        LinkageInput additions,
        LinkageOptions options,
        Action<LinkageProgress>? progress = null,
        CancellationToken cancelled = default)
    {
        if (options.Model is null)
        {
            throw new LinkageDataException("Adding to a linked population needs the model it was linked by: give the file that the first run wrote with --model.");
        }

        var work = Work.With(options.Threads, progress, cancelled);
        var vocabulary = new Vocabulary();
        var records = new RecordsBuilder(vocabulary, work).Build(Read([population, additions], work));
        return new Extender(vocabulary, records[0], records[1], clusters, options, work).Run();
    }

    /// <summary>The fields that are not silent in either.</summary>
    private static ulong Both(ulong left, ulong right)
    {
        var both = 0UL;
        foreach (var field in Enum.GetValues<Field>())
        {
            both |= Levels.Pack(field, Math.Min(Levels.Of(left, field), Levels.Of(right, field)));
        }

        return both;
    }

    private static LinkageResult Link(Func<Work, RawTable[]> read, LinkageOptions options, Work work) => Decide(Prepare(read(work), work), options).Result;

    private static (LinkageResult Result, ScoredPairs Scored) Decide(Prepared prepared, LinkageOptions options)
    {
        var (left, right) = (prepared.Records[0], prepared.Records[^1]);
        var decided = Decided(options, left, right);
        var scored = prepared.Linker.Run(options.Model, decided);
        var scorer = new Scorer(prepared.Linker.Table(scored.Model), prepared.Vocabulary, left.Stride);
        LinkageResult Result(List<LinkedPair> pairs, List<LinkedPair> doubts, double threshold, int[]? clusters) =>
            new(left, right, pairs, doubts, scored.Model, Reporter.Report(prepared.Files, prepared.Linker, pairs, scored, threshold), clusters, options.Threads);
        if (prepared.Linker.Within)
        {
            var (pairs, clusters, threshold) = Assigner.Within(scored, options, scorer, left, decided);
            return (Result(pairs, Assigner.Doubts(scored, clusters), threshold, clusters), scored);
        }
        else
        {
            var (pairs, doubts, threshold) = Assigner.Between(scored, options, scorer, left, right, prepared.Linker.Work.Parallel);
            return (Result(pairs, doubts, threshold, null), scored);
        }
    }

    private sealed record Prepared(Vocabulary Vocabulary, Records[] Records, FileReport[] Files, Linker Linker);

    private static Prepared Prepare(RawTable[] tables, Work work)
    {
        work.Tell(LinkagePhase.Normalising, 0, 1);
        var files = Array.ConvertAll(tables, t => new FileReport(t.Name, t.RowCount, t.IdHeader, [.. t.Columns.Select(c => KeyValuePair.Create(c.Header, c.Role))]) { Unused = t.Unused, Notes = t.Notes });
        var vocabulary = new Vocabulary();
        var records = new RecordsBuilder(vocabulary, work).Build(tables);

        // What was read is let go of before the memory is needed for pairs.
        Array.Clear(tables);
        return new(vocabulary, records, files, new(vocabulary, records[0], records[^1], work));
    }

    private static RawTable[] Read(LinkageInput[] inputs, Work work)
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
            ExceptionDispatchInfo.Throw(first);
        }

        RefuseUnknown(inputs, tables);
        return tables;
    }

    /// <summary>A column named by the caller that no file has is a slip of the pen: what it was meant for would be compared, or left out, unseen.</summary>
    private static void RefuseUnknown(LinkageInput[] inputs, RawTable[] tables)
    {
        var headers = tables.SelectMany(t => t.Headers).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (inputs.SelectMany(i => i.Columns.Columns.Keys.Concat(i.Columns.Exclude)).Where(c => !headers.Contains(c)).Distinct().ToArray() is { Length: > 0 } unknown)
        {
            throw new LinkageDataException(
                $"{string.Join(" and ", inputs.Select(i => i.Name))}: there is no column {string.Join(", ", unknown)}. Columns are named as in the header line, whatever the case.");
        }
    }

    internal static Dictionary<(int Left, int Right), bool> Decided(LinkageOptions options, Records left, Records right)
    {
        var decided = new Dictionary<(int, int), bool>();
        foreach (var decision in options.Decisions)
        {
            var (l, r) = (left.Find(Encoding.UTF8.GetBytes(decision.Left)), right.Find(Encoding.UTF8.GetBytes(decision.Right)));
            if (l < 0 || r < 0)
            {
                // The record is gone, and the decision with it.
                continue;
            }

            decided[ReferenceEquals(left, right) && l > r ? (r, l) : (l, r)] = decision.Same;
        }

        return decided;
    }

    private static int Place(Records records, string id) => records.Find(Encoding.UTF8.GetBytes(id)) is >= 0 and var place
        ? place
        : throw new LinkageDataException($"{records.Name} has no record of that id. Ids are compared as written.");
}
