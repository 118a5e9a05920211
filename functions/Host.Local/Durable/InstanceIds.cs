namespace TfFlow.Host.Local.Durable;

/// <summary>What an instance id may be: it is a key of a table and part of a blob's name.</summary>
internal static class InstanceIds
{
    public const int MaxLength = 100;

    /// <exception cref="ArgumentException">Empty, too long, or with a character a table key may not have.</exception>
    public static void Check(string instanceId)
    {
        if (string.IsNullOrEmpty(instanceId) || instanceId.Length > MaxLength || instanceId.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)))
        {
            throw new ArgumentException($"An instance id has 1 to {MaxLength} characters and none of / \\ # ? or control characters.", nameof(instanceId));
        }
    }
}
