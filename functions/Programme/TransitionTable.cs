using System.Text;

namespace TfFlow.Programme;

/// <summary>The allowed moves of one state machine. What is not listed is forbidden.</summary>
public sealed class TransitionTable<TState>(TState initial, params (TState From, TState To)[] moves)
    where TState : struct, Enum
{
    private readonly HashSet<(TState, TState)> allowed = [.. moves];

    public TState Initial { get; } = initial;

    public bool Allows(TState from, TState to) => allowed.Contains((from, to));

    /// <summary>No move leads out of the state.</summary>
    public bool IsFinal(TState state) => !moves.Any(move => move.From.Equals(state));

    /// <summary>The table as a Mermaid state diagram, for the documents.</summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("stateDiagram-v2\n").Append($"    [*] --> {Initial}\n");
        foreach (var (from, to) in moves)
        {
            text.Append($"    {from} --> {to}\n");
        }

        foreach (var state in Enum.GetValues<TState>().Where(IsFinal))
        {
            text.Append($"    {state} --> [*]\n");
        }

        return text.ToString();
    }
}
