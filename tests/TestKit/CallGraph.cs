using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace TfFlow.TestKit;

/// <summary>Which method calls which, and which it only hands on as a delegate, read from the compiled code of some assemblies. Async methods and iterators count with their bodies.</summary>
public sealed class CallGraph
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly Dictionary<MethodBase, List<(MethodBase Method, bool AsDelegate)>> calls = [];
    private readonly HashSet<MethodBase> called = [];

    public CallGraph(params IReadOnlyCollection<Assembly> assemblies)
    {
        var methods = assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
            .Where(method => method.Name != "MoveNext" || !method.DeclaringType!.Name.StartsWith('<'))
            .ToList();
        foreach (var method in methods)
        {
            calls[method] = [.. Bodies(method).SelectMany(ReadCalls)];
        }

        foreach (var target in calls.Values.SelectMany(targets => targets).Select(call => call.Method).Concat(methods.SelectMany(Overridden)))
        {
            called.Add(target);
        }

        // Whoever calls a base method may reach each of its overrides.
        foreach (var (over, under) in methods.SelectMany(method => Overridden(method).Select(under => (method, under))).Where(pair => calls.ContainsKey(pair.under)))
        {
            calls[under].Add((over, AsDelegate: false));
        }
    }

    /// <summary>Methods that nothing in these assemblies calls or hands on: where the outside comes in.</summary>
    public IEnumerable<MethodBase> Roots => calls.Keys.Where(method => !called.Contains(method));

    public IEnumerable<MethodBase> Methods => calls.Keys;

    /// <summary>What a method of these assemblies calls, and what it hands on as a delegate.</summary>
    public IReadOnlyList<(MethodBase Method, bool AsDelegate)> CallsOf(MethodBase method) => calls.TryGetValue(method, out var found) ? found : [];

    public static string NameOf(MethodBase method)
    {
        var type = method.DeclaringType!;
        while (type.IsNested && type.Name.StartsWith('<'))
        {
            type = type.DeclaringType!;
        }

        var name = method.Name.StartsWith('<') ? method.Name[1..method.Name.IndexOf('>', StringComparison.Ordinal)] : method.Name;
        return $"{type.Name.Split('`')[0]}.{name}";
    }

    private static IEnumerable<MethodBase> Bodies(MethodBase method) =>
        method.GetCustomAttribute<StateMachineAttribute>() is { StateMachineType: var machine }
            ? [method, machine.GetMethod("MoveNext", All)!]
            : [method];

    // Overrides only: an interface of the assemblies' own is told by its implementations' names.
    private static IEnumerable<MethodBase> Overridden(MethodBase method)
    {
        if (method is MethodInfo { IsVirtual: true } info && info.GetBaseDefinition() is var under && under != info)
        {
            yield return Definition(under);
        }

        if (method.DeclaringType is { IsInterface: false } type)
        {
            foreach (var map in type.GetInterfaces().Where(face => face.Assembly == type.Assembly).Select(type.GetInterfaceMap))
            {
                for (var i = 0; i < map.TargetMethods.Length; i++)
                {
                    if (map.TargetMethods[i] == method)
                    {
                        yield return Definition(map.InterfaceMethods[i]);
                    }
                }
            }
        }
    }

    private static IEnumerable<(MethodBase Method, bool AsDelegate)> ReadCalls(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at];
            var operation = OpCodesByValue[value];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineTok && Resolve(method, BitConverter.ToInt32(code, at)) is { } target)
            {
                yield return (target, operation == OpCodes.Ldftn || operation == OpCodes.Ldvirtftn);
            }

            at += OperandSize(operation, code, at);
        }
    }

    private static MethodBase? Resolve(MethodBase from, int token)
    {
        var typeArguments = from.DeclaringType!.IsGenericType ? from.DeclaringType.GetGenericArguments() : null;
        var methodArguments = from.IsGenericMethod ? from.GetGenericArguments() : null;
        return from.Module.ResolveMember(token, typeArguments, methodArguments) is MethodBase method ? Definition(method) : null;
    }

    private static MethodBase Definition(MethodBase method) => method.Module.ResolveMethod(method.MetadataToken)!;

    private static int OperandSize(OpCode operation, byte[] code, int at) => operation.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
