using System.CommandLine;
using TfFlow.Api.Access;

namespace TfFlow.Cli.Commands;

/// <summary>How acts of governance are commands: one call of the API each, by a role, with an example in its help.</summary>
internal static class GovernanceCalls
{
    /// <param name="symbols">Its arguments and options.</param>
    /// <param name="path">Where it is sent.</param>
    /// <param name="body">What is sent; it hashes the papers.</param>
    /// <param name="agency">The agency the caller acts for; null for the authority's own staff.</param>
    public static Command Act<T>(
        this ApiCalls calls,
        string name,
        string words,
        string example,
        Role role,
        IReadOnlyList<Symbol> symbols,
        Func<ParseResult, string> path,
        Func<ParseResult, object?> body,
        Func<ParseResult, string>? agency = null) => calls.Command(name, words, example, symbols, async (arguments, cancellationToken) =>
    {
        var content = body(arguments);
        using var api = calls.Open(arguments, role, agency?.Invoke(arguments) ?? "");
        var full = await FullAsync(api, arguments, symbols, path(arguments), cancellationToken);
        return calls.Print(arguments, await api.PostAsync<T>(full, content, cancellationToken));
    });

    /// <summary>Puts the whole reference where a path has how it begins. What stands before it in the path lists what it can be.</summary>
    private static async Task<string> FullAsync(
        ApiClient api, ParseResult arguments, IReadOnlyList<Symbol> symbols, string path, CancellationToken cancellationToken)
    {
        if (symbols.OfType<Argument<string>>().FirstOrDefault(symbol => symbol.Name == "ID") is not { } id)
        {
            return path;
        }

        var parts = path.Split('/');
        var at = Array.IndexOf(parts, arguments.In(id), startIndex: 2);
        if (at >= 0)
        {
            var kind = new ReferenceKind("entry", string.Join('/', parts[..at]));
            parts[at] = ApiCalls.Segment(await api.FullAsync(kind, arguments.GetValue(id)!, cancellationToken));
        }

        return string.Join('/', parts);
    }

    /// <param name="narrow">What people are shown of the answer, where all of it is too wide to read; machines get all.</param>
    public static Command Show<T>(
        this ApiCalls calls, string name, string words, string example, Role role, IReadOnlyList<Symbol> symbols,
            Func<ParseResult, string> path, Func<T, object>? narrow = null) =>
        calls.Command(name, words, example, symbols, async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, role);
            var answer = await api.GetAsync<T>(path(arguments), cancellationToken);
            return narrow is null || arguments.GetValue(calls.Json) ? calls.Print(arguments, answer)
                : calls.Print(arguments, narrow(answer));
        });

    public static Command Command(
        this ApiCalls calls, string name, string words, string example, IReadOnlyList<Symbol> symbols, Func<ParseResult, CancellationToken,
            Task<int>> act)
    {
        var command = new Command(name, words);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Option option:
                    command.Options.Add(option);
                    break;
            }
        }

        command.Options.Add(calls.Server);
        command.Options.Add(calls.Token);
        command.Options.Add(calls.Json);
        command.SetAction(act);
        return command.WithExample(example);
    }

    public static Argument<string> Id(string what) => new("ID") { Description = what };

    public static string In(this ParseResult arguments, Argument<string> id) => ApiCalls.Segment(arguments.GetValue(id)!);

    public static Option<string[]> Several(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        Required = required,
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<string> Text(string name, string description) => new(name) { Description = description, Required = true };
}
