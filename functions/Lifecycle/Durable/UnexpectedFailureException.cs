using System.Diagnostics;

namespace TfFlow.Lifecycle.Durable;

/// <summary>An exception that is not ours left an activity: its type and place are kept in history, its message is not (law 1).</summary>
public sealed class UnexpectedFailureException(Exception exception) : Exception($"{exception.GetType().Name} in {PlaceOf(exception)}.")
{
    /// <summary>True for exceptions whose messages we write, and so know to carry no personal data.</summary>
    public static bool IsOurs(Exception exception) =>
        exception is OperationCanceledException || exception.GetType().Namespace?.StartsWith("TfFlow", StringComparison.Ordinal) == true;

    private static string PlaceOf(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            var type = frame.GetMethod()?.DeclaringType;
            if (type?.Namespace?.StartsWith("TfFlow", StringComparison.Ordinal) == true)
            {
                return (type.IsNested ? type.DeclaringType! : type).FullName!;
            }
        }

        return "code outside TfFlow";
    }
}
