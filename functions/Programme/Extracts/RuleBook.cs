using System.Reflection;

namespace TfFlow.Programme.Extracts;

/// <summary>Every rule an extract can break, by its code.</summary>
public static class RuleBook
{
    /// <summary>Rules are the static fields of type <see cref="Rule"/> of this assembly: declaring one lists it.</summary>
    public static IReadOnlyDictionary<string, Rule> All { get; } = typeof(Rule).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
        .Where(field => field.FieldType == typeof(Rule))
        .Select(field => (Rule)field.GetValue(null)!)
        .ToDictionary(rule => rule.Code, StringComparer.Ordinal);

    public static Rule? Find(string code) => All.GetValueOrDefault(code);
}
