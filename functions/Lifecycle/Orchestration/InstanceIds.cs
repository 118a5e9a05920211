namespace TfFlow.Lifecycle.Orchestration;

/// <summary>What an instance id may be: in either host it is a key of a table and part of a blob's name.</summary>
public static class InstanceIds
{
    public const int MaxLength = 100;

    /// <exception cref="ArgumentException">Empty, too long, or with a character a table key may not have; null stands for an id that the host makes.</exception>
    public static void Check(string? instanceId)
    {
        if (instanceId is not null && (instanceId.Length is 0 or > MaxLength || instanceId.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c))))
        {
            throw new ArgumentException($"An instance id has 1 to {MaxLength} characters and none of / \\ # ? or control characters.", nameof(instanceId));
        }
    }
}
