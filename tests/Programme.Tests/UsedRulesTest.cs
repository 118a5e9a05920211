using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace TfFlow.Programme.Tests;

/// <summary>A public rule that nothing in functions/ names beside its own declaration is no rule of the product.</summary>
public partial class UsedRulesTest
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What only tests name. None may be added: wire it, or delete it and take it off the list.</summary>
    private static readonly HashSet<string> OnlyTested =
    [
        "ToMermaid", // the diagrams in docs/ are held to the tables by it
        "Composition", // a form of a released column
        "OnWithdrawal", // rules of the seeds that no endpoint records yet
        "Reproduce", "IsPresent", "IsUnauthorised", // not called yet
    ];

    /// <remarks>Of a class of extensions its methods are looked at: its own name need not be written.</remarks>
    [Fact]
    public void Every_public_type_and_method_is_named_in_the_product()
    {
        var named = Directory.EnumerateFiles(Functions(), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Word().Matches(Comment().Replace(File.ReadAllText(file), "")).Select(match => match.Value))
            .CountBy(word => word).ToDictionary();
        var unused = typeof(TransitionTable<>).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(Declared).Where(method => !method.IsSpecialName && !method.IsVirtual && !method.Name.Contains('<')).Select(method => method.Name).Concat(type.IsDefined(typeof(ExtensionAttribute), inherit: false) ? [] : [type.Name.Split('`')[0]]))
            .Where(name => named.GetValueOrDefault(name) == 1)
            .ToHashSet();
        Assert.Empty(unused.Except(OnlyTested));
        Assert.Empty(OnlyTested.Except(unused));
    }

    private static string Functions([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "functions"));

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Word();
}
