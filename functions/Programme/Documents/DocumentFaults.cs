namespace TfFlow.Programme.Documents;

/// <summary>Everything that is wrong with some documents, each fault once, by file and line.</summary>
public sealed class DocumentFaults
{
    private readonly Dictionary<string, DocumentException> faults = new(StringComparer.Ordinal);

    public IReadOnlyList<DocumentException> All =>
        [.. faults.Values.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line).ThenBy(fault => fault.Problem, StringComparer.Ordinal)];

    public bool Any => faults.Count > 0;

    public void Add(DocumentException fault) => faults.TryAdd(fault.Message, fault);

    /// <summary>Reads something; what stops the reading is a fault too.</summary>
    /// <returns><c>null</c> when it was stopped.</returns>
    internal T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (DocumentException fault)
        {
            Add(fault);
        }
        catch (Exception e) when (Any && e is not OutOfMemoryException)
        {
            // What was read in place of something faulty led astray: the fault is told already.
        }

        return null;
    }
}
